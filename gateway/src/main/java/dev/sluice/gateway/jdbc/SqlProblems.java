package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Refusal;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;

/// Makes exceptions of refusals and failures. None carries a masked value.
final class SqlProblems {

  private static final String DENIED = "42501";
  private static final String NOT_UNDERSTOOD = "42000";
  private static final String CANCELLED = "57014";
  private static final String WRONG_USE = "HY010";

  private SqlProblems() {}

  static SQLException denied(RunEvent.Refused refused) {
    Proof proof = refused.decision().proof();
    List<Refusal> misunderstood = refused.analysis().refusals();
    return new StatementDeniedException(
        proof.reason(),
        misunderstood.isEmpty() ? DENIED : NOT_UNDERSTOOD,
        proof.rule(),
        waysOut(proof, misunderstood));
  }

  static SQLException approvalNeeded(RunEvent.Refused refused, String requestId) {
    Proof proof = refused.decision().proof();
    return new ApprovalNeededException(
        proof.reason(), proof.rule(), requestId, waysOut(proof, List.of()));
  }

  /// People said no, or nobody decided in time.
  static SQLException notApproved(RunEvent.Refused refused, String requestId) {
    Proof proof = refused.decision().proof();
    return new StatementDeniedException(
        "Request " + requestId + " was not approved. " + proof.reason(),
        DENIED,
        proof.rule(),
        List.of("Read what was answered to the request, change the statement, and ask again."));
  }

  private static List<String> waysOut(Proof proof, List<Refusal> misunderstood) {
    List<String> ways = new ArrayList<>();
    proof.waysOut().stream().map(WayOut::label).forEach(ways::add);
    misunderstood.stream().map(Refusal::wayOut).forEach(ways::add);
    return ways;
  }

  static String words(String reason, String rule, List<String> waysOut) {
    return reason
        + " (rule "
        + rule
        + ")"
        + (waysOut.isEmpty() ? "" : " What to do: " + waysOut.getFirst());
  }

  static SQLException of(WorkspaceProblem problem) {
    String words = problem.getMessage() + " " + problem.wayOut();
    String state =
        switch (problem.code()) {
          case "timed-out" -> CANCELLED;
          case "wrong-password", "not-signed-in", "session-ended" -> "28000";
          case "unknown-connection" -> "3D000";
          default ->
              switch (problem.blame()) {
                case SERVER, DATABASE -> "08000";
                case POLICY -> DENIED;
                case USER -> NOT_UNDERSTOOD;
                case INTERNAL -> "XX000";
              };
        };
    String known = problem.sqlState().isEmpty() ? state : problem.sqlState();
    return known.startsWith("08")
        ? new SQLNonTransientConnectionException(words, known)
        : new SQLException(words, known);
  }

  static SQLException cancelled() {
    return new SQLException("The statement was cancelled.", CANCELLED);
  }

  static SQLException closed(String what) {
    return new SQLException("This " + what + " is closed.", "08003");
  }

  static SQLException wrongUse(String words) {
    return new SQLException(words, WRONG_USE);
  }

  static SQLException notSupported(String words) {
    return new java.sql.SQLFeatureNotSupportedException(words, Refusing.NOT_SUPPORTED);
  }
}
