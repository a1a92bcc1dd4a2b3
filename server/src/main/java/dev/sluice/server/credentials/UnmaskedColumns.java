package dev.sluice.server.credentials;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.identity.Actor;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Which columns approved requests let somebody see as they are, now.
public interface UnmaskedColumns {

  /// Nobody was ever granted any.
  UnmaskedColumns NONE =
      new UnmaskedColumns() {
        @Override
        public Set<ColumnRef> of(Actor actor, String connection) {
          return Set.of();
        }

        @Override
        public Optional<Instant> until(Actor actor, String connection) {
          return Optional.empty();
        }
      };

  /// @return empty for almost everybody almost always
  Set<ColumnRef> of(Actor actor, String connection);

  /// When the first of them is masked again.
  ///
  /// @return empty when somebody sees nothing unmasked
  Optional<Instant> until(Actor actor, String connection);
}
