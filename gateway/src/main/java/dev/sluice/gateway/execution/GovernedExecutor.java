package dev.sluice.gateway.execution;

import dev.sluice.gateway.execution.BackendFailure.Kind;
import dev.sluice.gateway.execution.BackendRequest.Mode;
import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.policy.Permit;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.StatementAnalysis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Runs what was permitted, and only that.
///
/// In order: the permit is used up; its text is sent, nothing else; the result's width, labels and
/// origins are compared with the plan before the first row; each row is masked; text that no mask
/// covers is searched for shapes of cards, IBANs and national ids; limits cut; database words are
/// redacted. A change is committed only when all of that went well. Never throws for anything a
/// database does. Stateless and safe for concurrent use.
public final class GovernedExecutor {

  private static final int FETCH_ROWS = 1000;

  private final MaskerFactory maskers;

  public GovernedExecutor(MaskerFactory maskers) {
    this.maskers = maskers;
  }

  /// Runs on the calling thread until the last row is delivered.
  ///
  /// @param backend a session nobody else uses meanwhile; it stays open
  public ExecutionOutcome execute(
      ExecutionRequest request,
      Backend backend,
      ResultReceiver receiver,
      Cancellation cancellation) {
    Permit permit = request.permit();
    if (!permit.use()) {
      return failed("permit-used", "This permission was used already.", "Run the statement again.");
    }
    cancellation.attach(backend);
    long started = System.nanoTime();
    try {
      if (cancellation.isRequested()) {
        return new ExecutionOutcome.Cancelled(0);
      }
      return run(request, backend, receiver, cancellation, started);
    } finally {
      cancellation.detach();
    }
  }

  private ExecutionOutcome run(
      ExecutionRequest request,
      Backend backend,
      ResultReceiver receiver,
      Cancellation cancellation,
      long started) {
    boolean sensitive = Sensitivity.touches(request);
    RowStream stream = new RowStream(request, receiver, cancellation, maskers, started);
    try (BackendResult result = backend.execute(backendRequest(request.permit()))) {
      boolean rows = !result.columns().isEmpty();
      if (rows) {
        Expectation expected = Expectation.of(request, result.columns());
        Optional<Incident> problem = PlanCheck.problem(request, expected, result.columns());
        if (problem.isPresent()) {
          return notAsPlanned(problem.get());
        }
        stream.deliver(result, expected);
      } else if (request.permit().plan().width() > 0 && !fillsATable(request.permit())) {
        return notAsPlanned(
            new Incident("width-not-as-planned", -1, "A result was planned and none came."));
      }
      if (cancellation.isRequested()) {
        return new ExecutionOutcome.Cancelled(stream.delivered());
      }
      if (!stream.truncated() && result.hasMoreResults()) {
        return failed(
            "more-than-one-result",
            "The database answered with more than one result, which is not allowed.",
            "Run one statement at a time.");
      }
      result.commit();
      return new ExecutionOutcome.Completed(
          result.updateCount(),
          stream.delivered(),
          stream.truncated(),
          stream.firstRow(),
          Duration.ofNanos(System.nanoTime() - started),
          Redaction.warnings(request, result.notices(), sensitive),
          stream.incidents());
    } catch (BackendFailure e) {
      return failure(request, e, sensitive, stream, cancellation);
    }
  }

  /// `SELECT .. INTO t` has columns like a query and gives no rows; where they go is decided on.
  private static boolean fillsATable(Permit permit) {
    return permit.analysis().effects().stream()
        .anyMatch(effect -> effect.kind() == EffectKind.CREATE);
  }

  private static BackendRequest backendRequest(Permit permit) {
    OptionalLong seconds = permit.limits().seconds();
    return new BackendRequest(
        permit.textToSend(),
        mode(permit.analysis()),
        seconds.isPresent()
            ? Optional.of(Duration.ofSeconds(Math.max(1, seconds.getAsLong())))
            : Optional.empty(),
        FETCH_ROWS,
        permit.grant().map(Grant::rowCeiling).orElse(-1L));
  }

  private static Mode mode(StatementAnalysis analysis) {
    boolean transaction =
        analysis.effects().stream().allMatch(effect -> effect.kind() == EffectKind.TRANSACTION);
    return transaction ? Mode.TRANSACTION : analysis.readsOnly() ? Mode.READ : Mode.WRITE;
  }

  private static ExecutionOutcome failed(String code, String message, String wayOut) {
    return new ExecutionOutcome.Failed(
        code, "", message, OptionalInt.empty(), wayOut, 0, List.of());
  }

  private static ExecutionOutcome notAsPlanned(Incident incident) {
    return new ExecutionOutcome.Failed(
        "result-not-as-planned",
        "",
        "The result is not what was predicted, so none of it is shown. " + incident.detail(),
        OptionalInt.empty(),
        "Refresh the catalog and run it again; if it stays, tell the owner of the policy.",
        0,
        List.of(incident));
  }

  private static ExecutionOutcome failure(
      ExecutionRequest request,
      BackendFailure failure,
      boolean sensitive,
      RowStream stream,
      Cancellation cancellation) {
    if (failure.kind() == Kind.CANCELLED || cancellation.isRequested()) {
      return new ExecutionOutcome.Cancelled(stream.delivered());
    }
    OptionalInt position =
        failure.position().isPresent()
            ? WrittenPosition.of(request.permit(), failure.position().getAsInt())
            : OptionalInt.empty();
    String message =
        switch (failure.kind()) {
          case STATEMENT -> Redaction.message(request, failure, sensitive);
          case CANCELLED -> "It was cancelled.";
          case TIMED_OUT -> "It took longer than allowed and was stopped.";
          case CONNECTION -> "The database cannot be reached.";
          case SESSION -> "The database session is not in its pinned state and was closed.";
          case TOO_MANY_ROWS -> tooManyRows(request.permit());
        };
    return new ExecutionOutcome.Failed(
        code(failure.kind()),
        failure.sqlState(),
        message,
        position,
        wayOut(failure.kind()),
        stream.delivered(),
        stream.incidents());
  }

  private static String tooManyRows(Permit permit) {
    return permit
        .grant()
        .map(Grant::rowCeiling)
        .map(most -> "It would have changed more rows than the " + most + " that were approved")
        .orElse("It would have changed more rows than allowed")
        .concat("; nothing changed.");
  }

  private static String code(Kind kind) {
    return switch (kind) {
      case STATEMENT -> "database-error";
      case CANCELLED -> "cancelled";
      case TIMED_OUT -> "timed-out";
      case CONNECTION -> "database-unreachable";
      case SESSION -> "session-not-pinned";
      case TOO_MANY_ROWS -> "too-many-rows";
    };
  }

  private static String wayOut(Kind kind) {
    return switch (kind) {
      case STATEMENT -> "Correct the statement and run it again.";
      case CANCELLED -> "Run it again when you want it.";
      case TIMED_OUT -> "Narrow it down with a WHERE or a LIMIT, or ask for a longer limit.";
      case CONNECTION -> "Check that the database is up and run it again.";
      case SESSION -> "Run it again; a new session is opened.";
      case TOO_MANY_ROWS -> "Narrow it down, or ask for approval of more rows.";
    };
  }
}
