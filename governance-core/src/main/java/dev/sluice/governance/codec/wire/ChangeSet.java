package dev.sluice.governance.codec.wire;

import java.util.List;

/// Changes that the policy allows and the server makes, where the login that is lent to people only
/// reads: all of them in one transaction of the server's, or none.
///
/// @param changes at least one and at most [#MOST], in order, all on one connection
public record ChangeSet(List<Change> changes) {

  /// Changes of one set.
  public static final int MOST = 1_000;

  public ChangeSet {
    changes = List.copyOf(changes);
  }

  /// @param intent as for every statement that is announced, without a lease: it runs under none
  /// @param expected rows it must affect, or nothing of the set stays; -1 for any number
  public record Change(StatementIntent intent, long expected) {}
}
