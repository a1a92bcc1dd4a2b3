package dev.sluice.gateway.signin;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.gateway.workspace.WorkspaceProblem.Blame;

/// The words for what goes wrong between a desktop and an identity provider.
final class SignInProblems {

  private SignInProblems() {}

  static WorkspaceProblem unreachable(String label) {
    return new WorkspaceProblem(
        "provider-unreachable",
        Blame.SERVER,
        "The identity provider (" + label + ") cannot be reached.",
        "Check the network and try again.");
  }

  static WorkspaceProblem misconfigured(String label) {
    return new WorkspaceProblem(
        "provider-misconfigured",
        Blame.SERVER,
        "What the identity provider (" + label + ") answers makes no sense.",
        "A server administrator must check its address and client id in the configuration.");
  }

  static WorkspaceProblem refused(String label, String code) {
    return new WorkspaceProblem(
        "provider-refused",
        Blame.USER,
        "The identity provider (" + label + ") did not let you in (" + code + ").",
        "Try again; if it stays so, whoever runs the identity provider can tell why.");
  }

  static WorkspaceProblem cancelled() {
    return new WorkspaceProblem(
        "cancelled", Blame.USER, "The sign-in was cancelled.", "Start it again when you want.");
  }

  static WorkspaceProblem tooLate() {
    return new WorkspaceProblem(
        "sign-in-too-late",
        Blame.USER,
        "The sign-in in the browser was not finished in time.",
        "Start it again, and finish it within three minutes.");
  }

  static WorkspaceProblem codeTooLate() {
    return new WorkspaceProblem(
        "sign-in-too-late",
        Blame.USER,
        "The code was not typed in time.",
        "Start the sign-in again; you get another code.");
  }

  static WorkspaceProblem ended(String label) {
    return new WorkspaceProblem(
        "provider-ended",
        Blame.USER,
        "The identity provider (" + label + ") no longer vouches for this sign-in.",
        "Sign in again.");
  }

  static WorkspaceProblem noCodes() {
    return new WorkspaceProblem(
        "codes-not-offered",
        Blame.USER,
        "The server does not let people of this identity provider sign in with a code.",
        "Sign in from the window, or have an administrator set code-client-id for the provider.");
  }

  static WorkspaceProblem notOffered() {
    return new WorkspaceProblem(
        "provider-unknown",
        Blame.USER,
        "The server does not offer this way of signing in.",
        "Choose another one.");
  }
}
