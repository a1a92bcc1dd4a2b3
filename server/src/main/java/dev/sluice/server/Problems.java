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

  /// A bearer token that was made for another place on this server.
  public static ServerProblem wrongAudience() {
    return new ServerProblem(
        401,
        "wrong-audience",
        Blame.USER,
        "Not for here",
        "The token was given for another place.",
        "Ask for a token for this place.");
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

  /// A token of an identity provider or issuer does not hold.
  ///
  /// @param why a sentence that names no claim's value
  public static ServerProblem tokenRefused(String why) {
    return new ServerProblem(
        401,
        "token-refused",
        Blame.USER,
        "Sign-in refused",
        "The token of the identity provider is refused. " + why,
        "Sign in again; if it stays so, a server administrator can compare the configuration with"
            + " what the provider issues.");
  }

  public static ServerProblem tokenReplayed() {
    return new ServerProblem(
        401,
        "token-replayed",
        Blame.USER,
        "Sign-in refused",
        "This token was used before; each works once.",
        "Sign in again. If you did not use it yourself, tell a server administrator.");
  }

  public static ServerProblem groupsUnknown(String detail, String wayOut) {
    return new ServerProblem(
        403, "groups-unknown", Blame.SERVER, "Groups not known", detail, wayOut);
  }

  public static ServerProblem providerUnreachable(String issuer) {
    return new ServerProblem(
        503,
        "provider-unreachable",
        Blame.SERVER,
        "Identity provider not reachable",
        "The server cannot reach " + issuer + " to check the sign-in.",
        "Try again in a minute; if it stays so, tell a server administrator.");
  }

  public static ServerProblem providerMisconfigured(String issuer) {
    return new ServerProblem(
        503,
        "provider-misconfigured",
        Blame.SERVER,
        "Identity provider not usable",
        "What " + issuer + " says of itself does not fit the server's configuration.",
        "A server administrator must check the issuer's address in the configuration.");
  }

  /// An agent's owner is gone, or was vouched for too long ago.
  public static ServerProblem ownerAway(String name) {
    return new ServerProblem(
        403,
        "owner-away",
        Blame.POLICY,
        "Nobody to act for",
        "The person for whom \"" + name + "\" acts is not known here, or has not signed in lately.",
        "That person signs in once; then try again.");
  }

  /// RFC 6749, section 5.2: not which of both was wrong.
  public static ServerProblem invalidClient() {
    return new ServerProblem(
        401,
        "invalid_client",
        Blame.USER,
        "Not let in",
        "The identity does not exist, was revoked, or did not prove itself.",
        "Check client_id and secret or key; a server administrator can make a new identity.");
  }

  public static ServerProblem invalidGrant(String detail) {
    return new ServerProblem(
        400, "invalid_grant", Blame.USER, "Not let in", detail, "Get a new token and try again.");
  }

  public static ServerProblem invalidTarget(String base) {
    return new ServerProblem(
        400,
        "invalid_target",
        Blame.USER,
        "Not for here",
        "This server gives tokens for itself only.",
        "Ask for the resource " + base + " or a place on it.");
  }

  public static ServerProblem oauth(String error, String detail, String wayOut) {
    return new ServerProblem(400, error, Blame.USER, "Not understood", detail, wayOut);
  }

  public static ServerProblem tooMany(long seconds) {
    return new ServerProblem(
        429,
        "too-many",
        Blame.USER,
        "Too many attempts",
        "There were too many attempts in a short time.",
        "Wait " + seconds + " seconds and try again.",
        seconds);
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

  public static ServerProblem foreignOrigin() {
    return new ServerProblem(
        403,
        "foreign-origin",
        Blame.USER,
        "Not from here",
        "The request came from another origin, or by a name that is not this server's.",
        "Call this server by the address in its configuration, and not from a web page.");
  }

  public static ServerProblem freshSignInNeeded() {
    return new ServerProblem(
        401,
        "fresh-sign-in",
        Blame.USER,
        "Sign in again",
        "This needs a recent sign-in.",
        "Sign in again and repeat it.");
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

  /// For a request that has no route, or that is not understood far enough to find one.
  ///
  /// @param status of HTTP
  public static ServerProblem beforeRoute(int status) {
    return switch (status) {
      case 404 -> notFound("address");
      case 405 ->
          early(
              405,
              "method-not-allowed",
              "This address does not take such a request.",
              "The Allow header names the methods it takes; /openapi.json says what for.");
      case 408 -> early(408, "too-slow", "The request did not arrive in time.", "Send it again.");
      case 413 ->
          early(
              413, "too-large", "The body is larger than this server takes.", "Send less at once.");
      case 414 ->
          early(
              414,
              "address-too-long",
              "The address is longer than this server takes.",
              "Shorten the query, or send its values in parts.");
      case 415 ->
          early(
              415,
              "media-type",
              "The body is of a kind this address does not take.",
              "Send it as application/json.");
      case 417 ->
          early(
              417,
              "expectation",
              "What the Expect header wants is not done here.",
              "Leave the header out.");
      case 431 ->
          early(
              431,
              "headers-too-large",
              "The headers are larger than this server takes.",
              "Send fewer or shorter ones.");
      case 501 ->
          early(
              501,
              "not-implemented",
              "This server does not know such a request.",
              "Use the methods that /openapi.json names.");
      case 503 ->
          early(
              503,
              "stopping",
              "The server is being stopped or is just starting.",
              "Try again in a moment.");
      case 505 -> early(505, "http-version", "This server speaks HTTP/1.1.", "Send HTTP/1.1.");
      default ->
          status < 500
              ? early(
                  status,
                  "malformed-request",
                  "The request is not one that HTTP allows.",
                  "Check what sent it, and what stands between it and this server.")
              : early(
                  status,
                  "internal",
                  "The request could not be answered.",
                  "Try again; if it stays so, tell whoever runs the server when it happened.");
    };
  }

  private static ServerProblem early(int status, String code, String detail, String wayOut) {
    return new ServerProblem(
        status,
        code,
        status < 500 ? Blame.USER : Blame.SERVER,
        status < 500 ? "Request not understood" : "Not answered",
        detail,
        wayOut);
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

  /// @param why as the enforcement says it, with names but no values
  /// @param drifted somebody changed the database by hand
  public static ServerProblem notEnforced(String connection, String why, boolean drifted) {
    return new ServerProblem(
        409,
        drifted ? "enforcement-drift" : "enforcement-not-current",
        Blame.DATABASE,
        "Not enforced now",
        "No login for \"" + connection + "\": " + why,
        "An administrator runs `sluice enforce plan --connection "
            + connection
            + "`, reads it and applies it.");
  }

  public static ServerProblem notAChangeOfRows(String connection) {
    return new ServerProblem(
        409,
        "not-a-change-of-rows",
        Blame.DATABASE,
        "Not run here",
        "On \""
            + connection
            + "\" the server's logins can insert, update and delete rows and nothing else.",
        "Have the database's owner run it, then apply the enforcement again.");
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

  public static ServerProblem notErasable(String why) {
    return new ServerProblem(
        409,
        "not-erasable",
        Blame.POLICY,
        "Not erased",
        why,
        "Leave it out, or do first what is missing, and ask again.");
  }

  public static ServerProblem cannotListen(String host, int port) {
    return new ServerProblem(
        500,
        "cannot-listen",
        Blame.SERVER,
        "Cannot listen",
        "Nothing can listen on " + host + ":" + port + ".",
        "Set http.host to an address of this machine and http.port to a free port.");
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
