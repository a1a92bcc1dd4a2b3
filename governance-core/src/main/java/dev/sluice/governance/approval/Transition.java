package dev.sluice.governance.approval;

/// The answer to an event: a new request, or why not.
public sealed interface Transition {
  record Moved(ApprovalRequest request) implements Transition {}

  /// @param code stable identifier such as `four-eyes`, `stale`, `exhausted`
  /// @param message one sentence for people
  /// @param wayOut what to do next
  record Refused(String code, String message, String wayOut) implements Transition {}
}
