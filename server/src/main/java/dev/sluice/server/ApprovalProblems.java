package dev.sluice.server;

import dev.sluice.server.ServerProblem.Blame;

/// The words of what requests refuse beyond their state.
public final class ApprovalProblems {

  private ApprovalProblems() {}

  public static ServerProblem refused(String code, String detail, String wayOut) {
    return new ServerProblem(409, code, Blame.POLICY, "Refused", detail, wayOut);
  }

  public static ServerProblem unmaskTooLong(String longest) {
    return refused(
        "unmask-too-long",
        "The policy lifts these masks for " + longest + " at most.",
        "Ask for " + longest + " or less; you can ask again later.");
  }

  public static ServerProblem nudgedLately(long minutes) {
    return refused(
        "nudged-lately",
        "The people who decide were reminded of this less than " + minutes + " minutes ago.",
        "Wait, or talk to one of them.");
  }

  public static ServerProblem noWords() {
    return refused("comment-missing", "There is nothing to say.", "Write a few words.");
  }

  public static ServerProblem unknownDelegate() {
    return refused(
        "delegate-unknown",
        "There is no such person, or they are not let in.",
        "Give the name of a colleague's account.");
  }

  public static ServerProblem ownDelegate() {
    return refused(
        "delegate-self",
        "Nobody is their own delegate.",
        "Choose a colleague; they may decide what you could decide, but never what they asked.");
  }

  public static ServerProblem delegationTimes() {
    return refused(
        "delegation-times",
        "An absence ends after it begins, in the future, and lasts 90 days at most.",
        "Give both dates again.");
  }
}
