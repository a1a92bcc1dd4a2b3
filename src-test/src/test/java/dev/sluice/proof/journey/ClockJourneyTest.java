package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine whose clock is wrong, and a policy that nobody renewed: said in words, and counted by
/// the server's time.
class ClockJourneyTest {

  private static final Duration AHEAD = Duration.ofMinutes(45);

  @TempDir Path folder;

  private static String policy(Instant expires) {
    return SmallWorld.POLICY.replace("2099-12-31T00:00:00Z", expires.toString());
  }

  @Test
  void a_wrong_clock_is_said_and_what_is_counted_down_goes_by_the_servers() throws Exception {
    Instant soon = Instant.now().plus(5, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    try (SmallWorld world = SmallWorld.ahead(folder, AHEAD, policy(soon))) {
      Screen analyst = world.window("analyst", "clock", 1280, 800, "light");
      analyst.awaitText(ControlIds.TOAST, "45 min behind the server");
      analyst.awaitText(ControlIds.STATUS_POLICY, "Policy v1 expires in 5 d").picture("wrong");

      analyst.ask("UPDATE orders SET status = 'void' WHERE id = 3");
      analyst.fire(ControlIds.APPROVAL_ASK).set(ControlIds.REQUEST_REASON, "paid twice");
      analyst.fire(ControlIds.REQUEST_SUBMIT);
      analyst.awaitText(ControlIds.REQUEST_WAITING, "00:0");
      var owner = world.client("owner");
      owner.review(
          owner.inbox().getFirst().id(), dev.sluice.governance.approval.Review.Verdict.APPROVE, "");
      analyst.awaitText(ControlIds.RUN_APPROVED_BAR, "within 59:").picture("counted");
    }
  }

  /// By this machine's clock it is in force for half an hour still.
  @Test
  void a_policy_that_has_expired_by_the_servers_time_has_expired() throws Exception {
    Instant passed = Instant.now().plus(30, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    try (SmallWorld world = SmallWorld.ahead(folder, AHEAD, policy(passed))) {
      Screen analyst = world.window("analyst", "expired", 1280, 800, "light");
      analyst.awaitText(ControlIds.STATUS_POLICY, "Policy v1 has expired");
      analyst.ask("SELECT id FROM orders");
      assertThat(analyst.text(ControlIds.BLOCKED_CARD)).contains("has expired", "nothing runs");
      analyst.picture("refused");
    }
  }
}
