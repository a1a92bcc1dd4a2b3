package dev.sluice.gateway.headless;

import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.sql.StatementText;
import java.time.Duration;
import java.util.Optional;

/// Requests of a program that may run the same statement again: it asks once, and finds what it
/// asked before.
public final class ApprovalDesk {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Workspace workspace;
  private final String connection;

  public ApprovalDesk(Workspace workspace, String connection) {
    this.workspace = workspace;
    this.connection = connection;
  }

  /// The newest request of mine for exactly this text, in a state.
  public Optional<ApprovalRequest> find(String text, ApprovalState state) throws WorkspaceProblem {
    return workspace.myRequests().stream()
        .filter(request -> request.state() == state)
        .filter(request -> request.capsule().connection().equals(connection))
        .filter(request -> request.capsule().text().equals(text))
        .findFirst();
  }

  /// A request for this text that may run now.
  public Optional<String> approved(String text) throws WorkspaceProblem {
    return find(text, ApprovalState.APPROVED).map(ApprovalRequest::id);
  }

  /// The request for this text that waits for people; asks when there is none.
  public String waiting(StatementText statement, String reason) throws WorkspaceProblem {
    Optional<ApprovalRequest> waiting = find(statement.text(), ApprovalState.PENDING);
    return waiting.isPresent()
        ? waiting.get().id()
        : workspace.requestApproval(connection, statement, reason).id();
  }

  /// Looks at a request until people have decided, it ran out, or the time is over.
  ///
  /// @return the state in the end; PENDING when time was over first
  public ApprovalState await(String id, Duration longest)
      throws WorkspaceProblem, InterruptedException {
    long until = System.nanoTime() + longest.toNanos();
    while (true) {
      ApprovalState state =
          workspace.myRequests().stream()
              .filter(request -> request.id().equals(id))
              .map(ApprovalRequest::state)
              .findFirst()
              .orElse(ApprovalState.PENDING);
      if (state != ApprovalState.PENDING || System.nanoTime() >= until) {
        return state;
      }
      Thread.sleep(LOOK_EVERY);
    }
  }
}
