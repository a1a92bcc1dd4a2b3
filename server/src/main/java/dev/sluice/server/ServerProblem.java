package dev.sluice.server;

/// Why the server does not do what it was asked. Its words go to the person as they are, so they
/// never carry a secret, a database value or a stack trace. Made by [Problems] alone.
public final class ServerProblem extends RuntimeException {

  private final int status;
  private final String code;
  private final Blame blame;
  private final String title;
  private final String wayOut;

  ServerProblem(int status, String code, Blame blame, String title, String detail, String wayOut) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.blame = blame;
    this.title = title;
    this.wayOut = wayOut;
  }

  /// HTTP status.
  public int status() {
    return status;
  }

  /// Stable identifier.
  public String code() {
    return code;
  }

  public Blame blame() {
    return blame;
  }

  /// A few words.
  public String title() {
    return title;
  }

  /// One sentence: what to do next.
  public String wayOut() {
    return wayOut;
  }

  /// Who can change it.
  public enum Blame {
    USER,
    POLICY,
    SERVER,
    DATABASE,
    INTERNAL
  }
}
