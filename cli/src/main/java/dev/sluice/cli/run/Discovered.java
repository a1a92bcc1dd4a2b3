package dev.sluice.cli.run;

import dev.sluice.cli.check.BadInput;
import dev.sluice.gateway.discovery.DatabaseSamples;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.discovery.Discovery;
import dev.sluice.governance.discovery.Proposal;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// What discovery proposes for a database.
///
/// @param notSampled tables of which only the names were judged
public record Discovered(List<Proposal> proposals, Collection<TableRef> notSampled) {

  private static final int SECONDS_EACH = 5;

  /// Looks at names, types, comments and a few values, in a session that can only read.
  public static Discovered in(Database database, Duration all) throws BadInput {
    CatalogSnapshot catalog = database.catalog();
    Connection session = database.borrow();
    try {
      DatabaseSamples samples =
          new DatabaseSamples(session, database.definition().engine(), catalog, SECONDS_EACH, all);
      return new Discovered(Discovery.propose(catalog, samples), samples.notSampled());
    } finally {
      database.giveBack(session);
    }
  }
}
