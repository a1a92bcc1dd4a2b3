package dev.sluice.governance.codec.wire;

import java.util.List;

/// What a server administrator reviews before a database is made to enforce the policy in force:
/// what holds now, what would be applied, and who reads around Sluice. Names and SQL of the plan
/// only; never a value of the database.
///
/// @param connection its name
/// @param ring what it may be called now
/// @param sentence what could still go wrong, for people
/// @param plan hash of the plan, which applying it repeats
/// @param inForce the database enforces what the plan asks for, and nobody changed it since
/// @param administered the server holds an administrator's login and may apply the plan
/// @param drift what somebody changed since a plan was applied, for people; empty when nothing
/// @param problems why the plan must not be applied; empty when it may
/// @param notes what a reviewer should know
/// @param steps of the plan, in order
/// @param findings who reads governed tables around Sluice
public record EnforcementReview(
    String connection,
    String ring,
    String sentence,
    String plan,
    boolean inForce,
    boolean administered,
    String drift,
    List<Remark> problems,
    List<Remark> notes,
    List<Step> steps,
    List<Finding> findings) {
  public EnforcementReview {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }

  /// @param object what it is about
  /// @param message one sentence for people
  /// @param wayOut what to do; empty when nothing needs doing
  public record Remark(String object, String message, String wayOut) {}

  /// @param object what it is about
  /// @param why one sentence for the reviewer
  /// @param sql one statement, without delimiter
  public record Step(String object, String why, String sql) {}

  /// @param name by which it is accepted
  /// @param message one sentence
  /// @param closing the statement that closes it
  /// @param accepted an administrator accepted it by name
  public record Finding(String name, String message, String closing, boolean accepted) {}
}
