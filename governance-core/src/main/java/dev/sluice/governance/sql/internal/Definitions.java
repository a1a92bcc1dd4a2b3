package dev.sluice.governance.sql.internal;

import static dev.sluice.governance.sql.EffectKind.*;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.TokenKind;
import dev.sluice.governance.sql.internal.Naming.Held;
import dev.sluice.governance.sql.internal.RecognisedStatement.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Statements that define things.
final class Definitions {
  /// Words between the verb and the kind of object.
  private static final Set<String> MODIFIERS =
      Recogniser.words(
          """
          OR REPLACE TEMP TEMPORARY GLOBAL LOCAL UNLOGGED UNIQUE FULLTEXT SPATIAL CLUSTERED
          NONCLUSTERED FOREIGN EXTERNAL MATERIALIZED RECURSIVE CONSTRAINT TRUSTED PROCEDURAL PERSISTENT
          VIRTUAL ONLINE OFFLINE IGNORE AGGREGATE UNDO SECURE COLUMNSTORE DEFAULT
          """);

  private static final Set<String> PEOPLE = Set.of("ROLE", "USER", "GROUP", "LOGIN");

  private static final Set<String> REMOTE =
      Set.of("SERVER", "SUBSCRIPTION", "PUBLICATION", "SECRET", "CREDENTIAL", "ENDPOINT");

  private static final Set<String> FROM_FILES =
      Set.of("EXTENSION", "LIBRARY", "ASSEMBLY", "LANGUAGE");

  private static final Set<String> QUERY_STARTS =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "FROM");

  private final StatementCursor cursor;

  private Definitions(StatementCursor cursor) {
    this.cursor = cursor;
  }

  static Optional<Naming> name(StatementCursor cursor) {
    Definitions reader = new Definitions(cursor);
    String verb = cursor.word();
    cursor.position(1);
    return switch (verb) {
      case "CREATE" -> reader.create();
      case "ALTER" -> reader.alter();
      case "DROP" -> reader.drop();
      case "TRUNCATE" -> {
        cursor.accept("TABLE");
        List<String> tables = cursor.names();
        yield tables.isEmpty() ? Optional.empty() : Optional.of(Naming.of(verb, tables, TRUNCATE));
      }
      case "RENAME" -> reader.rename();
      case "COMMENT" -> Optional.of(Naming.of(verb, ALTER));
      case "SECURITY" ->
          cursor.accept("LABEL")
              ? Optional.of(Naming.of("SECURITY LABEL", ALTER))
              : Optional.empty();
      case "IMPORT" -> reader.importing();
      case "REASSIGN" -> Optional.of(Naming.of("REASSIGN OWNED", ALTER, ROLE));
      default -> Optional.empty();
    };
  }

  private Optional<Naming> importing() {
    if (cursor.acceptAll("FOREIGN", "SCHEMA")) {
      return Optional.of(Naming.of("IMPORT FOREIGN SCHEMA", CREATE, NETWORK));
    }
    return cursor.acceptAny("DATABASE", "TABLE")
        ? Optional.of(Naming.of("IMPORT", CREATE, FILE))
        : Optional.empty();
  }

  private Optional<Naming> rename() {
    if (cursor.accept("USER")) {
      return Optional.of(Naming.of("RENAME USER", RENAME, ROLE));
    }
    if (!cursor.acceptAny("TABLE", "TABLES")) {
      return Optional.empty();
    }
    List<String> objects = new ArrayList<>();
    do {
      cursor.name().ifPresent(objects::add);
      if (!cursor.accept("TO")) {
        break;
      }
      cursor.name().ifPresent(objects::add);
    } while (cursor.acceptMark(","));
    return Optional.of(Naming.of("RENAME TABLE", objects, RENAME));
  }

  /// Goes to the kind of object and returns it, or an empty text.
  private String objectKind() {
    while (MODIFIERS.contains(cursor.word()) || mysqlClause()) {
      cursor.position(cursor.position() + 1);
    }
    String kind = cursor.word();
    if (!kind.isEmpty()) {
      cursor.position(cursor.position() + 1);
    }
    return kind;
  }

  /// `ALGORITHM = x`, `DEFINER = a@b`, `SQL SECURITY x` before VIEW and routines.
  private boolean mysqlClause() {
    if (!cursor.is(Dialect.MYSQL, Dialect.MARIADB)) {
      return false;
    }
    if (cursor.acceptAll("SQL", "SECURITY")) {
      return !cursor.atEnd();
    }
    if (Set.of("ALGORITHM", "DEFINER").contains(cursor.word())) {
      int from = cursor.position();
      int kind =
          cursor.findOutsideBrackets("VIEW", "FUNCTION", "PROCEDURE", "TRIGGER", "EVENT", "SQL");
      if (kind > from + 1) {
        cursor.position(kind - 1);
        return true;
      }
    }
    return false;
  }

  private List<String> objectNames() {
    cursor.accept("CONCURRENTLY");
    cursor.acceptAll("IF", "NOT", "EXISTS");
    cursor.acceptAll("IF", "EXISTS");
    return cursor.names();
  }

  private Optional<Naming> create() {
    boolean stored = cursor.anyWord("MATERIALIZED");
    String object = objectKind();
    if (object.isEmpty()) {
      return Optional.empty();
    }
    int afterKind = cursor.position();
    List<String> names = objectNames();
    String kind = "CREATE " + object;
    return switch (object) {
      case "TABLE" -> createTable(names);
      case "VIEW" -> createView(names, stored);
      case "ROLE", "USER", "GROUP", "LOGIN" ->
          Optional.of(
              cursor.wordAt(afterKind).equals("MAPPING")
                  ? Naming.of(kind, CREATE, NETWORK)
                  : Naming.of(kind, names, CREATE, ROLE));
      default -> {
        if (REMOTE.contains(object)) {
          yield Optional.of(Naming.of(kind, names, CREATE, NETWORK));
        }
        boolean files = FROM_FILES.contains(object) || cursor.anyWord("SONAME");
        yield Optional.of(
            files ? Naming.of(kind, names, CREATE, FILE) : Naming.of(kind, names, CREATE));
      }
    };
  }

  private Optional<Naming> createTable(List<String> names) {
    List<EffectKind> kinds = new ArrayList<>(List.of(CREATE));
    if (cursor.anyWord("CONNECT", "FEDERATED", "SPIDER", "CSV", "DIRECTORY", "SERVER")) {
      kinds.add(FILE);
      kinds.add(NETWORK);
    }
    int query = storedQuery();
    boolean holdsQuery = cursor.anyWord("SELECT");
    if (query >= 0 && cursor.wordAt(query).equals("EXECUTE")) {
      kinds.add(EXECUTE);
      query = -1;
    } else if (query < 0 && holdsQuery) {
      return Optional.empty();
    }
    List<Effect> effects = new ArrayList<>();
    for (EffectKind kind : kinds) {
      effects.add(new Effect(kind, kind == CREATE ? names : List.of(), false));
    }
    Held held = query < 0 ? null : new Held(query, queryEnd(), Role.STORED, null);
    return held != null && held.to() <= held.from()
        ? Optional.empty()
        : Optional.of(new Naming("CREATE TABLE", effects, held));
  }

  /// Where the query of CREATE TABLE AS begins, or -1. MySQL needs no AS.
  private int storedQuery() {
    int as = cursor.findOutsideBrackets("AS");
    if (as >= 0 && startsQuery(as + 1)) {
      return as + 1;
    }
    if (as >= 0 && cursor.wordAt(as + 1).equals("EXECUTE")) {
      return as + 1;
    }
    if (!cursor.is(Dialect.MYSQL, Dialect.MARIADB)) {
      return -1;
    }
    int depth = 0;
    for (int i = cursor.position(); i < cursor.tokens().size(); i++) {
      if (depth == 0 && startsQuery(i) && !Set.of("TABLE", "FROM").contains(cursor.wordAt(i))) {
        return i;
      }
      depth += cursor.markAt(i, "(") ? 1 : cursor.markAt(i, ")") ? -1 : 0;
    }
    return -1;
  }

  private boolean startsQuery(int index) {
    int at = index;
    while (cursor.markAt(at, "(")) {
      at++;
    }
    return QUERY_STARTS.contains(cursor.wordAt(at))
        && !(cursor.wordAt(at).equals("WITH") && cursor.markAt(at + 1, "("));
  }

  /// The end of the query, without `WITH [NO] DATA` and `WITH CHECK OPTION`.
  private int queryEnd() {
    int end = cursor.tokens().size();
    if (cursor.wordAt(end - 1).equals("DATA")) {
      if (cursor.wordAt(end - 2).equals("WITH")) {
        return end - 2;
      }
      if (cursor.wordAt(end - 2).equals("NO") && cursor.wordAt(end - 3).equals("WITH")) {
        return end - 3;
      }
    }
    if (cursor.wordAt(end - 1).equals("OPTION") && cursor.wordAt(end - 2).equals("CHECK")) {
      return cursor.wordAt(end - 3).equals("WITH") ? end - 3 : end - 4;
    }
    return end;
  }

  private Optional<Naming> createView(List<String> names, boolean stored) {
    int as = cursor.findOutsideBrackets("AS");
    if (as < 0 || !startsQuery(as + 1)) {
      return Optional.empty();
    }
    int end = queryEnd();
    return end <= as + 1
        ? Optional.empty()
        : Optional.of(
            Naming.of("CREATE VIEW", names, CREATE)
                .holding(as + 1, end, stored ? Role.STORED : Role.DEFINED));
  }

  private Optional<Naming> alter() {
    if (cursor.acceptAll("DEFAULT", "PRIVILEGES")) {
      return Optional.of(Naming.of("ALTER DEFAULT PRIVILEGES", ALTER, GRANT));
    }
    if (cursor.word().equals("SYSTEM")) {
      return Optional.of(Naming.of("ALTER SYSTEM", ALTER, FILE));
    }
    String object = objectKind();
    if (object.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = objectNames();
    String kind = "ALTER " + object;
    if (PEOPLE.contains(object)) {
      return Optional.of(Naming.of(kind, names, ALTER, ROLE));
    }
    boolean renames = cursor.anyWord("RENAME");
    if (REMOTE.contains(object)) {
      return Optional.of(Naming.of(kind, names, ALTER, NETWORK));
    }
    if (FROM_FILES.contains(object)) {
      return Optional.of(Naming.of(kind, names, ALTER, FILE));
    }
    // ALTER VIEW ... AS holds a query that would have to be followed.
    if (object.equals("VIEW") && cursor.anyWord("SELECT", "TABLE", "VALUES")) {
      int as = cursor.findOutsideBrackets("AS");
      return as < 0 || !startsQuery(as + 1)
          ? Optional.empty()
          : Optional.of(Naming.of(kind, names, ALTER).holding(as + 1, queryEnd(), Role.DEFINED));
    }
    return Optional.of(
        renames ? Naming.of(kind, names, ALTER, RENAME) : Naming.of(kind, names, ALTER));
  }

  private Optional<Naming> drop() {
    if (cursor.accept("OWNED")) {
      return Optional.of(Naming.of("DROP OWNED", DROP, ROLE));
    }
    var token = cursor.peek();
    if (token == null || token.kind() != TokenKind.WORD) {
      return Optional.empty();
    }
    if (cursor.accept("PREPARE")) {
      return Optional.of(Naming.of("DROP PREPARE", EXECUTE));
    }
    String object = objectKind();
    List<String> names = objectNames();
    if (object.isEmpty() || (names.isEmpty() && !PEOPLE.contains(object))) {
      return Optional.empty();
    }
    return Optional.of(
        PEOPLE.contains(object)
            ? Naming.of("DROP " + object, names, DROP, ROLE)
            : Naming.of("DROP " + object, names, DROP));
  }
}
