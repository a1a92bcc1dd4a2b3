package dev.sluice.gateway.workspace;

import dev.sluice.governance.approval.ApprovalRequest;

/// Something the server pushed.
public sealed interface WorkspaceEvent {
  /// A request of mine, or one I may decide, is new or changed.
  record RequestChanged(ApprovalRequest request) implements WorkspaceEvent {}

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
