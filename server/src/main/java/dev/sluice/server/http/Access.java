package dev.sluice.server.http;

import dev.sluice.governance.identity.Actor;
import java.util.Optional;
import java.util.Set;

/// Who may call a route. What of the answer is theirs to see is decided behind it.
public enum Access {
  /// No session needed.
  ANYBODY,
  /// A live session with a proof by its device.
  SIGNED_IN,
  /// As SIGNED_IN, and a person: no agent, no pipeline.
  PERSON,
  /// A person with the role `policy-admin`.
  POLICY_ADMIN,
  /// A person with the role `auditor`.
  AUDITOR,
  /// A person with the role `server-admin`.
  SERVER_ADMIN;

  /// The role a person needs, if any.
  public Optional<String> role() {
    return switch (this) {
      case POLICY_ADMIN -> Optional.of("policy-admin");
      case AUDITOR -> Optional.of("auditor");
      case SERVER_ADMIN -> Optional.of("server-admin");
      case ANYBODY, SIGNED_IN, PERSON -> Optional.empty();
    };
  }

  boolean admits(Actor actor) {
    Set<String> roles = actor.principal().roles();
    return switch (this) {
      case ANYBODY, SIGNED_IN -> true;
      case PERSON -> actor instanceof Actor.Person;
      case POLICY_ADMIN, AUDITOR, SERVER_ADMIN ->
          actor instanceof Actor.Person && role().filter(roles::contains).isPresent();
    };
  }
}
