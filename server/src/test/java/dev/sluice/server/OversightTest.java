package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.NewWriteFreeze;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.WriteFreeze;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Watching over a server: what is told, ending sessions, freezing writes.
class OversightTest {

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void what_happens_is_counted_by_verdict_and_told_while_somebody_waits() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    HttpServerClient auditor = server.signIn("auditor");
    LiveReport before = auditor.oversight().live();
    assertThat(before.sessions()).extracting(LiveReport.Connected::name).contains("Ana Lyst");
    CompletableFuture<LiveReport> next =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return auditor.oversight().liveAfter(before.place());
              } catch (WorkspaceProblem e) {
                throw new IllegalStateException(e);
              }
            });

    StatementIntent reading = TestServer.reading("SELECT id FROM orders");
    analyst.intent(reading);

    LiveReport told = next.get(8, TimeUnit.SECONDS);
    assertThat(told.minutes()).hasSize(60);
    assertThat(told.minutes().stream().mapToLong(LiveReport.Minute::allowed).sum()).isEqualTo(1);
    assertThat(told.feed())
        .anySatisfy(
            entry -> {
              assertThat(entry.name()).isEqualTo("Ana Lyst");
              assertThat(entry.statement()).isEqualTo("SELECT id FROM orders");
            });
    assertThat(told.sessions())
        .filteredOn(session -> session.name().equals("Ana Lyst"))
        .extracting(LiveReport.Connected::statements)
        .containsExactly(1L);
  }

  @Test
  void whoever_is_no_auditor_reads_no_statement() throws Exception {
    server
        .signIn("analyst")
        .intent(TestServer.reading("SELECT id FROM orders WHERE status = 'quokka'"));

    LiveReport seen = server.signIn("root").oversight().live();

    assertThat(seen.toString()).doesNotContain("quokka");
    assertThat(seen.feed()).extracting(LiveReport.FeedEntry::statement).contains("SELECT …");
    refused("forbidden", () -> server.signIn("analyst").oversight().live());
  }

  @Test
  void a_frozen_write_is_refused_with_who_why_and_until_when_and_the_approval_is_kept()
      throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    HttpServerClient root = server.signIn("root");
    ApprovalRequest asked =
        analyst.requestApproval(TestServer.wants("UPDATE orders SET status = 'x' WHERE id = 1"));
    server.signIn("owner").review(asked.id(), Review.Verdict.APPROVE, "fine");
    refused(
        "forbidden",
        () -> analyst.oversight().freeze(new NewWriteFreeze("", 10, "I would rather not")));
    WriteFreeze freeze = root.oversight().freeze(new NewWriteFreeze("", 10, "a restore runs"));

    assertThatExceptionOfType(WorkspaceProblem.class)
        .isThrownBy(() -> analyst.runApproved(asked.id()))
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("writes-frozen");
              assertThat(problem.getMessage()).contains("Ro Ot", "a restore runs", "It lifts at");
            });
    assertThat(analyst.oversight().freezes()).containsExactly(freeze);
    analyst.intent(TestServer.reading("SELECT id FROM orders"));

    root.oversight().lift(freeze.id());
    assertThat(analyst.oversight().freezes()).isEmpty();
    assertThat(analyst.runApproved(asked.id()).updateCount()).isEqualTo(1);
    refused("not-found", () -> root.oversight().lift(freeze.id()));
  }

  @Test
  void a_freeze_of_one_connection_leaves_the_others_and_needs_a_reason() throws Exception {
    HttpServerClient root = server.signIn("root");
    HttpServerClient analyst = server.signIn("analyst");
    ApprovalRequest asked =
        analyst.requestApproval(TestServer.wants("UPDATE orders SET status = 'y' WHERE id = 2"));
    server.signIn("owner").review(asked.id(), Review.Verdict.APPROVE, "fine");
    root.oversight().freeze(new NewWriteFreeze("another", 10, "elsewhere"));

    assertThat(analyst.runApproved(asked.id()).updateCount()).isEqualTo(1);
    for (NewWriteFreeze wrong :
        List.of(
            new NewWriteFreeze("", 10, "  "),
            new NewWriteFreeze("", 0, "why"),
            new NewWriteFreeze("", 100_000, "why"))) {
      refused("freeze-terms", () -> root.oversight().freeze(wrong));
    }
  }

  @Test
  void an_ended_session_can_do_nothing_more() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    HttpServerClient root = server.signIn("root");
    String session =
        root.oversight().live().sessions().stream()
            .filter(open -> open.name().equals("Ana Lyst"))
            .findFirst()
            .orElseThrow()
            .id();
    refused("reason-needed", () -> root.oversight().endSession(session, " "));

    root.oversight().endSession(session, "the laptop was stolen");

    refused("session-ended", analyst::connections);
    refused("not-found", () -> root.oversight().endSession(session, "again"));
    assertThat(root.oversight().live().sessions())
        .extracting(LiveReport.Connected::name)
        .doesNotContain("Ana Lyst");
  }

  @FunctionalInterface
  private interface Call {
    void run() throws WorkspaceProblem;
  }

  private static void refused(String code, Call call) {
    assertThatExceptionOfType(WorkspaceProblem.class)
        .isThrownBy(call::run)
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
  }
}
