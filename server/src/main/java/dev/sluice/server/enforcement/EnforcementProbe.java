package dev.sluice.server.enforcement;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.DatabaseFacts;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Checks an applied plan from the outside: what a leased login can and cannot do.
///
/// Raw values are sampled as the administrator to compare with, stay in this process and are in no
/// finding.
final class EnforcementProbe {

  private static final int SAMPLE = 200;
  private static final Set<String> NEVER_THE_VALUE =
      Set.of(
          "redact",
          "nullify",
          "hash",
          "token",
          "fake",
          "keep-first",
          "keep-last",
          "keep-both",
          "card",
          "iban",
          "phone",
          "email");

  private final DatabaseFacts facts;
  private final AccessProfile profile;
  private final EnforcementNames names;

  EnforcementProbe(DatabaseFacts facts, AccessProfile profile) {
    this.facts = facts;
    this.profile = profile;
    this.names = new EnforcementNames(facts.database());
  }

  /// @param lease a connection as a leased login
  /// @param administrator to sample raw values
  /// @return what is wrong, one sentence each; empty when all is as it should be
  List<String> findings(Connection lease, Connection administrator) throws SQLException {
    List<String> findings = new ArrayList<>();
    for (ColumnRef column : new TreeSet<>(profile.masks().keySet())) {
      String base = quoted(column.table());
      if (runs(lease, "SELECT " + quoted(column.column()) + " FROM " + base + " LIMIT 1")) {
        findings.add("A lease reads " + column.dotted() + " in the base table.");
      }
      TableRef view =
          new TableRef(names.viewSchema(profile, column.table().schema()), column.table().name());
      MaskSpec mask = profile.masks().get(column);
      Set<String> shown = values(lease, quoted(column.column()), quoted(view));
      if (mask != null && NEVER_THE_VALUE.contains(mask.algorithm())) {
        Set<String> raw = values(administrator, quoted(column.column()), base);
        raw.retainAll(shown);
        if (!raw.isEmpty()) {
          findings.add("A lease sees " + raw.size() + " raw values of " + column.dotted() + ".");
        }
      }
    }
    for (RelationFact relation : facts.relations()) {
      boolean ours = EnforcementNames.ours(relation.ref().schema());
      if (!ours && relation.kind().holdsRows()) {
        String delete = "DELETE FROM " + quoted(relation.ref()) + " WHERE 1 = 0";
        if (runs(lease, delete)) {
          findings.add("A lease may delete from " + relation.ref().dotted() + ".");
        }
      }
    }
    for (String attempt : attempts()) {
      if (runs(lease, attempt)) {
        findings.add("A lease may run: " + attempt);
      }
    }
    return findings;
  }

  private List<String> attempts() {
    List<String> attempts =
        new ArrayList<>(
            List.of(
                "CREATE TEMPORARY TABLE sluice_probe (a INT)",
                "CREATE TABLE sluice_probe (a INT)",
                "CREATE ROLE sluice_probe"));
    if (facts.dialect() == Dialect.POSTGRESQL) {
      attempts.add("SELECT lo_create(0)");
      attempts.add("SELECT 1 FROM pg_stats LIMIT 1");
      attempts.add("DO 'BEGIN END'");
      attempts.add("SET ROLE " + quoted(names.viewOwner()));
      attempts.add("SELECT pg_read_file('PG_VERSION')");
    } else {
      attempts.add("SELECT 1 INTO OUTFILE 'sluice_probe'");
      attempts.add("SELECT user FROM mysql.user");
    }
    return attempts;
  }

  /// Tries a statement and takes it back.
  private boolean runs(Connection connection, String sql) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (facts.dialect() == Dialect.POSTGRESQL) {
        statement.execute("SET TRANSACTION READ WRITE");
      }
      statement.execute(sql);
      return true;
    } catch (SQLException refused) {
      if (String.valueOf(refused.getSQLState()).startsWith("08")) {
        throw refused;
      }
      return false;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static Set<String> values(Connection connection, String column, String table)
      throws SQLException {
    Set<String> values = new HashSet<>();
    String sql =
        "SELECT " + column + " FROM " + table + " WHERE " + column + " IS NOT NULL LIMIT " + SAMPLE;
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        values.add(result.getString(1));
      }
    }
    return values;
  }

  private String quoted(TableRef table) {
    return quoted(table.schema()) + "." + quoted(table.name());
  }

  private String quoted(String name) {
    return facts.dialect() == Dialect.POSTGRESQL
        ? "\"" + name.replace("\"", "\"\"") + "\""
        : "`" + name.replace("`", "``") + "`";
  }
}
