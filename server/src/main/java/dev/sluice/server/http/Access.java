package dev.sluice.server.http;

import dev.sluice.governance.identity.Actor;
import java.util.Set;

/// Who may call a route. What of the answer is theirs to see is decided behind it.
public enum Access {
  /// No session needed.
  ANYBODY,
  /// A live session with a proof by its device.
  SIGNED_IN,
  /// As SIGNED_IN, and a person: no agent, no pipeline.
  PERSON,
  /// An agent: no person, no pipeline.
  AGENT,
  /// A person with the role `policy-admin`.
  POLICY_ADMIN,
  /// A person with the role `auditor`.
  AUDITOR,
  /// A person with the role `server-admin`.
  SERVER_ADMIN,
  /// A person with the role `auditor` or `server-admin`.
  OVERSEER;

  /// The roles of which a person needs one; empty when none is needed.
  public Set<String> roles() {
    return switch (this) {
      case POLICY_ADMIN -> Set.of("policy-admin");
      case AUDITOR -> Set.of("auditor");
      case SERVER_ADMIN -> Set.of("server-admin");
      case OVERSEER -> Set.of("auditor", "server-admin");
      case ANYBODY, SIGNED_IN, PERSON, AGENT -> Set.of();
    };
  }

  boolean admits(Actor actor) {
    Set<String> roles = actor.principal().roles();
    return switch (this) {
      case ANYBODY, SIGNED_IN -> true;
      case PERSON -> actor instanceof Actor.Person;
      case AGENT -> actor instanceof Actor.Agent;
      case POLICY_ADMIN, AUDITOR, SERVER_ADMIN, OVERSEER ->
          actor instanceof Actor.Person && roles().stream().anyMatch(roles::contains);
    };
  }
}
