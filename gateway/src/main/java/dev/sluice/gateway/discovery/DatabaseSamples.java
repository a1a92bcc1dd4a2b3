package dev.sluice.gateway.discovery;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.discovery.ColumnSamples;
import dev.sluice.governance.discovery.Discovery;
import dev.sluice.governance.sql.CatalogPath;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads samples from a session that must be read-only: one short query a table for the columns
/// whose values can be judged, one more for a column in which that found next to nothing.
///
/// A table that cannot be read in time, or at all, has no samples and is told by [#notSampled].
/// Not safe for concurrent use.
public final class DatabaseSamples implements ColumnSamples {

  private static final int LONGEST_VALUE = 1000;
  private static final int ENOUGH = 20;
  private static final Set<String> NOT_JUDGED =
      Set.of(
          "bytea",
          "blob",
          "longblob",
          "mediumblob",
          "tinyblob",
          "binary",
          "varbinary",
          "bool",
          "boolean",
          "geometry",
          "geography",
          "tsvector",
          "interval");

  private final Connection session;
  private final Dialect dialect;
  private final CatalogSnapshot catalog;
  private final int secondsEach;
  private final long deadline;
  private final Map<ColumnRef, List<String>> samples = new HashMap<>();
  private final Set<TableRef> seen = new TreeSet<>();
  private final Set<TableRef> notSampled = new TreeSet<>();

  /// @param session read-only, used by nobody else meanwhile; stays open
  /// @param secondsEach longest a query may take
  /// @param all how long all of them may take together
  public DatabaseSamples(
      Connection session, Dialect dialect, CatalogSnapshot catalog, int secondsEach, Duration all) {
    this.session = session;
    this.dialect = dialect;
    this.catalog = catalog;
    this.secondsEach = secondsEach;
    this.deadline = System.nanoTime() + all.toNanos();
  }

  @Override
  public List<String> of(ColumnRef column) {
    if (seen.add(column.table())) {
      read(column.table());
    }
    return samples.getOrDefault(column, List.of());
  }

  /// Tables of which no value was seen although they may hold some.
  public Set<TableRef> notSampled() {
    return Set.copyOf(notSampled);
  }

  private void read(TableRef table) {
    Optional<Relation> relation = catalog.find(table);
    if (relation.isEmpty()) {
      return;
    }
    List<String> names =
        relation.get().columns().stream()
            .filter(DatabaseSamples::isJudged)
            .map(CatalogColumn::name)
            .toList();
    if (names.isEmpty()) {
      return;
    }
    if (System.nanoTime() - deadline > 0) {
      notSampled.add(table);
      return;
    }
    try {
      read(table, names, "");
      for (String name : names) {
        List<String> found = samples.getOrDefault(new ColumnRef(table, name), List.of());
        if (found.size() < ENOUGH && System.nanoTime() - deadline < 0) {
          samples.remove(new ColumnRef(table, name));
          read(table, List.of(name), " WHERE " + quoted(name) + " IS NOT NULL");
        }
      }
    } catch (SQLException e) {
      notSampled.add(table);
      rollBack();
    }
  }

  private static boolean isJudged(CatalogColumn column) {
    String type = column.type().toLowerCase(Locale.ROOT);
    return !type.startsWith("_")
        && !type.endsWith("]")
        && !NOT_JUDGED.contains(type.replaceAll("[^a-z].*", ""));
  }

  private void read(TableRef table, List<String> names, String condition) throws SQLException {
    List<String> quoted = names.stream().map(this::quoted).toList();
    String sql =
        "SELECT "
            + String.join(", ", quoted)
            + " FROM "
            + CatalogPath.of(table.schema(), dialect).stream()
                .map(part -> quoted(part) + ".")
                .collect(Collectors.joining())
            + quoted(table.name())
            + condition
            + " LIMIT "
            + Discovery.SAMPLES;
    try (Statement statement = session.createStatement()) {
      statement.setQueryTimeout(secondsEach);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          for (int column = 0; column < names.size(); column++) {
            String value = rows.getString(column + 1);
            if (value != null && !value.isBlank()) {
              samples
                  .computeIfAbsent(
                      new ColumnRef(table, names.get(column)), none -> new ArrayList<>())
                  .add(value.substring(0, Math.min(value.length(), LONGEST_VALUE)));
            }
          }
        }
      }
    }
  }

  /// A failed query ends PostgreSQL's transaction: the next one needs a new one.
  private void rollBack() {
    try {
      if (!session.getAutoCommit()) {
        session.rollback();
      }
    } catch (SQLException e) {
      // The next query fails and is told in its turn.
    }
  }

  private String quoted(String name) {
    String quote = dialect == Dialect.MARIADB || dialect == Dialect.MYSQL ? "`" : "\"";
    return quote + name.replace(quote, quote + quote) + quote;
  }
}
