package dev.sluice.server;

import java.util.OptionalLong;

/// Why the server does not do what it was asked. Its words go to the person as they are, so they
/// never carry a secret, a database value or a stack trace. Made by [Problems] alone.
public final class ServerProblem extends RuntimeException {

  private final int status;
  private final String code;
  private final Blame blame;
  private final String title;
  private final String wayOut;
  private final long retryAfter;

  ServerProblem(int status, String code, Blame blame, String title, String detail, String wayOut) {
    this(status, code, blame, title, detail, wayOut, 0);
  }

  /// @param retryAfter seconds, 0 for none
  ServerProblem(
      int status,
      String code,
      Blame blame,
      String title,
      String detail,
      String wayOut,
      long retryAfter) {
    super(detail, null, false, false);
    this.retryAfter = retryAfter;
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

  /// Seconds after which it makes sense to ask again (`Retry-After`).
  public OptionalLong retryAfter() {
    return retryAfter == 0 ? OptionalLong.empty() : OptionalLong.of(retryAfter);
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
