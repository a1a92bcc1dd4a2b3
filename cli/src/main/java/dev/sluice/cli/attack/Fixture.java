package dev.sluice.cli.attack;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Statements that make the tables of one engine.
///
/// A line `-- NAME only` begins the part of one engine; `-- NAME only: STATEMENTS` is one. There,
/// lines may stay commented out, so that the whole file runs on another engine as it is.
final class Fixture {

  private static final Pattern PART =
      Pattern.compile("--\\s*(PostgreSQL|MySQL|MariaDB|SQLite|DuckDB) only\\b:?(.*)");
  private static final Pattern STATEMENT =
      Pattern.compile("(?is)(CREATE|INSERT|ALTER|ANALYZE|GRANT|UPDATE|SET|DROP)\\b.*");

  private Fixture() {}

  static List<String> statements(String text, Dialect engine) {
    StringBuilder own = new StringBuilder();
    boolean taken = true;
    boolean part = false;
    for (String line : text.lines().toList()) {
      Matcher matcher = PART.matcher(line.strip());
      String rest = line;
      if (matcher.matches()) {
        part = true;
        taken = engine.id().equals(id(matcher.group(1)));
        rest = "-- " + matcher.group(2).strip();
      }
      if (taken) {
        own.append(part ? uncommented(rest) : rest).append('\n');
      }
    }
    List<String> statements = new ArrayList<>();
    for (StatementText statement : SqlScript.cut(own.toString(), engine).statements()) {
      statements.add(statement.text());
    }
    return List.copyOf(statements);
  }

  private static String id(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    return word.equals("mysql") ? Dialect.MARIADB.id() : word;
  }

  /// Words that are no statement stay a comment.
  private static String uncommented(String line) {
    String inside = line.strip().replaceFirst("^--\\s*", "");
    return line.strip().startsWith("--") && STATEMENT.matcher(inside).matches() ? inside : line;
  }
}
