package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import dev.sluice.governance.sql.internal.Naming.Held;
import dev.sluice.governance.sql.internal.RecognisedStatement.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Statements that move data between the database and files, programs or other databases.
final class Transfers {
  private Transfers() {}

  static Optional<Naming> name(StatementCursor cursor) {
    String kind = cursor.word();
    cursor.position(1);
    return switch (kind) {
      case "COPY" -> copy(cursor);
      case "LOAD" -> load(cursor);
      case "BULK" -> bulkInsert(cursor);
      case "FORCE" -> force(cursor);
      case "EXPORT", "BACKUP", "RESTORE", "ATTACH", "DETACH", "INSTALL", "UNINSTALL" ->
          Optional.of(Naming.of(kind, EffectKind.FILE));
      default -> Optional.empty();
    };
  }

  private static Optional<Naming> force(StatementCursor cursor) {
    return cursor.wordAt(1).equals("INSTALL")
        ? Optional.of(Naming.of("INSTALL", EffectKind.FILE))
        : Optional.of(Naming.of("FORCE", EffectKind.MAINTENANCE));
  }

  private static Optional<Naming> copy(StatementCursor cursor) {
    int from = cursor.position();
    if (cursor.markAt(from, "(")) {
      if (!cursor.skipBrackets()) {
        return Optional.empty();
      }
      int to = cursor.position();
      if (!cursor.accept("TO")) {
        return Optional.empty();
      }
      return Optional.of(
          new Naming("COPY", outside(cursor), new Held(from + 1, to - 1, Role.COPIED_OUT, null)));
    }
    Optional<String> table = cursor.name();
    if (table.isEmpty() || (table.get().equals("from") && cursor.is(Dialect.DUCKDB))) {
      return Optional.of(Naming.of("COPY", EffectKind.COPY, EffectKind.FILE));
    }
    int nameEnd = cursor.position();
    boolean columns = cursor.markAt(nameEnd, "(");
    if (columns && !cursor.skipBrackets()) {
      return Optional.empty();
    }
    int to = cursor.position();
    if (cursor.accept("TO")) {
      String list = columns ? cursor.slice(nameEnd + 1, to - 1).text() : "*";
      String query = "SELECT " + list + " FROM " + cursor.slice(from, nameEnd).text();
      return Optional.of(
          new Naming("COPY", outside(cursor), new Held(from, to, Role.COPIED_OUT, query)));
    }
    if (!cursor.accept("FROM")) {
      return Optional.empty();
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(Effect.of(EffectKind.COPY, table.get()));
    if (!cursor.word().equals("STDIN")) {
      effects.addAll(outside(cursor));
    }
    return Optional.of(new Naming("COPY", effects, null));
  }

  /// What the other end is: a program or a file. The client's copy stream counts as a file, for it
  /// leaves the way on which rows are masked.
  private static List<Effect> outside(StatementCursor cursor) {
    return List.of(
        Effect.of(cursor.word().equals("PROGRAM") ? EffectKind.PROGRAM : EffectKind.FILE));
  }

  private static Optional<Naming> load(StatementCursor cursor) {
    if (!cursor.is(Dialect.MYSQL, Dialect.MARIADB)) {
      return Optional.of(Naming.of("LOAD", EffectKind.FILE));
    }
    if (cursor.acceptAll("INDEX", "INTO", "CACHE")) {
      return Optional.of(Naming.of("LOAD INDEX", EffectKind.MAINTENANCE));
    }
    int into = cursor.findOutsideBrackets("INTO");
    List<String> objects = new ArrayList<>();
    if (into >= 0) {
      cursor.position(into + 1);
      cursor.accept("TABLE");
      cursor.name().ifPresent(objects::add);
    }
    return Optional.of(
        new Naming(
            "LOAD DATA",
            List.of(new Effect(EffectKind.COPY, objects, false), Effect.of(EffectKind.FILE)),
            null));
  }

  private static Optional<Naming> bulkInsert(StatementCursor cursor) {
    cursor.accept("INSERT");
    Token token = cursor.peek();
    if (token == null || token.kind() == TokenKind.STRING) {
      return Optional.empty();
    }
    List<String> objects = cursor.names();
    return Optional.of(Naming.of("BULK INSERT", objects, EffectKind.COPY, EffectKind.FILE));
  }
}
