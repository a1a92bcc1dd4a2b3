package dev.sluice.proof.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// The rules that keep the house as it was designed, each with its reason.
///
/// Every rule is checked twice: against the product, where it must hold, and against the broken
/// classes beside it (packages ending in `broken`), where it must fail.
final class ArchitectureRules {

  private static final String CORE = "dev.sluice.governance..";

  /// Packages of the core, each of which may use only those before it.
  private static final List<String> CORE_ORDER =
      List.of(
          "identity",
          "catalog",
          "sql",
          "masking",
          "discovery",
          "enforcement",
          "approval",
          "policy",
          "audit",
          "codec");

  private static final List<String> MODULE_ORDER =
      List.of("governance", "gateway", "server", "app", "cli");

  private static final List<String> FEATURES =
      List.of(
          "signin",
          "explorer",
          "editor",
          "results",
          "approvals",
          "timeline",
          "oversight",
          "studio",
          "administration",
          "saved",
          "connections",
          "settings");

  private ArchitectureRules() {}

  /// All rules by name.
  static Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("core is pure", coreIsPure());
    rules.put("core looks nothing up", coreLooksNothingUp());
    rules.put("core starts no threads", coreStartsNoThreads());
    rules.put("core reads no clock", coreReadsNoClock());
    for (int index = 0; index < CORE_ORDER.size() - 1; index++) {
      rules.put(
          "core order: " + CORE_ORDER.get(index),
          packageUsesOnlyThoseBefore(
              "dev.sluice.governance.", CORE_ORDER, index, CORE_ORDER.size()));
    }
    rules.put("one importer of the parser", oneImporterOfTheParser());
    rules.put("modules: governance", modulePointsOneWay(0));
    rules.put("modules: gateway", modulePointsOneWay(1));
    rules.put("modules: server", modulePointsOneWay(2));
    rules.put("modules: app", modulePointsOneWay(3));
    rules.put("server and app are apart", serverAndAppAreApart());
    rules.put("the verifier shares nothing", theVerifierSharesNothing());
    rules.put("features are apart", featuresAreApart());
    rules.put("view models know no scene", viewModelsKnowNoScene());
    rules.put("one door to the window's thread", oneDoorToTheWindowsThread());
    rules.put("window opens no connection", windowOpensNoConnection());
    rules.put("execution knows no pool or driver", executionKnowsNoPoolOrDriver());
    rules.put("case folds name their locale", caseFoldsNameTheirLocale());
    rules.put("standard output belongs to cli", standardOutputBelongsToCli());
    rules.put("packages are null-marked", packagesAreNullMarked());
    rules.put("no package cycles in the core", noPackageCyclesInTheCore());
    return rules;
  }

  private static ArchRule coreIsPure() {
    return noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "javafx..",
            "java.awt..",
            "javax.swing..",
            "java.net.http..",
            "java.nio.file..",
            "java.nio.channels..",
            "org.slf4j..",
            "java.util.logging..")
        .orShould()
        .dependOnClassesThat(
            name("java.io.File")
                .or(name("java.io.FileInputStream"))
                .or(name("java.io.FileOutputStream"))
                .or(name("java.io.FileReader"))
                .or(name("java.io.FileWriter"))
                .or(name("java.io.RandomAccessFile"))
                .or(resideInAPackage("java.net").and(isNoAddress()))
                .or(name("java.lang.ProcessBuilder"))
                .or(name("java.lang.Runtime")))
        .because(
            "people must be able to read and test the decisions as plain functions: the core does"
                + " no I/O and knows no driver, window or log; the runtime around it lives in"
                + " gateway");
  }

  /// Literal addresses are values; a lookup by name is refused by the rule on lookups.
  private static DescribedPredicate<JavaClass> isNoAddress() {
    return DescribedPredicate.not(
        name("java.net.InetAddress")
            .or(name("java.net.Inet4Address"))
            .or(name("java.net.Inet6Address"))
            .or(name("java.net.UnknownHostException"))
            .or(name("java.net.URI"))
            .or(name("java.net.URISyntaxException"))
            .forSubtype());
  }

  private static ArchRule coreLooksNothingUp() {
    return noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .callMethodWhere(
            target(owner(name("java.net.InetAddress")))
                .and(
                    target(
                        name("getByName")
                            .or(name("getAllByName"))
                            .or(name("getHostName"))
                            .or(name("getCanonicalHostName"))
                            .or(name("getLocalHost"))
                            .or(name("isReachable")))))
        .because("a name server would see values, and the answer would depend on it");
  }

  private static ArchRule coreStartsNoThreads() {
    return noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat(
            name("java.lang.Thread")
                .or(name("java.lang.Thread$Builder"))
                .or(name("java.lang.ThreadLocal"))
                .or(name("java.util.Timer"))
                .or(name("java.util.concurrent.Executor"))
                .or(name("java.util.concurrent.Executors"))
                .or(name("java.util.concurrent.ExecutorService"))
                .or(name("java.util.concurrent.CompletableFuture"))
                .or(name("java.util.concurrent.ForkJoinPool")))
        .because(
            "the core runs on its caller's thread; a ParserWorker lends it a large stack and a time"
                + " limit");
  }

  private static ArchRule coreReadsNoClock() {
    DescribedPredicate<JavaClass> clocks =
        resideInAPackage("java.time..").or(name("java.lang.System"));
    return noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .callMethodWhere(
            target(name("now"))
                .and(target(owner(clocks)))
                .or(target(name("currentTimeMillis")))
                .or(target(name("nanoTime")))
                .or(target(name("systemUTC")))
                .or(target(name("systemDefaultZone")))
                .or(target(name("randomUUID"))))
        .orShould()
        .dependOnClassesThat(name("java.security.SecureRandom"))
        .because(
            "the same request must get the same decision: the instant is an argument and"
                + " identifiers come from the caller");
  }

  private static ArchRule packageUsesOnlyThoseBefore(
      String prefix, List<String> order, int index, int end) {
    String[] later =
        order.subList(index + 1, end).stream()
            .map(each -> prefix + each + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(prefix + order.get(index) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later)
        .because(
            "the packages stand in the order "
                + String.join(" <- ", order)
                + ", and nothing later calls back");
  }

  private static ArchRule oneImporterOfTheParser() {
    return noClasses()
        .that()
        .resideInAPackage("dev.sluice..")
        .and()
        .resideOutsideOfPackage("dev.sluice.governance.sql.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.sf.jsqlparser..")
        .because(
            "the foreign tree is translated once, behind the gate; whoever else reads it would read"
                + " a tree nobody has checked against the text");
  }

  private static ArchRule modulePointsOneWay(int index) {
    return packageUsesOnlyThoseBefore("dev.sluice.", MODULE_ORDER, index, MODULE_ORDER.size());
  }

  private static ArchRule serverAndAppAreApart() {
    return noClasses()
        .that()
        .resideInAPackage("dev.sluice.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sluice.server..")
        .because("the window and the server meet only in the codec, over HTTP");
  }

  private static ArchRule theVerifierSharesNothing() {
    return noClasses()
        .that()
        .resideInAPackage("dev.sluice.server.verify..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.sluice..")
                .and(resideOutsideOfPackage("dev.sluice.server.verify..")))
        .because(
            "an error in what writes the log must not hide itself in what checks it: the verifier"
                + " computes hashes, tree and signatures from their descriptions once more");
  }

  private static ArchRule featuresAreApart() {
    ArchRule rule = null;
    for (String feature : FEATURES) {
      List<String> others = new ArrayList<>(FEATURES);
      others.remove(feature);
      String[] packages =
          others.stream().map(other -> "dev.sluice.app." + other + "..").toArray(String[]::new);
      ArchRule one =
          noClasses()
              .that()
              .resideInAPackage("dev.sluice.app." + feature + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(packages)
              .allowEmptyShould(true)
              .because(
                  "features use shell and fx, never each other: the shell alone knows them all, so"
                      + " that any one can be read, tested and removed by itself");
      rule =
          rule == null
              ? one
              : com.tngtech.archunit.lang.CompositeArchRule.of(rule)
                  .and(one)
                  .allowEmptyShould(true);
    }
    return java.util.Objects.requireNonNull(rule);
  }

  private static ArchRule viewModelsKnowNoScene() {
    return noClasses()
        .that()
        .haveSimpleNameEndingWith("ViewModel")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx.scene..", "javafx.stage..", "org.fxmisc..", "org.controlsfx..")
        .because("a view model is tested as plain JUnit, without a toolkit");
  }

  private static ArchRule oneDoorToTheWindowsThread() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dev.sluice.app.fx..")
        .should()
        .callMethodWhere(
            target(owner(name("javafx.application.Platform"))).and(target(name("runLater"))))
        .because(
            "app.fx is the only door to the window's thread; tests put a current-thread executor in"
                + " its place");
  }

  private static ArchRule windowOpensNoConnection() {
    return noClasses()
        .that()
        .resideInAPackage("dev.sluice.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer.hikari..", "org.postgresql..")
        .because("gateway is the only road to a database");
  }

  private static ArchRule executionKnowsNoPoolOrDriver() {
    return noClasses()
        .that()
        .resideInAPackage("dev.sluice.gateway.execution..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.zaxxer.hikari..",
            "org.postgresql..",
            "org.sqlite..",
            "org.duckdb..",
            "org.mariadb..",
            "io.trino.jdbc..")
        .because(
            "the executor takes a permit and a backend; JDBC is one backend, a wire protocol may be"
                + " another");
  }

  private static ArchRule caseFoldsNameTheirLocale() {
    return noClasses()
        .that()
        .resideInAPackage("dev.sluice..")
        .should()
        .callMethodWhere(
            target(owner(name("java.lang.String")))
                .and(target(name("toLowerCase").or(name("toUpperCase"))))
                .and(target(rawParameterTypes(new Class<?>[0]))))
        .because(
            "under a Turkish locale ID folds to a dotless ı, and a rule on 'id' no longer matches:"
                + " name the locale, as a rule Locale.ROOT");
  }

  private static ArchRule standardOutputBelongsToCli() {
    return noClasses()
        .that()
        .resideInAPackage("dev.sluice..")
        .and()
        .resideOutsideOfPackage("dev.sluice.cli..")
        .should()
        .accessField(System.class, "out")
        .because("standard output carries answers of commands; one stray line breaks a pipe");
  }

  private static ArchRule packagesAreNullMarked() {
    return classes()
        .that()
        .resideInAPackage("dev.sluice..")
        .should(
            new ArchCondition<>("live in a package that is @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                String message =
                    String.format(
                        Locale.ROOT,
                        "%s: package %s has no package-info with @NullMarked",
                        type.getName(),
                        type.getPackageName());
                events.add(new SimpleConditionEvent(type, marked, message));
              }
            })
        .because("NullAway looks only at marked packages; a forgotten one is not checked at all");
  }

  private static ArchRule noPackageCyclesInTheCore() {
    return SlicesRuleDefinition.slices()
        .matching("dev.sluice.governance.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a cycle would make the order of the core a matter of taste");
  }

  static DescribedPredicate<JavaClass> product() {
    return resideInAPackage("dev.sluice..")
        .and(resideOutsideOfPackage("dev.sluice.proof.."))
        .and(DescribedPredicate.not(resideInAnyPackage("..broken..")));
  }
}
