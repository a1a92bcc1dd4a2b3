package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Span;
import java.util.Optional;
import java.util.Set;

/// Why well-known statements are refused although they change nothing: what they show may hold
/// values of rows.
final class NotShown {
  private static final Set<String> OTHERS_STATEMENTS =
      Set.of("PROCESSLIST", "ENGINE", "EXPLAIN", "PROFILE", "PROFILES", "BINLOG", "RELAYLOG");
  private static final Set<String> MESSAGES =
      Set.of("WARNINGS", "ERRORS", "REPLICA", "SLAVE", "ALL", "COUNT");

  private NotShown() {}

  static Optional<GateResult> why(StatementCursor cursor) {
    if (!cursor.wordAt(0).equals("SHOW")) {
      return Optional.empty();
    }
    int at = 1;
    while (Set.of("FULL", "EXTENDED", "GLOBAL", "SESSION").contains(cursor.wordAt(at))) {
      at++;
    }
    String what = cursor.wordAt(at);
    if (cursor.is(Dialect.MYSQL, Dialect.MARIADB)) {
      return mysql(cursor, what, at);
    }
    boolean postgresql = cursor.is(Dialect.POSTGRESQL);
    if (postgresql && what.equals("ALL")) {
      return refused(
          cursor,
          at,
          "SHOW ALL also shows settings that applications make up, and those may hold values.",
          "Show one setting by its name, for example SHOW timezone.");
    }
    if (postgresql && holdsASecret(what)) {
      return refused(
          cursor,
          at,
          "This setting is a command or an address, and passwords stand in such.",
          "Ask a database administrator.");
    }
    return postgresql && cursor.markAt(at + 1, ".")
        ? refused(
            cursor,
            at,
            "A setting with a dot in its name belongs to an application and may hold values.",
            "Only the server's own settings can be shown.")
        : Optional.empty();
  }

  /// Whether a setting of PostgreSQL is a command or an address, in which a password may stand.
  static boolean holdsASecret(String setting) {
    String name = AsciiCase.upper(setting);
    return name.equals("PRIMARY_CONNINFO") || name.endsWith("_COMMAND");
  }

  private static Optional<GateResult> mysql(StatementCursor cursor, String what, int at) {
    if (OTHERS_STATEMENTS.contains(what)) {
      return refused(
          cursor,
          at,
          "SHOW " + what + " shows the text of statements, with the values that stand in them.",
          "Ask a database administrator.");
    }
    if (MESSAGES.contains(what)) {
      return refused(
          cursor,
          at,
          "SHOW " + what + " repeats messages of the server, which may hold values of rows.",
          "Warnings are shown with the result of the statement that caused them.");
    }
    return what.equals("CREATE") && cursor.wordAt(at + 1).equals("USER")
        ? refused(
            cursor,
            at,
            "SHOW CREATE USER shows how the account proves who it is.",
            "Use SHOW GRANTS to see what the account may do.")
        : Optional.empty();
  }

  private static Optional<GateResult> refused(
      StatementCursor cursor, int at, String message, String wayOut) {
    Span span =
        new Span(
            cursor.tokens().getFirst().start(),
            cursor.tokens().get(Math.min(at, cursor.tokens().size() - 1)).end());
    return Optional.of(Gate.refused("values-in-answer", message, span, wayOut));
  }
}
