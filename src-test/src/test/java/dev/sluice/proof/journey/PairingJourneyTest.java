package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.pairing.PairingIds;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.AgentList.Waiting;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An owner beside their agent: the agent is the MCP SDK's client over HTTP, the owner has a
/// window.
class PairingJourneyTest {

  private static final String LONG =
      "SELECT count(*) FROM customers a, customers b, customers c, customers d, customers e,"
          + " customers f";

  @TempDir Path folder;
  private SmallWorld world;
  private ServiceIdentityCreated identity;

  @BeforeEach
  void start() throws Exception {
    world = SmallWorld.start(folder);
    identity =
        world
            .client("admin")
            .identities()
            .add(new NewServiceIdentity("agent", "reporter", "analyst", Set.of(), Map.of(), ""));
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  private HttpAgent agent() throws Exception {
    return HttpAgent.connect(world.server().address(), identity);
  }

  private static CompletableFuture<JsonNode> later(HttpAgent agent, String sql) {
    return CompletableFuture.supplyAsync(
        () -> agent.query(sql), task -> Thread.ofVirtual().start(task));
  }

  private static JsonNode answer(CompletableFuture<JsonNode> asked) throws Exception {
    return asked.get(20, TimeUnit.SECONDS);
  }

  @Test
  void an_owner_sees_what_the_agent_does_as_it_happens_and_stops_it() throws Exception {
    Screen owner = world.window("analyst", "agent-live", 1280, 800, "light");
    owner.navigate("agents").picture("nobody");
    try (HttpAgent agent = agent()) {
      assertThat(agent.query("SELECT id, name, email FROM customers").path("status").asString())
          .isEqualTo("ok");
      owner
          .awaitText(PairingIds.AGENTS, "reporter")
          .awaitText(PairingIds.ACTIVITY, "SELECT id, name, email FROM customers")
          .awaitText(PairingIds.ROWS, "Person 1");
      assertThat(owner.text(PairingIds.ROWS)).doesNotContain("person1@mail.test");
      assertThat(agent.query("DROP TABLE orders").path("refusal").path("code").asString())
          .isEqualTo("denied");
      owner.awaitText(PairingIds.ACTIVITY, "Blocked").picture("busy");

      CompletableFuture<JsonNode> running = later(agent, LONG);
      owner
          .awaitText(PairingIds.ACTIVITY, "Started")
          .awaitText(PairingIds.STATEMENT, "count(*)")
          .picture("running");
      long pressed = System.nanoTime();
      owner.fire(PairingIds.STOP);
      JsonNode refusal = answer(running).path("refusal");
      assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(10));
      assertThat(refusal.path("code").asString()).isEqualTo("session-ended");
      assertThat(refusal.path("reason").asString()).contains("Ana Lyst stopped this agent");
      owner.awaitText(PairingIds.STATE, "Stopped").awaitShown(PairingIds.RESUME).picture("stopped");
      assertThat(agent.status()).isEqualTo(401);
    }
    assertThat(HttpAgent.tokenAnswer(world.server().address(), identity))
        .contains("access_denied", "Ana Lyst has stopped this agent");

    owner.fire(PairingIds.RESUME).awaitShown(PairingIds.STOP);
    try (HttpAgent again = agent()) {
      assertThat(again.query("SELECT count(*) FROM orders").path("status").asString())
          .isEqualTo("ok");
    }
  }

  @Test
  void each_statement_waits_for_the_owners_word_which_allows_nothing_by_itself() throws Exception {
    Screen owner = world.window("analyst", "agent-confirm", 1280, 800, "dark");
    try (HttpAgent agent = agent()) {
      agent.query("SELECT 1");
      owner.navigate("agents").awaitText(PairingIds.AGENTS, "reporter");
      owner.fire(PairingIds.CONFIRM_EACH);
      awaitConfirming();

      CompletableFuture<JsonNode> first = later(agent, "SELECT name, email FROM customers");
      owner.awaitText(PairingIds.WAITING, "customers.email").picture("waits");
      assertThat(first.isDone()).isFalse();
      owner.fire(PairingIds.CONFIRM);
      assertThat(answer(first).path("rows").size()).isPositive();
      assertThat(answer(first).toString()).doesNotContain("person1@mail.test");

      owner.awaitGone(PairingIds.WAITING);
      CompletableFuture<JsonNode> second = later(agent, "SELECT status FROM orders");
      owner.awaitText(PairingIds.WAITING, "SELECT status").fire(PairingIds.DECLINE);
      JsonNode declined = answer(second).path("refusal");
      assertThat(declined.path("code").asString()).isEqualTo("not-confirmed");
      assertThat(declined.path("ways_out").toString()).contains("Ask Ana Lyst");

      owner.awaitGone(PairingIds.WAITING);
      CompletableFuture<JsonNode> third = later(agent, "SELECT id FROM orders WHERE id < 4");
      owner.awaitText(PairingIds.WAITING, "id < 4").fire(PairingIds.TAKE_OVER_WAITING);
      assertThat(answer(third).path("refusal").path("code").asString()).isEqualTo("taken-over");
      owner.awaitText(dev.sluice.app.shell.ControlIds.EDITOR_AREA, "id < 4").picture("taken-over");

      // What needs an approval is not put before the owner, whose word is none.
      String write = "UPDATE orders SET status = 'void' WHERE id = 2";
      JsonNode refused = agent.query(write).path("refusal");
      assertThat(refused.path("code").asString()).isEqualTo("needs-approval");
      String request = agent.request(write).path("request_id").asString();
      world.client("owner").review(request, Review.Verdict.APPROVE, "fine");
      HttpServerClient analyst = world.client("analyst");
      CompletableFuture<JsonNode> approved =
          CompletableFuture.supplyAsync(
              () -> agent.runApproved(request), task -> Thread.ofVirtual().start(task));
      analyst.pairing().answer(awaitWaiting(analyst, approved).id(), "decline");
      assertThat(answer(approved).path("refusal").path("code").asString())
          .isEqualTo("not-confirmed");
      assertThat(world.value("SELECT status FROM orders WHERE id = 2")).isEqualTo("paid");
    }
    List<String> trail =
        world.client("analyst").timeline(TimelineQuery.newest(60)).entries().stream()
            .map(entry -> entry.title())
            .toList();
    assertThat(trail)
        .contains(
            "reporter: Confirmed by the owner",
            "reporter: Declined by the owner",
            "reporter: Taken over by the owner");
  }

  @Test
  void a_word_that_does_not_come_refuses_and_nobody_elses_word_counts() throws Exception {
    HttpServerClient analyst = world.client("analyst");
    HttpServerClient stranger = world.client("owner");
    HttpServerClient admin = world.client("admin");
    try (HttpAgent agent = agent()) {
      agent.query("SELECT 1");
      String id =
          analyst.pairing().agents().stream()
              .filter(each -> each.name().equals("reporter"))
              .findFirst()
              .orElseThrow()
              .id();
      for (HttpServerClient other : List.of(stranger, admin)) {
        assertThat(other.pairing().agents()).isEmpty();
        refused("not-found", () -> other.pairing().activity(id));
        refused("not-found", () -> other.pairing().stop(id, "mine now"));
        refused("not-found", () -> other.pairing().resume(id));
        refused("not-found", () -> other.pairing().confirmEach(id, 60));
      }
      refused("forbidden", () -> world.client("agent").pairing().stop(id, ""));
      refused("confirm-terms", () -> analyst.pairing().confirmEach(id, 3));

      analyst.pairing().confirmEach(id, 5);
      CompletableFuture<JsonNode> asked = later(agent, "SELECT id FROM orders");
      Waiting waiting = awaitWaiting(analyst, asked);
      refused("not-found", () -> stranger.pairing().answer(waiting.id(), "confirm"));
      refused("not-found", () -> admin.pairing().answer(waiting.id(), "confirm"));
      refused("forbidden", () -> world.client("agent").pairing().answer(waiting.id(), "confirm"));
      refused("answer-unknown", () -> analyst.pairing().answer(waiting.id(), "perhaps"));
      JsonNode refusal = answer(asked).path("refusal");
      assertThat(refusal.path("code").asString()).isEqualTo("confirm-timeout");
      assertThat(refusal.path("reason").asString()).contains("within 5 seconds", "did not run");
      refused("not-found", () -> analyst.pairing().answer(waiting.id(), "confirm"));

      analyst.pairing().confirmEach(id, 0);
      assertThat(agent.query("SELECT id FROM orders").path("status").asString()).isEqualTo("ok");
    }
  }

  private void awaitConfirming() throws Exception {
    HttpServerClient analyst = world.client("analyst");
    for (int tries = 0; tries < 200; tries++) {
      if (analyst.pairing().agents().stream().anyMatch(each -> each.confirmSeconds() > 0)) {
        return;
      }
      Thread.sleep(25);
    }
    throw new AssertionError("Nobody confirms.");
  }

  private static Waiting awaitWaiting(HttpServerClient owner, CompletableFuture<JsonNode> asked)
      throws Exception {
    for (int tries = 0; tries < 800; tries++) {
      List<Waiting> waiting =
          owner.pairing().agents().stream().flatMap(agent -> agent.waiting().stream()).toList();
      if (!waiting.isEmpty()) {
        return waiting.getFirst();
      }
      if (asked.isDone()) {
        break;
      }
      Thread.sleep(25);
    }
    throw new AssertionError("Nothing waits; the agent got " + asked.getNow(null));
  }

  private interface Asking {
    void ask() throws WorkspaceProblem;
  }

  private static void refused(String code, Asking asking) {
    assertThatThrownBy(asking::ask)
        .isInstanceOfSatisfying(
            WorkspaceProblem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }
}
