package dev.sluice.governance.codec.wire;

import java.util.Set;
import java.util.TreeSet;

/// A local account as an administrator sees it.
///
/// @param kind `person` or `agent`
/// @param roles of the account itself, without those that groups bring
/// @param rolesByGroup what its groups bring
public record PersonInfo(
    String account,
    String kind,
    String displayName,
    String email,
    Set<String> groups,
    Set<String> roles,
    Set<String> rolesByGroup,
    boolean disabled) {
  public PersonInfo {
    groups = java.util.Collections.unmodifiableSet(new TreeSet<>(groups));
    roles = java.util.Collections.unmodifiableSet(new TreeSet<>(roles));
    rolesByGroup = java.util.Collections.unmodifiableSet(new TreeSet<>(rolesByGroup));
  }
}
