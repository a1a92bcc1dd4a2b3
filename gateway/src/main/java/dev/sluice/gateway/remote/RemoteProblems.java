package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.gateway.workspace.WorkspaceProblem.Blame;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Problem;
import java.util.Arrays;

/// The words for what goes wrong between a client and its server.
final class RemoteProblems {

  private RemoteProblems() {}

  static WorkspaceProblem unreachable(String address) {
    return new WorkspaceProblem(
        "server-unreachable",
        Blame.SERVER,
        "The server at " + address + " cannot be reached.",
        "Check the network; nothing runs until the server answers again.");
  }

  static WorkspaceProblem sessionEnded() {
    return new WorkspaceProblem(
        "session-ended", Blame.USER, "Your session has ended.", "Sign in again.");
  }

  static WorkspaceProblem notTrusted(String why) {
    return new WorkspaceProblem(
        "server-not-trusted",
        Blame.SERVER,
        why,
        "Stop working with this server and tell its operator and your auditors.");
  }

  static WorkspaceProblem oddAnswer() {
    return new WorkspaceProblem(
        "server-answer",
        Blame.SERVER,
        "The server's answer is not understood.",
        "Check that server and client have the same version.");
  }

  static WorkspaceProblem interrupted() {
    return new WorkspaceProblem(
        "interrupted", Blame.USER, "The request was stopped.", "Repeat it when you want it.");
  }

  /// What an error answer says.
  static WorkspaceProblem of(int status, String body) {
    try {
      Problem problem = JsonCodec.read(body, Problem.class);
      Blame blame =
          Arrays.stream(Blame.values())
              .filter(value -> value.name().equals(problem.blame()))
              .findFirst()
              .orElse(Blame.SERVER);
      return new WorkspaceProblem(problem.code(), blame, problem.detail(), problem.wayOut());
    } catch (JsonCodec.MalformedJson e) {
      return new WorkspaceProblem(
          "server-answer",
          Blame.SERVER,
          "The server answered with status " + status + ".",
          "Check that the address is that of a Sluice server.");
    }
  }

  static WorkspaceProblem notSignedInAgain() {
    return new WorkspaceProblem(
        "cancelled",
        WorkspaceProblem.Blame.USER,
        "Nothing was done: it needs a recent sign-in, and you did not sign in again.",
        "Repeat it when you want, and sign in when asked.");
  }
}
