package dev.sluice.governance.catalog;

import java.util.List;

/// A function of the database, or one that a policy vouches for.
///
/// @param schema schema it lives in, empty when not given
/// @param name function name
/// @param argumentTypes engine type names in order; empty list when not given
/// @param pure the policy vouches that its result depends on its arguments only and nothing changes
/// @param total it cannot raise an error or warning for any value
public record DeclaredFunction(
    String schema, String name, List<String> argumentTypes, boolean pure, boolean total) {
  public DeclaredFunction {
    argumentTypes = List.copyOf(argumentTypes);
  }
}
