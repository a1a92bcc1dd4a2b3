package dev.sluice.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.cli.world.CommandProcess;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.SchemaClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The examples for GitHub and GitLab do what they say: their own lines are run by a shell, against
/// a real server. Only the server's address is another one, and the identity comes by client
/// credentials instead of a token of the CI system.
@DisabledOnOs(OS.WINDOWS)
class ExamplesTest {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("sluice.root", "..")).resolve("docs").resolve("examples");
  private static final String POLICY =
      AgentShop.POLICY.replace(
          "when: '\"analysts\" in user.groups && statement.reads_only'",
          "when: statement.reads_only");

  @TempDir static Path folder;
  private static AgentShop shop;
  private static ServiceIdentityCreated identity;

  @BeforeAll
  static void start() throws Exception {
    shop = AgentShop.open(folder.resolve("server"));
    try (HttpServerClient admin = shop.signIn("admin")) {
      identity =
          admin
              .identities()
              .add(
                  new NewServiceIdentity(
                      "pipeline", "Deployment", "", Set.of("deployers"), Map.of(), ""));
    }
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  /// A working copy with what the examples expect in one.
  private static Path copy(String name, Map<String, String> migrations) throws Exception {
    Path copy = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(copy.resolve("migrations"));
    Files.writeString(copy.resolve("policy.yaml"), POLICY);
    Files.writeString(
        copy.resolve("schema.sql"),
        "CREATE TABLE customers (id int, name varchar(80), email varchar(80));\n"
            + "CREATE TABLE orders (id int, customer_id int, status varchar(20), note text);\n");
    for (Map.Entry<String, String> migration : migrations.entrySet()) {
      Files.writeString(
          copy.resolve("migrations").resolve(migration.getKey()), migration.getValue());
    }
    Path sluice = copy.resolve("sluice");
    Files.writeString(
        sluice,
        CommandProcess.command().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "#!/bin/sh\nexec ", " \"$@\"\n")));
    Files.setPosixFilePermissions(sluice, PosixFilePermissions.fromString("rwxr-xr-x"));
    return copy;
  }

  @SuppressWarnings("unchecked")
  private static String script(String file, String job) throws Exception {
    Map<String, Object> whole =
        (Map<String, Object>)
            new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(EXAMPLES.resolve(file)));
    Map<String, Object> jobs = (Map<String, Object>) whole.getOrDefault("jobs", whole);
    Map<String, Object> found = (Map<String, Object>) jobs.get(job);
    List<String> lines = new ArrayList<>();
    if (found.get("script") instanceof List<?> script) {
      script.forEach(line -> lines.add(String.valueOf(line)));
    } else {
      for (Map<String, Object> step : (List<Map<String, Object>>) found.get("steps")) {
        if (step.get("run") instanceof String run) {
          lines.add(run);
        }
      }
    }
    assertThat(lines).as(file + " " + job).isNotEmpty();
    return String.join("\n", lines).replace("https://sluice.acme.test", shop.address().toString());
  }

  private record Ran(int code, String output, String errors) {}

  private static Ran shell(Path copy, String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", script).directory(copy.toFile());
    File errors = copy.resolve("errors.txt").toFile();
    builder.redirectError(errors);
    builder
        .environment()
        .putAll(
            Map.of(
                "SLUICE_HOME", copy.resolve("home").toString(),
                "SLUICE_CLIENT_ID", identity.identity().id(),
                "SLUICE_CLIENT_SECRET", identity.secret(),
                "GITHUB_REPOSITORY", "acme/shop",
                "GITHUB_SHA", "4f2a",
                "CI_PROJECT_PATH", "acme/shop",
                "CI_COMMIT_SHA", "77b1"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output, Files.readString(errors.toPath()));
  }

  @Test
  void gitHubAnnotatesTheLineOfAPullRequestAndStopsOnlyWhatIsDenied() throws Exception {
    String check = script("github-actions.yml", "check");
    Path fine =
        copy(
            "fine", Map.of("V1__region.sql", "ALTER TABLE orders ADD COLUMN region varchar(8);\n"));
    Ran passed = shell(fine, check);
    assertThat(passed.code()).as(passed.errors()).isZero();
    assertThat(passed.output())
        .contains("::warning file=migrations/V1__region.sql,line=1,col=1,")
        .contains("title=sluice%3A schema-changes-need-a-second-person::");

    Path bad =
        copy(
            "bad",
            Map.of(
                "V1__region.sql",
                "ALTER TABLE orders ADD COLUMN region varchar(8);\n",
                "V2__drop.sql",
                "-- away with it\nDROP TABLE orders;\n"));
    Ran stopped = shell(bad, check);
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.output())
        .contains("::error file=migrations/V2__drop.sql,line=2,col=1,")
        .contains("DROP and TRUNCATE do not run in production.");
  }

  @Test
  void gitLabChecksAMergeRequestAlike() throws Exception {
    Path fine =
        copy("lab", Map.of("V1__city.sql", "ALTER TABLE orders ADD COLUMN city varchar(8);\n"));
    Ran passed = shell(fine, script("gitlab-ci.yml", "check"));
    assertThat(passed.code()).as(passed.output() + passed.errors()).isZero();
    assertThat(passed.output()).contains("schema-changes-need-a-second-person");
  }

  @Test
  void aMergedMigrationRunsOnceHoweverOftenItsJobIsRetried() throws Exception {
    for (String[] host :
        List.of(
            new String[] {"github-actions.yml", "region", "acme/shop@4f2a"},
            new String[] {"gitlab-ci.yml", "city", "acme/shop@77b1"})) {
      String column = host[1];
      Path copy =
          copy(
              "migrate-" + column,
              Map.of(
                  "V1__" + column + ".sql",
                  "ALTER TABLE orders ADD COLUMN "
                      + column
                      + " varchar(8);\nUPDATE orders SET "
                      + column
                      + " = 'x' WHERE id <= 10;\n"));
      String migrate = script(host[0], "migrate");
      AtomicBoolean over = new AtomicBoolean();
      Thread people = Thread.ofVirtual().start(() -> approve(over, host[2]));
      Ran first = shell(copy, migrate);
      over.set(true);
      people.join();
      String report = Files.readString(copy.resolve("report.xml"));
      assertThat(first.code()).as(report + first.errors()).isZero();
      assertThat(report).contains("tests=\"2\" failures=\"0\"");
      assertThat(report).contains("orders." + column);
      assertThat(shop.look("SELECT count(*) FROM orders WHERE " + column + " = 'x'"))
          .isEqualTo("10");

      shop.execute("UPDATE orders SET " + column + " = 'y' WHERE id <= 10");
      Ran again = shell(copy, migrate);
      assertThat(again.code()).as(again.errors()).isZero();
      assertThat(shop.look("SELECT count(*) FROM orders WHERE " + column + " = 'x'"))
          .isEqualTo("0");
    }
    try (HttpServerClient analyst = shop.signIn("analyst")) {
      assertThat(new SchemaClient(analyst).log("shop").toString())
          .contains("Deployment", "workflow=acme/shop@4f2a", "workflow=acme/shop@77b1");
    }
  }

  private static void approve(AtomicBoolean over, String workflow) {
    try (HttpServerClient owner = shop.signIn("owner")) {
      while (!over.get()) {
        for (ApprovalRequest request : owner.inbox()) {
          if (request.state().name().equals("PENDING")
              && request.requester().labels().containsValue(workflow)) {
            owner.review(request.id(), Review.Verdict.APPROVE, "seen");
          }
        }
        Thread.sleep(200);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
