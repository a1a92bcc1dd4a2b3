package dev.sluice.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.pipeline.StepResult.State;
import dev.sluice.cli.world.AgentShop;
import dev.sluice.cli.world.CommandProcess;
import dev.sluice.gateway.headless.HeadlessWorkspace;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {

  private static final String MIGRATION =
      """
      ALTER TABLE orders ADD COLUMN region varchar(8);
      UPDATE orders SET region = 'EMEA' WHERE id <= 10;
      UPDATE orders SET region = 'EMEA' WHERE id <= 10;
      """;

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
                      "pipeline", "Deployment", "", Set.of("analysts"), Map.of(), ""));
    }
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static PipelineReport run(String workflow, Duration patience, String text)
      throws Exception {
    PipelineLogin login =
        new PipelineLogin(
            Map.of(
                "SLUICE_CLIENT_ID",
                identity.identity().id(),
                "SLUICE_CLIENT_SECRET",
                identity.secret()));
    try (HeadlessWorkspace opened =
        HeadlessWorkspace.open(
            ServerTrust.pin(shop.address(), shop.server().info()),
            login::signIn,
            folder.resolve("state"),
            new Origin("cli", Map.of("workflow", workflow)))) {
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("V1__region.sql", text);
      return new PipelineRun(opened, "shop", patience, "release 7", line -> {}).run(texts);
    }
  }

  @Test
  void eachStatementWaitsForPeopleRunsOnceAndIsNotRunAgain() throws Exception {
    PipelineReport first = run("shop@4f2a", Duration.ZERO, MIGRATION);
    assertThat(first.exitCode()).isEqualTo(3);
    assertThat(first.steps())
        .extracting(StepResult::state)
        .containsExactly(State.WAITS, State.SKIPPED, State.SKIPPED);
    String asked = first.steps().getFirst().requestId();
    PipelineReport again = run("shop@4f2a", Duration.ZERO, MIGRATION);
    assertThat(again.steps().getFirst().requestId()).isEqualTo(asked);

    CompletableFuture<Void> people = CompletableFuture.runAsync(PipelineTest::approveAll);
    PipelineReport whole = run("shop@4f2a", Duration.ofMinutes(2), MIGRATION);
    people.cancel(true);
    assertThat(whole.steps())
        .extracting(StepResult::state)
        .containsExactly(State.RAN, State.RAN, State.RAN);
    assertThat(whole.exitCode()).isZero();
    assertThat(whole.schemaChanges())
        .containsExactly("+ column public.orders.region character varying(8)");
    assertThat(shop.look("SELECT count(*) FROM orders WHERE region = 'EMEA'")).isEqualTo("10");

    shop.execute("UPDATE orders SET region = 'APAC' WHERE id <= 10");
    PipelineReport retried = run("shop@4f2a", Duration.ZERO, MIGRATION);
    assertThat(retried.exitCode()).isZero();
    assertThat(retried.steps())
        .extracting(StepResult::state)
        .containsExactly(State.RAN_BEFORE, State.RAN_BEFORE, State.RAN_BEFORE);
    assertThat(retried.schemaChanges()).isEmpty();
    assertThat(shop.look("SELECT count(*) FROM orders WHERE region = 'EMEA'")).isEqualTo("0");
  }

  /// What a person at the inbox does, until the test is over.
  private static void approveAll() {
    try (HttpServerClient owner = shop.signIn("owner")) {
      for (int tries = 0; tries < 240; tries++) {
        for (ApprovalRequest request : owner.inbox()) {
          if (request.state().name().equals("PENDING")) {
            assertThat(request.requester().labels()).containsEntry("workflow", "shop@4f2a");
            owner.review(request.id(), Review.Verdict.APPROVE, "seen");
          }
        }
        Thread.sleep(500);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDeniedStatementStopsTheRestAndTheProcessSaysSo() throws Exception {
    Path file = folder.resolve("drop.sql");
    Files.writeString(file, "SELECT count(*) FROM orders;\nDROP TABLE orders;\nSELECT 1;\n");
    Process process =
        CommandProcess.start(
            folder.resolve("home"),
            folder.resolve("errors.txt"),
            Map.of(
                "SLUICE_CLIENT_ID",
                identity.identity().id(),
                "SLUICE_CLIENT_SECRET",
                identity.secret()),
            "run",
            "--server",
            shop.address().toString(),
            "--connection",
            "shop",
            "--workflow",
            "shop@1",
            "--output",
            "junit",
            "-f",
            file.toString());
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(4);
    assertThat(output)
        .startsWith("<?xml")
        .contains("tests=\"3\" failures=\"1\" skipped=\"1\"")
        .contains("<failure type=\"denied\" message=\"DROP and TRUNCATE do not run in production.");
    assertThat(shop.look("SELECT count(*) FROM orders")).isEqualTo("2000");
  }

  @Test
  void aRevokedIdentityRunsNothing() throws Exception {
    ServiceIdentityCreated gone;
    try (HttpServerClient admin = shop.signIn("admin")) {
      gone =
          admin
              .identities()
              .add(
                  new NewServiceIdentity("pipeline", "Gone", "", Set.of("analysts"), Map.of(), ""));
      admin.identities().revoke(gone.identity().id());
    }
    PipelineLogin login =
        new PipelineLogin(
            Map.of(
                "SLUICE_CLIENT_ID", gone.identity().id(), "SLUICE_CLIENT_SECRET", gone.secret()));
    assertThatThrownBy(
            () ->
                login.signIn(
                    ServerTrust.pin(shop.address(), shop.server().info()), TrustMemory.inMemory()))
        .isInstanceOf(WorkspaceProblem.class);
  }
}
