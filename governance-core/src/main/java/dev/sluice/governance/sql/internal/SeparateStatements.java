package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds a second statement where none should be: after a semicolon, and on SQL Server, which needs
/// no semicolons, wherever a word stands that can only begin a statement.
final class SeparateStatements {
  private static final Set<String> SQL_SERVER_STARTS =
      Recogniser.words(
          """
          ALTER BACKUP BEGIN BULK CHECKPOINT CLOSE COMMIT CREATE DBCC DEALLOCATE DECLARE DENY DROP
          EXEC EXECUTE FETCH GOTO GRANT IF KILL OPEN PRINT RAISERROR READTEXT RECONFIGURE RESTORE
          RETURN REVERT REVOKE ROLLBACK SAVE SET SHUTDOWN THROW TRUNCATE UPDATETEXT USE WAITFOR
          WHILE WRITETEXT SELECT INSERT UPDATE DELETE MERGE
          """);

  private static final Set<String> WITH_BODY =
      Set.of(
          "CREATE FUNCTION",
          "CREATE PROCEDURE",
          "CREATE PROC",
          "CREATE TRIGGER",
          "CREATE EVENT",
          "CREATE PACKAGE",
          "ALTER FUNCTION",
          "ALTER PROCEDURE",
          "ALTER PROC",
          "ALTER TRIGGER",
          "ALTER EVENT");

  private SeparateStatements() {}

  static Optional<GateResult> check(StatementCursor cursor, Naming naming) {
    if (WITH_BODY.contains(naming.kind())) {
      return Optional.empty();
    }
    List<Token> tokens = cursor.tokens();
    int from = firstFreeWord(cursor, naming);
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i).kind() == TokenKind.DELIMITER
          || (cursor.is(Dialect.SQLSERVER)
              && i >= from
              && SQL_SERVER_STARTS.contains(cursor.wordAt(i))
              && !cursor.wordAt(i - 1).equals("ON")
              && !ifExists(cursor, i))) {
        return Optional.of(
            Gate.refused(
                "several-statements",
                "A second statement begins here.",
                tokens.get(i).span(),
                "Run one statement at a time."));
      }
    }
    return Optional.empty();
  }

  /// `DROP TABLE IF EXISTS x` holds no IF statement.
  private static boolean ifExists(StatementCursor cursor, int at) {
    return cursor.wordAt(at).equals("IF")
        && (cursor.wordAt(at + 1).equals("EXISTS")
            || cursor.wordAt(at + 1).equals("NOT") && cursor.wordAt(at + 2).equals("EXISTS"));
  }

  /// From where on a word that begins statements does so: privileges and the one clause of ALTER
  /// are such words, too, and an inner statement is looked at by itself.
  private static int firstFreeWord(StatementCursor cursor, Naming naming) {
    if (naming.held() != null) {
      return cursor.tokens().size();
    }
    if (Set.of("GRANT", "REVOKE", "DENY").contains(naming.kind())) {
      cursor.position(1);
      return Math.max(1, cursor.findOutsideBrackets("TO", "FROM"));
    }
    if (naming.kind().startsWith("ALTER")) {
      for (int i = 2; i < cursor.tokens().size(); i++) {
        if (SQL_SERVER_STARTS.contains(cursor.wordAt(i))) {
          return i + 1;
        }
      }
    }
    return 1;
  }

  /// The same for statements of the parser on SQL Server: `SELECT 1 DELETE FROM t` is two.
  static Optional<GateResult> checkQuery(StatementCursor cursor) {
    if (!cursor.is(Dialect.SQLSERVER)) {
      return Optional.empty();
    }
    List<Token> tokens = cursor.tokens();
    for (int i = 1; i < tokens.size(); i++) {
      String word = cursor.wordAt(i);
      if (SQL_SERVER_STARTS.contains(word)
          && !cursor.markAt(i - 1, ".")
          && !belongs(cursor, i, word)) {
        return Optional.of(
            Gate.refused(
                "several-statements",
                "A second statement begins here.",
                tokens.get(i).span(),
                "Separate statements with semicolons, or put a name in brackets."));
      }
    }
    return Optional.empty();
  }

  private static boolean belongs(StatementCursor cursor, int at, String word) {
    String before = cursor.wordAt(at - 1);
    boolean bracket = cursor.markAt(at - 1, "(");
    boolean afterWith = cursor.markAt(at - 1, ")");
    return switch (word) {
      case "SELECT" ->
          bracket
              || Set.of("UNION", "ALL", "EXCEPT", "INTERSECT").contains(before)
              || (afterWith && withOrInsert(cursor))
              || (cursor.wordAt(0).equals("INSERT") && !before.isEmpty() && at <= 4)
              || (cursor.wordAt(0).equals("INSERT")
                  && cursor.tokens().get(at - 1).kind() == TokenKind.QUOTED_NAME);
      case "INSERT", "UPDATE", "DELETE" ->
          before.equals("THEN") || (afterWith && cursor.wordAt(0).equals("WITH"));
      case "MERGE" -> afterWith && cursor.wordAt(0).equals("WITH");
      case "SET" -> firstOf(cursor, "SET") == at || before.equals("UPDATE");
      case "FETCH" -> before.equals("ROWS") || before.equals("ROW");
      default -> false;
    };
  }

  private static boolean withOrInsert(StatementCursor cursor) {
    return cursor.wordAt(0).equals("WITH") || cursor.wordAt(0).equals("INSERT");
  }

  private static int firstOf(StatementCursor cursor, String word) {
    for (int i = 0; i < cursor.tokens().size(); i++) {
      if (cursor.wordAt(i).equals(word)) {
        return i;
      }
    }
    return -1;
  }
}
