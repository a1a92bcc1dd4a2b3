package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import java.util.Optional;
import java.util.Set;

/// PRAGMA. Only the listed ones without a value, and those that list names, are harmless.
final class Pragmas {
  private static final Set<String> SQLITE_NAMES =
      Recogniser.words(
          """
          table_info table_xinfo table_list index_list index_info index_xinfo foreign_key_list
          database_list collation_list function_list module_list pragma_list compile_options
          """);

  private static final Set<String> SQLITE_SETTINGS =
      Recogniser.words(
          """
          analysis_limit application_id auto_vacuum automatic_index busy_timeout cache_size
          cache_spill cell_size_check checkpoint_fullfsync data_version defer_foreign_keys encoding
          foreign_keys freelist_count fullfsync hard_heap_limit ignore_check_constraints
          journal_mode journal_size_limit legacy_alter_table locking_mode max_page_count mmap_size
          page_count page_size query_only read_uncommitted recursive_triggers
          reverse_unordered_selects schema_version secure_delete soft_heap_limit synchronous
          temp_store threads trusted_schema user_version wal_autocheckpoint
          """);

  private static final Set<String> SQLITE_MAINTENANCE =
      Recogniser.words(
          """
          wal_checkpoint optimize incremental_vacuum shrink_memory integrity_check quick_check
          foreign_key_check
          """);

  private static final Set<String> DUCKDB_NAMES =
      Recogniser.words(
          "table_info show_tables show_tables_expanded show_databases show database_list"
              + " database_size version functions collations platform");

  private Pragmas() {}

  static Optional<Naming> name(StatementCursor cursor) {
    if (!cursor.is(Dialect.SQLITE, Dialect.DUCKDB)) {
      return Optional.empty();
    }
    cursor.position(1);
    Optional<String> dotted = cursor.name();
    if (dotted.isEmpty()) {
      return Optional.empty();
    }
    String pragma = AsciiCase.lower(dotted.get().substring(dotted.get().lastIndexOf('.') + 1));
    if (cursor.atEnd()) {
      return withoutValue(cursor, pragma);
    }
    boolean brackets = cursor.markAt(cursor.position(), "(");
    boolean names =
        brackets && (cursor.is(Dialect.SQLITE) ? SQLITE_NAMES : DUCKDB_NAMES).contains(pragma);
    if (names) {
      return oneArgument(cursor)
          ? Optional.of(Naming.of("PRAGMA", EffectKind.SHOW))
          : Optional.empty();
    }
    if (cursor.is(Dialect.SQLITE) && SQLITE_MAINTENANCE.contains(pragma)) {
      return Optional.of(Naming.of("PRAGMA", EffectKind.MAINTENANCE));
    }
    if (brackets && cursor.is(Dialect.DUCKDB)) {
      return Optional.of(Naming.of("PRAGMA", EffectKind.CALL));
    }
    return brackets || cursor.markAt(cursor.position(), "=")
        ? Optional.of(Naming.of("PRAGMA", EffectKind.SESSION))
        : Optional.empty();
  }

  private static Optional<Naming> withoutValue(StatementCursor cursor, String pragma) {
    if (cursor.is(Dialect.SQLITE)) {
      if (SQLITE_SETTINGS.contains(pragma) || SQLITE_NAMES.contains(pragma)) {
        return Optional.of(Naming.of("PRAGMA", EffectKind.SHOW));
      }
      return SQLITE_MAINTENANCE.contains(pragma)
          ? Optional.of(Naming.of("PRAGMA", EffectKind.MAINTENANCE))
          : Optional.empty();
    }
    return Optional.of(
        DUCKDB_NAMES.contains(pragma)
            ? Naming.of("PRAGMA", EffectKind.SHOW)
            : Naming.of("PRAGMA", EffectKind.CALL));
  }

  /// One name or literal in brackets and nothing after.
  private static boolean oneArgument(StatementCursor cursor) {
    int from = cursor.position();
    int close = cursor.tokens().size() - 1;
    boolean shortArgument = close - from <= 4 && cursor.markAt(close, ")");
    for (int i = from + 1; i < close && shortArgument; i++) {
      shortArgument = !cursor.markAt(i, "(") && !cursor.markAt(i, ")");
    }
    return shortArgument;
  }
}
