package dev.sluice.server;

import dev.sluice.server.ServerProblem.Blame;

/// What the server answers where an owner watches over an agent.
public final class PairingProblems {

  private PairingProblems() {}

  public static ServerProblem stopped(String owner, String reason) {
    return new ServerProblem(
        403,
        "agent-stopped",
        Blame.POLICY,
        "Stopped by its owner",
        owner + " has stopped this agent" + (reason.isEmpty() ? "." : ": \"" + reason + "\"."),
        "It may go on once "
            + owner
            + " lets it, on the screen Agents. Trying again changes"
            + " nothing.");
  }

  public static ServerProblem declined(String owner) {
    return new ServerProblem(
        403,
        "not-confirmed",
        Blame.POLICY,
        "Not confirmed",
        owner + " confirms each statement of this agent, and declined this one. It did not run.",
        "Do not send it again. Ask " + owner + " what you should do instead.");
  }

  public static ServerProblem takenOver(String owner) {
    return new ServerProblem(
        403,
        "taken-over",
        Blame.POLICY,
        "Taken over",
        owner + " took this statement over and goes on with it. It did not run here.",
        "Do not send it again. Wait for what " + owner + " tells you.");
  }

  public static ServerProblem unanswered(String owner, int seconds) {
    return new ServerProblem(
        403,
        "confirm-timeout",
        Blame.POLICY,
        "Not confirmed in time",
        owner
            + " confirms each statement of this agent, and did not answer within "
            + seconds
            + " seconds. It did not run.",
        "Tell " + owner + " that you wait for a word on the screen Agents, then send it again.");
  }

  public static ServerProblem tooManyWaiting(String owner, int most) {
    return new ServerProblem(
        429,
        "too-many-waiting",
        Blame.USER,
        "Too many wait",
        "Already " + most + " statements of this agent wait for " + owner + "'s word.",
        "Wait until one of them is answered.");
  }

  public static ServerProblem confirmTerms() {
    return new ServerProblem(
        422,
        "confirm-terms",
        Blame.USER,
        "Not understood",
        "A statement waits for its owner's word 5 to 600 seconds, or 0 for not at all.",
        "Choose a number of seconds.");
  }

  public static ServerProblem answerUnknown() {
    return new ServerProblem(
        422,
        "answer-unknown",
        Blame.USER,
        "Not understood",
        "An answer is confirm, decline or take-over.",
        "Choose one of the three.");
  }

  public static ServerProblem waitOver() {
    return new ServerProblem(
        409,
        "wait-over",
        Blame.USER,
        "The wait is over",
        "This statement no longer waits: it was answered, its time ran out, or the agent went"
            + " away.",
        "Look at what the agent did; it may ask again.");
  }
}
