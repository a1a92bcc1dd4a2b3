package dev.sluice.server.execution;

import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.Cancellation;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.execution.ExecutionRequest;
import dev.sluice.gateway.execution.GovernedExecutor;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Permit;
import dev.sluice.server.execution.Judge.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Runs a consumed grant's capsule: the stored text, decided once more with the grant, in one
/// transaction with the row ceiling.
public final class ApprovedRunner {

  private static final int MOST_ROWS = 10_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_DRY_RUN = Duration.ofSeconds(20);

  private final Judge judge;
  private final GovernedExecutor executor;
  private final MaskKeys keys;

  public ApprovedRunner(Judge judge, GovernedExecutor executor, MaskKeys keys) {
    this.judge = judge;
    this.executor = executor;
    this.keys = keys;
  }

  /// What came of it.
  public record Ran(
      ExecutionOutcome outcome,
      List<ApprovedRun.Column> columns,
      List<List<@Nullable Object>> rows,
      Optional<KeptRows> kept) {

    /// It did not run.
    public static Ran not(ExecutionOutcome outcome) {
      return new Ran(outcome, List.of(), List.of(), Optional.empty());
    }
  }

  /// @param request an export carries as many rows as were approved, a run as many as people look
  ///     at; fewer where a condition says so
  /// @throws dev.sluice.server.ServerProblem when the database cannot be reached; nothing ran then
  public Ran run(ApprovalRequest request, Grant grant) {
    return run(
        request.requester(),
        grant,
        Math.min(mostRows(request.right()), request.conditions().rows().orElse(Long.MAX_VALUE)),
        false);
  }

  /// Runs it and takes it back, always.
  ///
  /// @param grant in no store: what the request would give
  /// @throws dev.sluice.server.ServerProblem when it cannot be tried so that nothing lasts
  public Ran dryRun(Actor requester, Grant grant) {
    return run(requester, grant, MOST_ROWS, true);
  }

  private Ran run(Actor requester, Grant grant, long mostRows, boolean dryRun) {
    String connection = grant.capsule().connection();
    Judgement judgement =
        judge.judge(
            requester,
            connection,
            grant.capsule().text(),
            grant.capsule().binds(),
            "server",
            false,
            Optional.of(grant));
    if (!(judgement.decision() instanceof Decision.Allow allow)) {
      return refused(judgement.decision().proof().reason());
    }
    if (!allow.permit().analysis().printed().equals(Optional.of(grant.capsule().printed()))) {
      return refused("The text that would be sent is not the one that was approved.");
    }
    CollectedRows result = new CollectedRows(mostRows);
    Duration longest = dryRun ? LONGEST_DRY_RUN : longest(allow.permit());
    try (GovernedDatabase.Opened opened =
            judge.database(connection).open(allow.permit().analysis(), longest);
        ChangeWatch watch = ChangeWatch.of(opened, judgement.request(), allow.permit(), dryRun)) {
      Backend backend = watch.session();
      ExecutionOutcome outcome =
          executor.execute(
              new ExecutionRequest(
                  allow.permit(),
                  judgement.request().catalog(),
                  column -> judgement.policy().loaded().classified().test(connection, column),
                  keys),
              backend,
              result,
              new Cancellation());
      return new Ran(outcome, result.columns(), result.rows(), watch.kept());
    }
  }

  private static long mostRows(Right right) {
    return switch (right) {
      case Right.Export export -> export.rows();
      case Right.Run run -> MOST_ROWS;
      case Right.Unmask unmask -> 0;
    };
  }

  private static Duration longest(Permit permit) {
    return permit.limits().seconds().isPresent()
        ? Duration.ofSeconds(Math.max(1, permit.limits().seconds().getAsLong()))
        : LONGEST;
  }

  private static Ran refused(String reason) {
    return Ran.not(
        new ExecutionOutcome.Failed(
            "refused", "", reason, OptionalInt.empty(), "Ask again.", 0, List.of()));
  }
}
