package dev.sluice.server.enforcement;

/// Something about a database that an administrator has to know and can act on. Its message never
/// holds data of the database.
public final class EnforcementProblem extends Exception {

  /// What kind of thing it is, for whoever decides what comes next.
  public enum Kind {
    /// No plan was ever applied.
    NOT_APPLIED,
    /// The database is no longer as the plan left it.
    DRIFTED,
    /// What was applied is not what the policy in force asks for.
    OTHER_POLICY,
    /// The database could not be reached.
    UNREACHABLE,
    /// Anything else.
    OTHER
  }

  private final String object;
  private final Kind kind;

  /// @param object what it is about
  /// @param message one or two sentences for people, with a way out
  public EnforcementProblem(String object, String message) {
    this(object, message, Kind.OTHER);
  }

  public EnforcementProblem(String object, String message, Kind kind) {
    super(message);
    this.object = object;
    this.kind = kind;
  }

  public EnforcementProblem(String object, String message, Throwable cause) {
    this(object, message, cause, Kind.OTHER);
  }

  public EnforcementProblem(String object, String message, Throwable cause, Kind kind) {
    super(message, cause);
    this.object = object;
    this.kind = kind;
  }

  public String object() {
    return object;
  }

  public Kind kind() {
    return kind;
  }
}
