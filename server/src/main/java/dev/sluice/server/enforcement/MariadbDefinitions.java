package dev.sluice.server.enforcement;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.EnforcementNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The texts of views, which MariaDB tells only who may read their rows, and the server's own login
/// may not.
final class MariadbDefinitions {

  private MariadbDefinitions() {}

  static CatalogSnapshot added(
      CatalogSnapshot catalog, Connection connection, EnforcementNames names) throws SQLException {
    Map<TableRef, String> texts = new HashMap<>();
    String database = names.brokerSchema() + "_" + names.database();
    try (PreparedStatement statement =
            connection.prepareStatement("CALL `" + database + "`.definitions()");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        texts.put(new TableRef(row.getString(1), row.getString(2)), row.getString(3));
      }
    }
    List<Relation> relations =
        catalog.relations().stream()
            .map(
                relation ->
                    texts.containsKey(relation.ref())
                        ? new Relation(
                            relation.ref(),
                            relation.kind(),
                            relation.columns(),
                            Optional.ofNullable(texts.get(relation.ref())),
                            relation.primaryKey(),
                            relation.foreignKeys(),
                            relation.comment(),
                            relation.estimatedRows())
                        : relation)
            .toList();
    return CatalogSnapshot.of(catalog.searchPath(), relations, catalog.functions());
  }
}
