package dev.sluice.gateway.workspace;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import java.util.Set;

/// Something the server pushed.
public sealed interface WorkspaceEvent {
  /// A request of mine, or one I may decide, is new or changed.
  /// A request of mine, or one that I may decide.
  ///
  /// @param cause the kind of the log entry about it, such as `approval.requested`; empty when the
  ///     server does not say
  record RequestChanged(ApprovalRequest request, String cause) implements WorkspaceEvent {
    private static final Set<String> CALLING =
        Set.of("", "approval.requested", "approval.nudged", "approval.escalated");

    public RequestChanged(ApprovalRequest request) {
      this(request, "");
    }

    /// Whether it calls for those who decide: it is new, or new to them, or they are reminded.
    public boolean calls() {
      return request.state() == ApprovalState.PENDING && CALLING.contains(cause);
    }
  }

  record PolicyChanged(long version) implements WorkspaceEvent {}

  /// New entries in my timeline.
  record TimelineGrew(long sequence) implements WorkspaceEvent {}

  /// The link to the server was lost or came back.
  record LinkChanged(boolean online) implements WorkspaceEvent {}

  /// Writes were frozen, or a freeze was lifted.
  record FreezeChanged() implements WorkspaceEvent {}

  /// An agent of mine came or went, was stopped, or has a statement that waits for my word.
  record AgentsChanged() implements WorkspaceEvent {}

  /// The session is over; sign in again.
  record SessionEnded(String reason) implements WorkspaceEvent {}
}
