package dev.sluice.server.credentials;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.identity.Actor;
import java.util.Set;

/// Which columns approved requests let somebody see as they are, now.
@FunctionalInterface
public interface UnmaskedColumns {

  /// Nobody was ever granted any.
  UnmaskedColumns NONE = (actor, connection) -> Set.of();

  /// @return empty for almost everybody almost always
  Set<ColumnRef> of(Actor actor, String connection);
}
