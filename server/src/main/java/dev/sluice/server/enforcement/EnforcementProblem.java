package dev.sluice.server.enforcement;

/// Something about a database that an administrator has to know and can act on. Its message never
/// holds data of the database.
public final class EnforcementProblem extends Exception {

  private final String object;

  /// @param object what it is about
  /// @param message one or two sentences for people, with a way out
  public EnforcementProblem(String object, String message) {
    super(message);
    this.object = object;
  }

  public EnforcementProblem(String object, String message, Throwable cause) {
    super(message, cause);
    this.object = object;
  }

  public String object() {
    return object;
  }
}
