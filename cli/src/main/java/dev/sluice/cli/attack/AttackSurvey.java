package dev.sluice.cli.attack;

import dev.sluice.cli.check.BadInput;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.enforcement.EnforcementProblem;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// Every ring on every engine that can be started here, and each engine with no ring at all.
///
/// @param rows in the order they were tried
record AttackSurvey(List<Row> rows) {

  private static final List<Dialect> ENGINES =
      List.of(Dialect.POSTGRESQL, Dialect.MARIADB, Dialect.SQLITE, Dialect.DUCKDB);
  private static final List<Dialect> WITH_LOGINS = List.of(Dialect.POSTGRESQL, Dialect.MARIADB);

  AttackSurvey {
    rows = List.copyOf(rows);
  }

  /// @param ring `none`, `core` or `database`
  record Row(Dialect engine, String ring, AttackScore score) {

    boolean guarded() {
      return !ring.equals("none");
    }
  }

  /// @param groups of whoever attacks
  /// @param said takes what is tried next
  static AttackSurvey of(AttackSet set, Set<String> groups, Consumer<String> said)
      throws IOException, SQLException, BadInput, Ground.NotHere, EnforcementProblem {
    List<Row> rows = new ArrayList<>();
    for (Dialect engine : ENGINES) {
      said.accept(engine.id() + ", no ring");
      rows.add(
          new Row(
              engine,
              "none",
              new Attack(set, engine, true, groups)
                  .run((ground, policy, attacker, context) -> new NoRing(ground))));
      said.accept(engine.id() + ", ring core");
      rows.add(new Row(engine, "core", new Attack(set, engine, true, groups).run()));
      if (WITH_LOGINS.contains(engine)) {
        said.accept(engine.id() + ", ring database");
        rows.add(new Row(engine, "database", new Attack(set, engine, false, groups).run()));
      }
    }
    return new AttackSurvey(rows);
  }

  /// Whether something came through a ring.
  boolean failed() {
    return rows.stream().anyMatch(row -> row.guarded() && row.score().failed());
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-12s %-9s %6s %6s %8s %7s %13s%n",
            "engine",
            "ring",
            "cases",
            "leaks",
            "changed",
            "benign",
            "benign wrong"));
    for (Row row : rows) {
      AttackScore score = row.score();
      text.append(
          String.format(
              Locale.ROOT,
              "%-12s %-9s %6d %6d %8d %7d %13s%n",
              row.engine().id(),
              row.ring(),
              score.tried().size(),
              score.leaks(),
              score.changed(),
              score.benign(),
              row.guarded() ? Long.toString(score.benignWrong()) : "-"));
    }
    return text.toString();
  }

  /// @param command that made it
  /// @param source of the cases
  /// @param plot file name of the picture beside it
  String markdown(String command, String source, String plot) {
    StringBuilder text =
        new StringBuilder(
            "# Attacks, tried on every ring\n\nMade by `"
                + command
                + "`, with "
                + source
                + ". Each row starts a database, plants values in it and tries every case on one"
                + " ring alone: `core` is the guard in the process on a login that may do"
                + " everything; `database` is nothing but a leased login, with no guard; `none` is"
                + " the same login with neither, to show that the cases bite.\n\n"
                + "A leak is a planted value in a cell, a label, an error or a warning. A change is"
                + " anything different in the database afterwards. SQLite and DuckDB have no"
                + " logins, so they have no ring of their own. MySQL and SQL Server are not proven"
                + " live: no server of theirs can be started by the build.\n\n"
                + "![What came through, by engine and ring]("
                + plot
                + ")\n\n| engine | ring | cases | leaks | changed | benign | benign answered"
                + " wrongly |\n|---|---|---:|---:|---:|---:|---:|\n");
    for (Row row : rows) {
      AttackScore score = row.score();
      text.append(
          "| %s | %s | %d | %d | %d | %d | %s |\n"
              .formatted(
                  row.engine().id(),
                  row.ring(),
                  score.tried().size(),
                  score.leaks(),
                  score.changed(),
                  score.benign(),
                  row.guarded() ? score.benignWrong() : "-"));
    }
    text.append(
        "\n## By category\n\nWhat came through of what was tried, all engines together.\n\n");
    text.append("| category | no ring | core | database |\n|---|---:|---:|---:|\n");
    for (String category : categories()) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  category,
                  came(category, "none"),
                  came(category, "core"),
                  came(category, "database")));
    }
    return text.toString();
  }

  private List<String> categories() {
    return rows.stream()
        .flatMap(row -> row.score().tried().stream())
        .map(tried -> tried.attack().category())
        .distinct()
        .sorted()
        .toList();
  }

  private String came(String category, String ring) {
    List<Tried> tried =
        rows.stream()
            .filter(row -> row.ring().equals(ring))
            .flatMap(row -> row.score().tried().stream())
            .filter(one -> one.attack().category().equals(category))
            .toList();
    long through = tried.stream().filter(one -> one.leaked() || one.hasChanged()).count();
    return through + " of " + tried.size();
  }
}
