package dev.sluice.gateway.workspace;

/// Something around a statement went wrong. Made in one place per cause; never carries a database
/// value, a secret or a stack trace in its words.
public final class WorkspaceProblem extends Exception {

  private final String code;
  private final Blame blame;
  private final String wayOut;
  private final String sqlState;

  public WorkspaceProblem(String code, Blame blame, String message, String wayOut) {
    this(code, blame, message, wayOut, "");
  }

  /// @param sqlState what the database answered, empty when it was not asked
  public WorkspaceProblem(
      String code, Blame blame, String message, String wayOut, String sqlState) {
    super(message);
    this.sqlState = sqlState;
    this.code = code;
    this.blame = blame;
    this.wayOut = wayOut;
  }

  /// Stable identifier such as `server-unreachable`, `session-ended`, `wrong-password`.
  public String code() {
    return code;
  }

  public Blame blame() {
    return blame;
  }

  /// One sentence for the person: what to do next.
  public String wayOut() {
    return wayOut;
  }

  /// Five characters of the database, or empty.
  public String sqlState() {
    return sqlState;
  }

  public enum Blame {
    USER,
    POLICY,
    SERVER,
    DATABASE,
    INTERNAL
  }
}
