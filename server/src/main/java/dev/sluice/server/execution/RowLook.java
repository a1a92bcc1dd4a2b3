package dev.sluice.server.execution;

import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendRequest;
import dev.sluice.gateway.execution.BackendRequest.Mode;
import dev.sluice.gateway.execution.BackendResult;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.codec.wire.RowChanges;
import dev.sluice.governance.sql.ChangedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the rows of a change that is made and does not last yet. What was there before is what
/// another session still sees: the rows that the change touched are locked, so that session sees
/// exactly what the statement found. As many rows as were affected means: these rows.
final class RowLook {

  private static final Logger LOG = LoggerFactory.getLogger(RowLook.class);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /// Rows that a transaction wrote are found by reading the whole table.
  private static final long LARGE = 2_000_000;

  private static final int MOST_CHARACTERS = 1_000_000;

  private final Backend writing;
  private final Backend other;
  private final ChangedTable change;
  private final Relation table;
  private final SideEffects effects;
  private final RowQueries queries;

  RowLook(
      Backend writing,
      Backend other,
      ChangedTable change,
      Relation table,
      SideEffects effects,
      RowQueries queries) {
    this.writing = writing;
    this.other = other;
    this.change = change;
    this.table = table;
    this.effects = effects;
    this.queries = queries;
  }

  /// Never throws: what cannot be seen is said.
  KeptRows at(long affected) {
    try {
      return switch (change.kind()) {
        case UPDATE -> updated(affected);
        case DELETE -> deleted(affected);
        case INSERT -> inserted(affected);
        default -> KeptRows.none("Only changes of rows are kept.", effects.told());
      };
    } catch (BackendFailure failure) {
      LOG.info("Rows of a change could not be looked at: SQLSTATE {}", failure.sqlState());
      return KeptRows.none("The rows could not be read in time.", effects.told());
    } catch (IllegalArgumentException depends) {
      return KeptRows.none("The rows' keys cannot be named safely.", effects.told());
    }
  }

  private KeptRows updated(long affected) throws BackendFailure {
    if (table.primaryKey().isEmpty()) {
      return KeptRows.none(
          "The table has no primary key, so rows before and after cannot be told together.",
          effects.told());
    }
    if (affected == 0) {
      return kept(RowChanges.Kind.UPDATED, List.of(), List.of(), false);
    }
    List<List<@Nullable String>> before = read(other, queries.chosen(change));
    boolean more = before.size() > RowQueries.MOST;
    if (before.size() != affected && !(more && affected > RowQueries.MOST)) {
      return concurrent();
    }
    if (more) {
      before = before.subList(0, RowQueries.MOST);
    }
    Map<List<@Nullable String>, List<@Nullable String>> byKey = new LinkedHashMap<>();
    for (List<@Nullable String> row : safely(queries.byKey(before))) {
      byKey.put(key(row), row);
    }
    List<List<@Nullable String>> after = new ArrayList<>();
    for (List<@Nullable String> row : before) {
      List<@Nullable String> now = byKey.get(key(row));
      if (now == null) {
        return KeptRows.none(
            "It changes the primary key, so rows before and after cannot be told together.",
            effects.told());
      }
      after.add(now);
    }
    return kept(RowChanges.Kind.UPDATED, before, after, more);
  }

  private KeptRows deleted(long affected) throws BackendFailure {
    List<List<@Nullable String>> before =
        affected == 0 ? List.of() : read(other, queries.chosen(change));
    boolean more = before.size() > RowQueries.MOST;
    if (before.size() != affected && !(more && affected > RowQueries.MOST)) {
      return concurrent();
    }
    return kept(
        RowChanges.Kind.DELETED,
        more ? before.subList(0, RowQueries.MOST) : before,
        List.of(),
        more);
  }

  private KeptRows inserted(long affected) throws BackendFailure {
    if (!queries.postgresql()) {
      return KeptRows.none(
          "This database does not say which rows a statement inserted.", effects.told());
    }
    if (table.estimatedRows() > LARGE) {
      return KeptRows.none("The table is too large to look for new rows.", effects.told());
    }
    List<List<@Nullable String>> after = affected == 0 ? List.of() : safely(queries.written());
    boolean more = after.size() > RowQueries.MOST;
    if (after.size() != affected && !(more && affected > RowQueries.MOST)) {
      return KeptRows.none("More was written to the table than was inserted.", effects.told());
    }
    return kept(
        RowChanges.Kind.INSERTED,
        List.of(),
        more ? after.subList(0, RowQueries.MOST) : after,
        more);
  }

  private KeptRows concurrent() {
    return KeptRows.none(
        "Others changed rows of the table at the same moment, so it is not certain which rows these"
            + " are.",
        effects.told());
  }

  private KeptRows kept(
      RowChanges.Kind kind,
      List<List<@Nullable String>> before,
      List<List<@Nullable String>> after,
      boolean truncated) {
    long characters = characters(before) + characters(after);
    if (characters > MOST_CHARACTERS) {
      return KeptRows.none("The rows are too large to be kept.", effects.told());
    }
    List<Integer> assigned = new ArrayList<>();
    for (int ordinal = 0; ordinal < table.columns().size(); ordinal++) {
      String name = table.columns().get(ordinal).name();
      if (change.assigned().stream().anyMatch(written -> means(written, name))) {
        assigned.add(ordinal);
      }
    }
    return new KeptRows(
        Optional.of(kind),
        table.ref().schema(),
        table.ref().name(),
        table.primaryKey(),
        table.columns().stream().map(CatalogColumn::name).toList(),
        table.columns().stream().map(CatalogColumn::type).toList(),
        assigned,
        before,
        after,
        truncated,
        "",
        effects.told(),
        truncated ? "Not all rows were kept." : effects.noUndo());
  }

  private static boolean means(String written, String name) {
    String bare = written.replaceAll("^[\"`]|[\"`]$", "");
    return bare.equalsIgnoreCase(name);
  }

  private static long characters(List<List<@Nullable String>> rows) {
    return rows.stream()
        .flatMap(List::stream)
        .mapToLong(value -> value == null ? 0 : value.length())
        .sum();
  }

  private List<@Nullable String> key(List<@Nullable String> row) {
    List<@Nullable String> key = new ArrayList<>();
    for (String column : table.primaryKey()) {
      key.add(row.get(queries.ordinal(column)));
    }
    return key;
  }

  /// In the transaction of the change itself, which must outlive a query that fails.
  private List<List<@Nullable String>> safely(String text) throws BackendFailure {
    tell("SAVEPOINT sluice_rows");
    try {
      return read(writing, text);
    } catch (BackendFailure failure) {
      tell("ROLLBACK TO SAVEPOINT sluice_rows");
      throw failure;
    }
  }

  private void tell(String text) throws BackendFailure {
    writing.execute(new BackendRequest(text, Mode.TRANSACTION, Optional.empty(), 0, -1)).close();
  }

  static List<List<@Nullable String>> read(Backend session, String text) throws BackendFailure {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (BackendResult result =
        session.execute(
            new BackendRequest(text, Mode.READ, Optional.of(LONGEST), RowQueries.MOST + 1, -1))) {
      for (@Nullable Object @Nullable [] row = result.next(); row != null; row = result.next()) {
        List<@Nullable String> texts = new ArrayList<>();
        for (@Nullable Object value : row) {
          texts.add(value == null ? null : value.toString());
        }
        rows.add(texts);
      }
    }
    return rows;
  }
}
