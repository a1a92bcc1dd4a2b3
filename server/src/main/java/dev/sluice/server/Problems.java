package dev.sluice.server;

import dev.sluice.governance.approval.Transition;
import dev.sluice.server.ServerProblem.Blame;

/// The words of every refusal and error of the server, in one place.
public final class Problems {

  private Problems() {}

  public static ServerProblem malformed(String detail) {
    return new ServerProblem(
        400,
        "malformed",
        Blame.USER,
        "Not understood",
        detail,
        "Send exactly the fields that the interface describes.");
  }

  public static ServerProblem notSignedIn() {
    return new ServerProblem(
        401,
        "session-ended",
        Blame.USER,
        "Not signed in",
        "There is no session for this request, or it has ended.",
        "Sign in again.");
  }

  public static ServerProblem proofRefused(String why) {
    return new ServerProblem(
        401,
        "proof-refused",
        Blame.USER,
        "Proof refused",
        why,
        "Send the request again with a new proof by the device that signed in.");
  }

  public static ServerProblem nonceNeeded() {
    return new ServerProblem(
        401,
        "use-nonce",
        Blame.USER,
        "Another nonce is needed",
        "The proof does not carry a nonce that this server gave lately.",
        "Send the request again with the nonce of this answer.");
  }

  public static ServerProblem wrongPassword() {
    return new ServerProblem(
        401,
        "wrong-password",
        Blame.USER,
        "Sign-in failed",
        "Account and password do not match.",
        "Check both and try again; an administrator can set a new password.");
  }

  public static ServerProblem tooMany(long seconds) {
    return new ServerProblem(
        429,
        "too-many",
        Blame.USER,
        "Too many attempts",
        "There were too many attempts in a short time.",
        "Wait " + seconds + " seconds and try again.");
  }

  public static ServerProblem forbidden() {
    return new ServerProblem(
        403,
        "forbidden",
        Blame.POLICY,
        "Not allowed",
        "Your roles do not include this.",
        "Ask a server administrator for the role you need.");
  }

  public static ServerProblem freshSignInNeeded() {
    return new ServerProblem(
        401,
        "fresh-sign-in",
        Blame.USER,
        "Sign in again",
        "Deciding a request needs a recent sign-in.",
        "Sign in again and repeat the decision.");
  }

  /// Also for what exists but is not the asker's: whether it exists is not told.
  public static ServerProblem notFound(String what) {
    return new ServerProblem(
        404,
        "not-found",
        Blame.USER,
        "Not found",
        "There is no such " + what + ", or it is not yours to see.",
        "Check the name, or ask whoever gave it to you.");
  }

  public static ServerProblem tooLarge(long limit) {
    return new ServerProblem(
        413,
        "too-large",
        Blame.USER,
        "Too large",
        "A request may have at most " + limit + " bytes.",
        "Send less at once.");
  }

  public static ServerProblem refused(Transition.Refused refusal) {
    return new ServerProblem(
        409, refusal.code(), Blame.POLICY, "Refused", refusal.message(), refusal.wayOut());
  }

  /// The server's own decision on a statement.
  public static ServerProblem decision(String code, String reason, String wayOut) {
    return new ServerProblem(403, code, Blame.POLICY, "Refused by policy", reason, wayOut);
  }

  public static ServerProblem approvalNotNeeded() {
    return new ServerProblem(
        409,
        "approval-not-needed",
        Blame.POLICY,
        "No approval needed",
        "The policy lets you run this statement yourself.",
        "Run it.");
  }

  public static ServerProblem policyUnreadable(String where) {
    return new ServerProblem(
        422,
        "policy-unreadable",
        Blame.USER,
        "Policy not published",
        where,
        "Correct the place and publish again; the policy in force has not changed.");
  }

  public static ServerProblem policyVersion(long version, long current) {
    return new ServerProblem(
        409,
        "policy-version",
        Blame.USER,
        "Policy not published",
        "Version " + version + " is not higher than version " + current + ", which is in force.",
        "Give the document the version " + (current + 1) + " and publish again.");
  }

  public static ServerProblem noPolicy() {
    return new ServerProblem(
        503,
        "no-policy",
        Blame.SERVER,
        "No policy",
        "No policy has been published yet, so nothing may run.",
        "A policy administrator must publish one.");
  }

  public static ServerProblem databaseAway(String connection) {
    return new ServerProblem(
        503,
        "database-unreachable",
        Blame.DATABASE,
        "Database not reachable",
        "The server cannot reach the database of \"" + connection + "\".",
        "Try again in a minute; if it stays so, tell the connection's owner.");
  }

  public static ServerProblem conflict() {
    return new ServerProblem(
        409,
        "conflict",
        Blame.USER,
        "Changed meanwhile",
        "Somebody else changed this at the same moment.",
        "Look at it again and repeat what still applies.");
  }

  public static ServerProblem logBroken(String message) {
    return new ServerProblem(
        500,
        "log-broken",
        Blame.SERVER,
        "Audit log damaged",
        message,
        "Stop, keep the files, and tell the server's operator and your auditors.");
  }

  public static ServerProblem internal(String reference) {
    return new ServerProblem(
        500,
        "internal",
        Blame.INTERNAL,
        "Error in the server",
        "The server made an error; its log names it " + reference + ".",
        "Try again; if it stays so, give the reference to the server's operator.");
  }
}
