package dev.sluice.server.policies;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.policy.EqualityBudget;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a bundle's text into something that decides.
public interface PolicyLoader {

  /// Reads a bundle.
  ///
  /// @param budget for uses by equality
  /// @throws Unreadable when it is not a valid bundle
  Loaded load(String yaml, EqualityBudget budget) throws Unreadable;

  /// @param version as the text says
  /// @param expires after this instant nothing runs on production
  /// @param engine decides by it
  /// @param functions of the databases that the bundle vouches for
  /// @param classified tells whether a column of a connection carries a tag
  /// @param bundle the whole policy as data
  /// @param environments environment by connection, as the bundle says
  record Loaded(
      long version,
      Optional<Instant> expires,
      PolicyEngine engine,
      List<DeclaredFunction> functions,
      Classified classified,
      Map<String, String> environments,
      PolicyBundle bundle) {
    public Loaded {
      functions = List.copyOf(functions);
      environments = Map.copyOf(environments);
    }
  }

  /// Whether a base column carries any classification on a connection.
  interface Classified {
    boolean test(String connection, ColumnRef column);
  }

  /// The text is not a bundle. The message names line, column and what was expected.
  final class Unreadable extends Exception {
    public Unreadable(String message) {
      super(message);
    }
  }
}
