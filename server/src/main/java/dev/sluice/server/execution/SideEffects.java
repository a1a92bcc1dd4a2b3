package dev.sluice.server.execution;

import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.ChangedTable;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a change does besides changing its rows, as far as the database's catalog tells.
///
/// @param told what happens besides, for people
/// @param noDryRun what a rollback may not take back; empty when it takes back everything
/// @param noUndo why putting the rows back would not be all; empty when it would
record SideEffects(List<String> told, String noDryRun, String noUndo) {

  /// Functions of MariaDB that do more than compute.
  private static final Set<String> MARIADB_DOES_MORE =
      Set.of(
          "get_lock",
          "release_lock",
          "release_all_locks",
          "sleep",
          "benchmark",
          "load_file",
          "nextval",
          "setval",
          "lastval",
          "last_insert_id",
          "master_pos_wait",
          "master_gtid_wait");

  SideEffects {
    told = List.copyOf(told);
  }

  static SideEffects unknown(String why) {
    return new SideEffects(List.of(), why, why);
  }

  /// Asks a session of the login that is to run the change.
  ///
  /// @param functions names that the statement calls, folded
  static SideEffects of(
      Backend session, Dialect dialect, ChangedTable change, TableRef table, List<String> functions)
      throws BackendFailure {
    return dialect == Dialect.POSTGRESQL
        ? postgresql(RowLook.read(session, catalogQuery(change, table, functions)), change)
        : mariadb(session, table, functions);
  }

  private static SideEffects postgresql(List<List<@Nullable String>> found, ChangedTable change) {
    List<String> told = new ArrayList<>();
    String noDryRun = "";
    String noUndo = "";
    for (List<@Nullable String> row : found) {
      String what = String.valueOf(row.get(0));
      String name = String.valueOf(row.get(1));
      switch (what) {
        case "trigger" -> {
          told.add("Trigger " + name + " runs.");
          noDryRun = "Trigger " + name + " runs, and what it does may outlast a rollback.";
          noUndo = "Trigger " + name + " ran and may have changed more.";
        }
        case "rule" -> {
          told.add("Rule " + name + " does something else as well or instead.");
          noDryRun = "Rule " + name + " does something else as well or instead.";
          noUndo = noDryRun;
        }
        case "cascade" -> {
          told.add("Rows of " + name + " that refer to these change or go with them.");
          noUndo = "Rows of " + name + " that referred to these changed or went with them.";
        }
        case "child" -> noUndo = "Other tables inherit from this one.";
        case "sequence" ->
            told.add("The sequence " + name + " moves on, and a rollback does not set it back.");
        case "default" -> {
          told.add("The function " + name + " makes a default value.");
          noDryRun = "The function " + name + " makes a default value, and may do more.";
        }
        case "function" -> {
          told.add("It calls " + name + ".");
          noDryRun = "It calls " + name + ", and what that does may outlast a rollback.";
          noUndo = "It called " + name + ", which may have done more.";
        }
        case "generated" ->
            noUndo =
                change.kind() == EffectKind.DELETE
                    ? "The database alone gives values of the column " + name + "."
                    : noUndo;
        default -> throw new IllegalStateException("An answer that was not asked for: " + what);
      }
    }
    return new SideEffects(told, noDryRun, noUndo);
  }

  private static SideEffects mariadb(Backend session, TableRef table, List<String> functions)
      throws BackendFailure {
    for (String function : functions) {
      if (MARIADB_DOES_MORE.contains(function.toLowerCase(Locale.ROOT))) {
        return unknown("It calls " + function + ", and what that does may outlast a rollback.");
      }
    }
    String of =
        " WHERE TABLE_SCHEMA = "
            + RowQueries.literal(table.schema())
            + " AND TABLE_NAME = "
            + RowQueries.literal(table.name());
    List<List<@Nullable String>> engine =
        RowLook.read(session, "SELECT ENGINE FROM information_schema.TABLES" + of);
    if (engine.size() != 1 || !"InnoDB".equals(engine.getFirst().getFirst())) {
      return unknown("Its storage engine does not take changes back.");
    }
    List<List<@Nullable String>> sees =
        RowLook.read(
            session,
            "SELECT 1 FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'TRIGGER'"
                + " UNION ALL SELECT 1 FROM information_schema.SCHEMA_PRIVILEGES"
                + " WHERE PRIVILEGE_TYPE = 'TRIGGER' AND TABLE_SCHEMA = "
                + RowQueries.literal(table.schema()));
    if (sees.isEmpty()) {
      return unknown(
          "The login for approved changes does not see whether triggers run on this table.");
    }
    List<List<@Nullable String>> triggers =
        RowLook.read(
            session,
            "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = "
                + RowQueries.literal(table.schema())
                + " AND EVENT_OBJECT_TABLE = "
                + RowQueries.literal(table.name()));
    if (!triggers.isEmpty()) {
      return unknown("Trigger " + triggers.getFirst().getFirst() + " runs and may do more.");
    }
    List<List<@Nullable String>> cascades =
        RowLook.read(
            session,
            "SELECT TABLE_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS"
                + " WHERE UNIQUE_CONSTRAINT_SCHEMA = "
                + RowQueries.literal(table.schema())
                + " AND REFERENCED_TABLE_NAME = "
                + RowQueries.literal(table.name())
                + " AND (DELETE_RULE NOT IN ('RESTRICT', 'NO ACTION')"
                + " OR UPDATE_RULE NOT IN ('RESTRICT', 'NO ACTION'))");
    if (!cascades.isEmpty()) {
      String other = String.valueOf(cascades.getFirst().getFirst());
      return new SideEffects(
          List.of("Rows of " + other + " that refer to these change or go with them."),
          "",
          "Rows of " + other + " that referred to these may have changed or gone with them.");
    }
    return new SideEffects(List.of(), "", "");
  }

  /// Triggers, rules, cascades, children, sequences, defaults and functions, as far as partitions
  /// and cascades carry a change of the table.
  private static String catalogQuery(ChangedTable change, TableRef table, List<String> functions) {
    boolean delete = change.kind() == EffectKind.DELETE;
    boolean update = change.kind() == EffectKind.UPDATE;
    int bit = delete ? 8 : update ? 16 : 4;
    return "WITH RECURSIVE t(oid, how) AS (SELECT c.oid, 'self' FROM pg_catalog.pg_class c"
        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = "
        + RowQueries.literal(table.schema())
        + " AND c.relname = "
        + RowQueries.literal(table.name())
        + " UNION SELECT x.oid, x.how FROM t CROSS JOIN LATERAL ("
        + "SELECT i.inhrelid AS oid, CASE c.relkind WHEN 'p' THEN 'part' ELSE 'child' END AS how"
        + " FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhparent"
        + " WHERE i.inhparent = t.oid AND c.relkind IN ('r', 'p')"
        + " UNION ALL SELECT f.conrelid, 'cascade' FROM pg_catalog.pg_constraint f"
        + " WHERE f.contype = 'f' AND f.confrelid = t.oid AND ("
        + (delete ? "f.confdeltype IN ('c', 'n', 'd')" : "false")
        + " OR "
        + (update
            ? "f.confupdtype IN ('c', 'n', 'd') AND EXISTS (SELECT FROM pg_catalog.pg_attribute a"
                + " WHERE a.attrelid = f.confrelid AND a.attnum = ANY (f.confkey)"
                + " AND pg_catalog.lower(a.attname) IN ("
                + texts(change.assigned())
                + "))"
            : "false")
        + ")) x)"
        + " SELECT 'trigger', g.tgname::text FROM t JOIN pg_catalog.pg_trigger g"
        + " ON g.tgrelid = t.oid WHERE NOT g.tgisinternal AND g.tgenabled <> 'D'"
        + " AND (t.how = 'cascade' OR (g.tgtype::int & "
        + bit
        + ") <> 0)"
        + " UNION ALL SELECT 'rule', r.rulename::text FROM t JOIN pg_catalog.pg_rewrite r"
        + " ON r.ev_class = t.oid WHERE r.rulename <> '_RETURN'"
        + " UNION ALL SELECT t.how, c.relname::text FROM t JOIN pg_catalog.pg_class c"
        + " ON c.oid = t.oid WHERE t.how IN ('cascade', 'child')"
        + (delete
            ? " UNION ALL SELECT 'generated', a.attname::text FROM t JOIN pg_catalog.pg_attribute a"
                + " ON a.attrelid = t.oid WHERE a.attnum > 0 AND NOT a.attisdropped"
                + " AND (a.attgenerated <> '' OR a.attidentity = 'a')"
            : "")
        + (delete ? "" : defaults())
        + (functions.isEmpty()
            ? ""
            : " UNION ALL SELECT DISTINCT 'function', p.proname::text FROM pg_catalog.pg_proc p"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
                + " WHERE pg_catalog.lower(p.proname) IN ("
                + texts(functions.stream().map(SideEffects::lastPart).toList())
                + ") AND (n.nspname <> 'pg_catalog' OR p.provolatile = 'v' AND p.proname NOT IN"
                + " ('random', 'clock_timestamp', 'timeofday', 'gen_random_uuid'))");
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String defaults() {
    return " UNION ALL SELECT DISTINCT 'sequence', s.relname::text FROM t JOIN pg_catalog.pg_depend"
        + " d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = t.oid AND"
        + " d.deptype IN ('a', 'i') JOIN pg_catalog.pg_class s ON s.oid = d.objid AND"
        + " s.relkind = 'S' WHERE d.classid = 'pg_catalog.pg_class'::regclass UNION ALL"
        + " SELECT DISTINCT 'default', p.proname::text FROM t JOIN pg_catalog.pg_attrdef f"
        + " ON f.adrelid = t.oid JOIN pg_catalog.pg_depend d ON d.classid ="
        + " 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid ="
        + " 'pg_catalog.pg_proc'::regclass JOIN pg_catalog.pg_proc p ON p.oid = d.refobjid";
  }

  private static String texts(Collection<String> names) {
    return names.isEmpty()
        ? "NULL"
        : names.stream()
            .map(name -> name.replaceAll("^\"|\"$", "").toLowerCase(Locale.ROOT))
            .map(RowQueries::literal)
            .collect(Collectors.joining(", "));
  }
}
