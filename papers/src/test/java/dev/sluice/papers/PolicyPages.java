package dev.sluice.papers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.schema.SchemaScript;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.masking.Masks;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngine;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.policy.PolicyTests;
import dev.sluice.governance.policy.TagMask;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;
import dev.sluice.governance.sql.StatementText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Policies of pages: each is read as the server reads it, and its own tests are run.
final class PolicyPages {

  private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
  private static final ParserWorker WORKER = ParserWorker.onCallerThread();
  private static final StatementAnalyzer ANALYZER = StatementAnalyzers.standard(WORKER);

  private final CatalogSnapshot catalog;
  private String base = "";
  private Optional<PolicyBundle> last = Optional.empty();

  /// @param schema CREATE statements of what the policies are about, as PostgreSQL writes them
  PolicyPages(String schema) {
    SchemaScript.Reading reading =
        SchemaScript.read(schema, Dialect.POSTGRESQL, ANALYZER, "public");
    assertThat(reading.problems()).isEmpty();
    catalog = reading.catalog();
  }

  /// Statements: each is understood.
  void understands(String text) {
    for (StatementText statement : SqlScript.cut(text, Dialect.POSTGRESQL).statements()) {
      assertThat(ANALYZER.analyze(statement, Dialect.POSTGRESQL, catalog).refusals()).isEmpty();
    }
  }

  /// A whole policy: it is read, and what it says of itself holds. Recipes below add to it.
  void policy(String text) {
    base = text;
    PolicyBundle bundle = bundle(text);
    assertThat(failures(bundle)).isEmpty();
  }

  /// A piece that is added to the policy: with it all its tests hold, without it at least one does
  /// not.
  ///
  /// @param sentText what it changes is the text that is sent, which `sends` below it shows
  void recipe(String text, boolean sentText) {
    Map<String, Object> piece = yaml(text);
    assertThat(piece).as("a recipe has tests").containsKey("tests");
    if (!sentText) {
      Map<String, Object> testsAlone = new LinkedHashMap<>();
      testsAlone.put("tests", piece.get("tests"));
      assertThat(failures(bundle(merged(yaml(base), testsAlone))))
          .as("what the recipe changes")
          .isNotEmpty();
    }
    assertThat(failures(bundle(merged(yaml(base), piece)))).isEmpty();
  }

  /// Lines such as `pii.email: grace@acme.test -> g****@a***.test`, under the last recipe.
  void shows(String text) {
    PolicyBundle bundle = last.orElseThrow();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(": | -> ", 3);
      TagMask mask =
          bundle.masks().stream()
              .filter(each -> each.tag().equals(parts[0]))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no mask for " + parts[0]));
      assertThat(Masks.of(mask.spec(), MaskKeys.none()).mask(parts[1])).isEqualTo(parts[2]);
    }
  }

  /// A statement, a line `-- is sent as`, and what the database gets, under the last recipe.
  ///
  /// @param groups of who asks, separated by commas
  void sends(String text, String groups) {
    String[] parts = text.split("-- is sent as\n");
    assertThat(parts[0].strip()).isNotEqualTo(parts[1].strip());
    PolicyBundle bundle = last.orElseThrow();
    Principal person =
        new Principal("papers", "reader", null, "reader", Set.of(groups.split(",")), Set.of());
    Decision decision =
        engine(bundle)
            .decide(
                new DecisionRequest(
                    ANALYZER.analyze(
                        StatementText.of(parts[0].strip()), Dialect.POSTGRESQL, known(bundle)),
                    known(bundle),
                    new Actor.Person(person),
                    connection("shop"),
                    AT,
                    "papers",
                    "",
                    false,
                    0,
                    List.of(),
                    Optional.empty()));
    assertThat(decision).isInstanceOf(Decision.Allow.class);
    assertThat(((Decision.Allow) decision).permit().textToSend().replaceAll("\\s+", " "))
        .isEqualTo(parts[1].strip().replaceAll("\\s+", " "));
  }

  private PolicyBundle bundle(Map<String, Object> policy) {
    return bundle(new Dump(DumpSettings.builder().build()).dumpToString(policy));
  }

  private PolicyBundle bundle(String text) {
    PolicyBundle bundle =
        switch (PolicyParser.parse(text, "page", Map.of("shop", catalog))) {
          case ParsedPolicy.Parsed parsed -> parsed.bundle();
          case ParsedPolicy.Problems problems ->
              throw new AssertionError(problems.problems().toString());
        };
    last = Optional.of(bundle);
    return bundle;
  }

  private List<String> failures(PolicyBundle bundle) {
    Map<String, PolicyTests.Target> targets = new LinkedHashMap<>();
    for (PolicyBundle.GovernedConnection each : bundle.connections()) {
      targets.put(each.name(), new PolicyTests.Target(connection(each.name()), catalog));
    }
    return PolicyTests.run(bundle, engine(bundle), ANALYZER, targets, AT).stream()
        .filter(result -> !result.passed())
        .map(PolicyTests.Result::toString)
        .toList();
  }

  private CatalogSnapshot known(PolicyBundle bundle) {
    return catalog.withFunctions(bundle.functions());
  }

  private static ConnectionContext connection(String name) {
    String environment = name.endsWith("-dev") ? "development" : "production";
    return new ConnectionContext(name, environment, Dialect.POSTGRESQL, "brokered", Map.of());
  }

  private static PolicyEngine engine(PolicyBundle bundle) {
    return PolicyEngines.of(
        bundle,
        EngineParts.none()
            .withBudget((subject, column, day) -> Set.of())
            .withRewriter(AtSourceRewriter.standard(WORKER)));
  }

  private static Map<String, Object> merged(Map<String, Object> one, Map<String, Object> other) {
    Map<String, Object> all = new LinkedHashMap<>(one);
    other.forEach(
        (key, value) ->
            all.merge(
                key,
                value,
                (had, added) -> {
                  if (had instanceof List<?> list && added instanceof List<?> more) {
                    List<Object> both = new ArrayList<>(list);
                    both.addAll(more);
                    return both;
                  }
                  if (had instanceof Map<?, ?> map && added instanceof Map<?, ?> more) {
                    Map<Object, Object> both = new LinkedHashMap<>(map);
                    both.putAll(more);
                    return both;
                  }
                  return added;
                }));
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> yaml(String text) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
