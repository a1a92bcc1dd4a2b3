package dev.sluice.server.directory;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.Set;
import java.util.TreeSet;

/// A local account to be there when the server starts; what it says replaces what was there.
///
/// @param account what the person types
/// @param displayName never empty
/// @param email may be empty
/// @param groups as policies write them
/// @param roles `analyst`, `auditor`, `policy-admin`, `server-admin`
/// @param password at least eight characters
/// @param agentOf account of the owner when this is an agent, empty for a person
public record AccountSeed(
    String account,
    String displayName,
    String email,
    Set<String> groups,
    Set<String> roles,
    @Sensitive String password,
    String agentOf) {
  public AccountSeed {
    groups = java.util.Collections.unmodifiableSet(new TreeSet<>(groups));
    roles = java.util.Collections.unmodifiableSet(new TreeSet<>(roles));
    if (account.isBlank() || displayName.isBlank() || password.length() < 8) {
      throw new IllegalArgumentException(
          "An account needs a name, a display name and a password of at least eight characters.");
    }
  }

  public static AccountSeed person(
      String account,
      String displayName,
      String email,
      Set<String> groups,
      Set<String> roles,
      String password) {
    return new AccountSeed(account, displayName, email, groups, roles, password, "");
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
