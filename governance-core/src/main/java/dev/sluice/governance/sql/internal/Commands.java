package dev.sluice.governance.sql.internal;

import static dev.sluice.governance.sql.EffectKind.*;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.TokenKind;
import dev.sluice.governance.sql.internal.RecognisedStatement.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All statements whose first word alone tells what they do, and the few that run others.
final class Commands {
  private static final Map<String, List<EffectKind>> BY_FIRST_WORD =
      Map.ofEntries(
          Map.entry("VACUUM", List.of(MAINTENANCE)),
          Map.entry("ANALYSE", List.of(MAINTENANCE)),
          Map.entry("CLUSTER", List.of(MAINTENANCE)),
          Map.entry("REINDEX", List.of(MAINTENANCE)),
          Map.entry("REFRESH", List.of(MAINTENANCE)),
          Map.entry("CHECKPOINT", List.of(MAINTENANCE)),
          Map.entry("OPTIMIZE", List.of(MAINTENANCE)),
          Map.entry("REPAIR", List.of(MAINTENANCE)),
          Map.entry("CHECK", List.of(MAINTENANCE)),
          Map.entry("CHECKSUM", List.of(MAINTENANCE)),
          Map.entry("FLUSH", List.of(MAINTENANCE)),
          Map.entry("KILL", List.of(MAINTENANCE)),
          Map.entry("PURGE", List.of(MAINTENANCE)),
          Map.entry("CACHE", List.of(MAINTENANCE)),
          Map.entry("SHUTDOWN", List.of(MAINTENANCE)),
          Map.entry("RESTART", List.of(MAINTENANCE)),
          Map.entry("RECONFIGURE", List.of(MAINTENANCE)),
          Map.entry("DBCC", List.of(MAINTENANCE)),
          Map.entry("CHANGE", List.of(MAINTENANCE, NETWORK)),
          Map.entry("START", List.of(MAINTENANCE, NETWORK)),
          Map.entry("STOP", List.of(MAINTENANCE, NETWORK)),
          Map.entry("CLONE", List.of(MAINTENANCE, NETWORK)),
          Map.entry("LISTEN", List.of(NETWORK)),
          Map.entry("UNLISTEN", List.of(NETWORK)),
          Map.entry("NOTIFY", List.of(NETWORK)),
          Map.entry("LOCK", List.of(LOCK)),
          Map.entry("UNLOCK", List.of(LOCK)),
          Map.entry("GRANT", List.of(GRANT)),
          Map.entry("REVOKE", List.of(REVOKE)),
          Map.entry("DENY", List.of(REVOKE)),
          Map.entry("FETCH", List.of(EXECUTE)),
          Map.entry("MOVE", List.of(EXECUTE)),
          Map.entry("OPEN", List.of(EXECUTE)),
          Map.entry("CLOSE", List.of(EXECUTE)),
          Map.entry("HANDLER", List.of(EXECUTE)),
          Map.entry("EXECUTE", List.of(EXECUTE)),
          Map.entry("EXEC", List.of(EXECUTE)),
          Map.entry("DEALLOCATE", List.of(EXECUTE)),
          Map.entry("DO", List.of(EXECUTE)),
          Map.entry("SIGNAL", List.of(EXECUTE)),
          Map.entry("RESIGNAL", List.of(EXECUTE)),
          Map.entry("BINLOG", List.of(EXECUTE)),
          Map.entry("CALL", List.of(CALL)),
          Map.entry("GET", List.of(SESSION)));

  private Commands() {}

  static Optional<Naming> name(StatementCursor cursor) {
    String kind = cursor.word();
    cursor.position(1);
    return switch (kind) {
      case "DECLARE" -> declare(cursor);
      case "PREPARE" -> prepare(cursor);
      case "ANALYZE" -> analyze(cursor);
      case "VACUUM" ->
          Optional.of(
              cursor.anyWord("INTO")
                  ? Naming.of(kind, MAINTENANCE, FILE)
                  : Naming.of(kind, List.of(), MAINTENANCE));
      case "REFRESH" -> refresh(cursor);
      case "CALL" ->
          Optional.of(Naming.of(kind, cursor.name().map(List::of).orElse(List.of()), CALL));
      case "LOCK" -> lock(cursor);
      case "GRANT", "REVOKE", "DENY" -> privileges(cursor, kind);
      default -> {
        List<EffectKind> effects = BY_FIRST_WORD.get(kind);
        if (effects == null) {
          cursor.position(0);
          yield Optional.empty();
        }
        yield Optional.of(Naming.of(kind, effects.toArray(EffectKind[]::new)));
      }
    };
  }

  private static Optional<Naming> declare(StatementCursor cursor) {
    int cursorWord = cursor.findOutsideBrackets("CURSOR");
    if (cursorWord < 0) {
      return Optional.empty();
    }
    cursor.position(cursorWord);
    int query = cursor.findOutsideBrackets("FOR");
    return query < 0 || query + 1 >= cursor.tokens().size()
        ? Optional.empty()
        : Optional.of(
            Naming.of("DECLARE", EXECUTE).holding(query + 1, cursor.tokens().size(), Role.CURSOR));
  }

  private static Optional<Naming> prepare(StatementCursor cursor) {
    if (cursor.accept("TRANSACTION")) {
      return cursor.acceptKind(TokenKind.STRING) && cursor.atEnd()
          ? Optional.of(Naming.of("PREPARE TRANSACTION", TRANSACTION, SESSION))
          : Optional.empty();
    }
    if (cursor.name().isEmpty()) {
      return Optional.empty();
    }
    if (cursor.markAt(cursor.position(), "(") && !cursor.skipBrackets()) {
      return Optional.empty();
    }
    boolean from = cursor.accept("FROM");
    if (from && cursor.is(Dialect.MYSQL, Dialect.MARIADB)) {
      return Optional.of(Naming.of("PREPARE", EXECUTE));
    }
    if ((!from && !cursor.accept("AS")) || cursor.atEnd()) {
      return Optional.empty();
    }
    return Optional.of(
        Naming.of("PREPARE", EXECUTE)
            .holding(cursor.position(), cursor.tokens().size(), Role.PREPARED));
  }

  /// MariaDB's `ANALYZE SELECT` runs the statement; elsewhere statistics are gathered.
  private static Optional<Naming> analyze(StatementCursor cursor) {
    boolean statement =
        Set.of("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE", "FORMAT", "VALUES")
                .contains(cursor.word())
            || cursor.markAt(1, "(") && cursor.is(Dialect.MYSQL, Dialect.MARIADB);
    if (!statement || !cursor.is(Dialect.MYSQL, Dialect.MARIADB)) {
      return Optional.of(Naming.of("ANALYZE", MAINTENANCE));
    }
    if (cursor.accept("FORMAT")) {
      if (!cursor.acceptMark("=")) {
        return Optional.empty();
      }
      cursor.position(cursor.position() + 1);
    }
    return cursor.atEnd()
        ? Optional.empty()
        : Optional.of(
            Naming.of("ANALYZE", EXPLAIN)
                .holding(cursor.position(), cursor.tokens().size(), Role.EXPLAINED_AND_RUN));
  }

  private static Optional<Naming> refresh(StatementCursor cursor) {
    cursor.acceptAll("MATERIALIZED", "VIEW");
    cursor.accept("CONCURRENTLY");
    List<String> objects = cursor.names();
    return Optional.of(Naming.of("REFRESH", objects, MAINTENANCE));
  }

  private static Optional<Naming> lock(StatementCursor cursor) {
    cursor.acceptAny("TABLE", "TABLES");
    List<String> objects = cursor.names();
    return Optional.of(Naming.of("LOCK", objects, LOCK));
  }

  private static Optional<Naming> privileges(StatementCursor cursor, String kind) {
    EffectKind effect = kind.equals("GRANT") ? GRANT : REVOKE;
    int on = cursor.findOutsideBrackets("ON");
    List<String> objects = List.of();
    if (on >= 0) {
      cursor.position(on + 1);
      cursor.acceptAny("TABLE", "SCHEMA", "DATABASE", "SEQUENCE", "FUNCTION", "PROCEDURE");
      objects = cursor.names();
    }
    return Optional.of(Naming.of(kind, objects, effect));
  }
}
