package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.Set;
import java.util.TreeSet;

/// A local account to make.
///
/// @param account what the person types
/// @param displayName never empty
/// @param email may be empty
/// @param groups as policies write them
/// @param roles `analyst`, `auditor`, `policy-admin`, `server-admin`
/// @param password at least twelve characters; the person should change it
public record NewPerson(
    String account,
    String displayName,
    String email,
    Set<String> groups,
    Set<String> roles,
    @Sensitive String password) {
  public NewPerson {
    groups = java.util.Collections.unmodifiableSet(new TreeSet<>(groups));
    roles = java.util.Collections.unmodifiableSet(new TreeSet<>(roles));
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
