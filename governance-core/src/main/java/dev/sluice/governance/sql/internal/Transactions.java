package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.TokenKind;
import java.util.Optional;

/// Statements that begin, end or mark transactions. Recognised only if every token is understood,
/// for they are harmless and must not carry anything along.
final class Transactions {
  private boolean options;
  private final StatementCursor cursor;

  private Transactions(StatementCursor cursor) {
    this.cursor = cursor;
  }

  static Optional<Naming> name(StatementCursor cursor) {
    return new Transactions(cursor).name();
  }

  private Optional<Naming> name() {
    String kind = cursor.word();
    if (kind.equals("BEGIN")
        && cursor.wordAt(1).equals("NOT")
        && cursor.wordAt(2).equals("ATOMIC")) {
      return Optional.of(Naming.of("BEGIN NOT ATOMIC", EffectKind.EXECUTE));
    }
    if (kind.equals("START") && !cursor.wordAt(1).equals("TRANSACTION")) {
      return Commands.name(cursor);
    }
    if (kind.equals("XA")) {
      return Optional.of(Naming.of("XA", EffectKind.TRANSACTION, EffectKind.SESSION));
    }
    cursor.position(1);
    boolean understood =
        switch (kind) {
          case "BEGIN" -> begin();
          case "START" -> cursor.accept("TRANSACTION") && modes();
          case "COMMIT", "END" -> end();
          case "ABORT" -> end();
          case "ROLLBACK" -> rollback();
          case "SAVEPOINT" -> cursor.name().isPresent();
          case "RELEASE" -> release();
          default -> false;
        };
    if (!understood || !cursor.atEnd()) {
      return Optional.empty();
    }
    return Optional.of(
        options
            ? Naming.of(kind, EffectKind.TRANSACTION, EffectKind.SESSION)
            : Naming.of(kind, EffectKind.TRANSACTION));
  }

  private boolean begin() {
    if (cursor.is(Dialect.SQLITE) && cursor.acceptAny("DEFERRED", "IMMEDIATE", "EXCLUSIVE")) {
      options = true;
    }
    if (cursor.is(Dialect.SQLSERVER)) {
      boolean word = cursor.acceptAny("TRAN", "TRANSACTION");
      if (word && !cursor.atEnd()) {
        cursor.name();
      }
      return word;
    }
    cursor.acceptAny("WORK", "TRANSACTION");
    return modes();
  }

  /// Isolation and access, with commas or without.
  private boolean modes() {
    while (!cursor.atEnd()) {
      boolean mode =
          cursor.acceptAll("ISOLATION", "LEVEL", "READ", "COMMITTED")
              || cursor.acceptAll("ISOLATION", "LEVEL", "READ", "UNCOMMITTED")
              || cursor.acceptAll("ISOLATION", "LEVEL", "REPEATABLE", "READ")
              || cursor.acceptAll("ISOLATION", "LEVEL", "SERIALIZABLE")
              || cursor.acceptAll("READ", "ONLY")
              || cursor.acceptAll("READ", "WRITE")
              || cursor.acceptAll("NOT", "DEFERRABLE")
              || cursor.accept("DEFERRABLE")
              || cursor.acceptAll("WITH", "CONSISTENT", "SNAPSHOT");
      if (!mode) {
        return false;
      }
      options = true;
      if (cursor.acceptMark(",") && cursor.atEnd()) {
        return false;
      }
    }
    return true;
  }

  private boolean end() {
    if (cursor.accept("PREPARED")) {
      options = true;
      return cursor.acceptKind(TokenKind.STRING);
    }
    work();
    return chain();
  }

  private boolean rollback() {
    if (cursor.accept("PREPARED")) {
      options = true;
      return cursor.acceptKind(TokenKind.STRING);
    }
    work();
    if (cursor.accept("TO")) {
      cursor.accept("SAVEPOINT");
      return cursor.name().isPresent();
    }
    return chain();
  }

  private void work() {
    if (cursor.is(Dialect.SQLSERVER)) {
      if (cursor.acceptAny("TRAN", "TRANSACTION") && !cursor.atEnd()) {
        cursor.name();
      } else {
        cursor.accept("WORK");
      }
    } else {
      cursor.acceptAny("WORK", "TRANSACTION");
    }
  }

  private boolean chain() {
    if (cursor.acceptAll("AND", "NO", "CHAIN") || cursor.acceptAll("AND", "CHAIN")) {
      options = true;
    }
    if (cursor.is(Dialect.MYSQL, Dialect.MARIADB)
        && (cursor.acceptAll("NO", "RELEASE") || cursor.accept("RELEASE"))) {
      options = true;
    }
    return true;
  }

  private boolean release() {
    cursor.accept("SAVEPOINT");
    return cursor.name().isPresent();
  }
}
