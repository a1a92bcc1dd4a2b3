package dev.sluice.server;

import dev.sluice.server.ServerProblem.Blame;

/// The words of what administration refuses.
public final class AdminProblems {

  private AdminProblems() {}

  /// The request makes sense, but what it asks for may not be.
  ///
  /// @param code stable identifier
  public static ServerProblem refused(String code, String detail, String wayOut) {
    return new ServerProblem(409, code, Blame.USER, "Not done", detail, wayOut);
  }

  /// What was sent is not usable.
  public static ServerProblem invalid(String code, String detail, String wayOut) {
    return new ServerProblem(422, code, Blame.USER, "Not usable", detail, wayOut);
  }

  public static ServerProblem exists(String what, String name) {
    return refused(
        "exists",
        "There is a " + what + " \"" + name + "\" already.",
        "Choose another name, or change the one that is there.");
  }

  public static ServerProblem inFile(String name) {
    return refused(
        "in-configuration",
        "The connection \"" + name + "\" stands in the server's configuration file.",
        "Change it there and start the server again.");
  }

  public static ServerProblem ownAccount() {
    return refused(
        "own-account",
        "Nobody changes their own roles or groups, or disables themselves.",
        "Ask another server administrator.");
  }

  public static ServerProblem lastAdministrator() {
    return refused(
        "last-administrator",
        "This is the last server administrator; without one, nobody could change anything.",
        "Make another person server administrator first.");
  }

  public static ServerProblem bootstrapRefused() {
    return new ServerProblem(
        401,
        "bootstrap-refused",
        Blame.USER,
        "Token refused",
        "This is not the token of a new server, or it was used, or it has expired.",
        "Run \"sluice server init\" on the server's machine; it prints a token while the server"
            + " has no administrator.");
  }

  public static ServerProblem alreadyInitialised() {
    return refused(
        "already-initialised",
        "This server has an administrator already.",
        "Sign in as one; a lost password is reset by another server administrator.");
  }
}
