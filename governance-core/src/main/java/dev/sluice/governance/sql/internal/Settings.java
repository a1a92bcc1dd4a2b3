package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.Optional;
import java.util.Set;

/// SET, RESET, USE, DISCARD and PRAGMA.
final class Settings {
  private static final Set<String> ROLE_WORDS = Set.of("ROLE", "AUTHORIZATION", "PASSWORD");

  private Settings() {}

  static Optional<Naming> name(StatementCursor cursor) {
    return switch (cursor.word()) {
      case "SET" -> set(cursor);
      case "RESET" -> reset(cursor);
      case "USE" -> use(cursor);
      case "DISCARD" -> Optional.of(Naming.of("DISCARD", EffectKind.SESSION));
      case "PRAGMA" -> Pragmas.name(cursor);
      default -> Optional.empty();
    };
  }

  private static Optional<Naming> set(StatementCursor cursor) {
    if (cursor.wordAt(1).equals("PASSWORD")
        || cursor.wordAt(1).equals("ROLE")
        || cursor.wordAt(1).equals("DEFAULT") && cursor.wordAt(2).equals("ROLE")
        || cursor.wordAt(2).equals("AUTHORIZATION")
        || cursor.wordAt(2).equals("ROLE")) {
      return Optional.of(Naming.of("SET", EffectKind.SESSION, EffectKind.ROLE));
    }
    if (!onlyPlainValues(cursor)) {
      return Optional.empty();
    }
    boolean server =
        cursor.is(Dialect.MYSQL, Dialect.MARIADB)
            && (Set.of("GLOBAL", "PERSIST", "PERSIST_ONLY").contains(cursor.wordAt(1))
                || variableOfServer(cursor));
    return Optional.of(
        server
            ? Naming.of("SET", EffectKind.SESSION, EffectKind.ALTER)
            : Naming.of("SET", EffectKind.SESSION));
  }

  private static boolean variableOfServer(StatementCursor cursor) {
    for (Token token : cursor.tokens()) {
      String text = token.text().toLowerCase(java.util.Locale.ROOT);
      if (token.kind() == TokenKind.VARIABLE
          && (text.startsWith("@@global") || text.startsWith("@@persist"))) {
        return true;
      }
    }
    return false;
  }

  /// A value in brackets could be a query, and `SET STATEMENT ... FOR` runs another statement, so
  /// only words, literals and signs are read.
  private static boolean onlyPlainValues(StatementCursor cursor) {
    if (cursor.wordAt(1).equals("STATEMENT") || cursor.tokens().size() < 2) {
      cursor.position(1);
      return false;
    }
    for (int i = 1; i < cursor.tokens().size(); i++) {
      Token token = cursor.tokens().get(i);
      boolean plain =
          switch (token.kind()) {
            case WORD -> !Set.of("SELECT", "TABLE", "VALUES", "CASE").contains(cursor.wordAt(i));
            case QUOTED_NAME, STRING, NUMBER, VARIABLE -> true;
            case OPERATOR -> Set.of("=", ":=", "-", "+").contains(token.text());
            case PUNCTUATION -> token.text().equals(",") || token.text().equals(".");
            case PARAMETER, COMMENT, WHITESPACE, DELIMITER, INVALID -> false;
          };
      if (!plain) {
        cursor.position(i);
        return false;
      }
    }
    return true;
  }

  private static Optional<Naming> reset(StatementCursor cursor) {
    boolean server = cursor.is(Dialect.MYSQL, Dialect.MARIADB) && !cursor.wordAt(1).isEmpty();
    if (server) {
      return Optional.of(Naming.of("RESET", EffectKind.MAINTENANCE));
    }
    boolean role = ROLE_WORDS.contains(cursor.wordAt(1)) || ROLE_WORDS.contains(cursor.wordAt(2));
    return Optional.of(
        role
            ? Naming.of("RESET", EffectKind.SESSION, EffectKind.ROLE)
            : Naming.of("RESET", EffectKind.SESSION));
  }

  private static Optional<Naming> use(StatementCursor cursor) {
    cursor.position(1);
    return cursor.name().map(name -> Naming.of("USE", java.util.List.of(name), EffectKind.SESSION));
  }
}
