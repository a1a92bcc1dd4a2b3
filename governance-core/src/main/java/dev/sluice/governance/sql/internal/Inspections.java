package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.TokenKind;
import dev.sluice.governance.sql.internal.RecognisedStatement.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// SHOW, DESCRIBE, EXPLAIN and HELP. Forms that can show values of rows, other people's statements
/// or custom settings are not recognised.
final class Inspections {
  private static final Set<String> EXPLAIN_OPTIONS =
      Recogniser.words(
          "VERBOSE COSTS SETTINGS GENERIC_PLAN BUFFERS SERIALIZE WAL TIMING SUMMARY MEMORY FORMAT"
              + " TYPE");

  private static final Set<String> STATEMENT_STARTS =
      Recogniser.words(
          "SELECT WITH INSERT UPDATE DELETE MERGE VALUES TABLE REPLACE CREATE DECLARE EXECUTE"
              + " REFRESH FROM CALL PIVOT UNPIVOT COPY");

  private static final Set<String> MYSQL_LISTS =
      Recogniser.words(
          "TABLES DATABASES SCHEMAS COLUMNS FIELDS INDEX INDEXES KEYS ENGINES CHARSET COLLATION"
              + " PRIVILEGES VARIABLES GRANTS STATUS TRIGGERS EVENTS PLUGINS PACKAGES");

  /// What `SHOW CREATE` shows: definitions. Those of users hold passwords.
  private static final Set<String> MYSQL_DEFINITIONS =
      Recogniser.words(
          "TABLE VIEW DATABASE SCHEMA PROCEDURE FUNCTION TRIGGER EVENT SEQUENCE PACKAGE");

  private static final Set<String> BEFORE_BRACKET = Set.of("", "IN", "AND", "OR", "NOT", "WHERE");

  private static final Set<String> TRINO_LISTS =
      Recogniser.words("TABLES SCHEMAS CATALOGS COLUMNS FUNCTIONS SESSION GRANTS ROLES");

  private final StatementCursor cursor;

  private Inspections(StatementCursor cursor) {
    this.cursor = cursor;
  }

  static Optional<Naming> name(StatementCursor cursor) {
    Inspections reader = new Inspections(cursor);
    String kind = cursor.word();
    cursor.position(1);
    return switch (kind) {
      case "SHOW" -> reader.show();
      case "EXPLAIN" -> reader.explain(kind);
      case "DESCRIBE", "DESC" -> reader.describe(kind);
      case "HELP" ->
          cursor.acceptKind(TokenKind.STRING) && cursor.atEnd()
              ? Optional.of(Naming.of(kind, EffectKind.SHOW))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Naming> show() {
    return switch (cursor.dialect()) {
      case POSTGRESQL -> showSetting();
      case MYSQL, MARIADB -> showMysql();
      case DUCKDB -> showDuckdb();
      case TRINO -> showTrino();
      case SQLITE, SQLSERVER, ANSI -> Optional.empty();
    };
  }

  private Optional<Naming> showSetting() {
    boolean phrase =
        cursor.acceptAll("TIME", "ZONE")
            || cursor.acceptAll("TRANSACTION", "ISOLATION", "LEVEL")
            || cursor.acceptAll("SESSION", "AUTHORIZATION");
    if (!phrase) {
      Optional<String> name = cursor.name();
      if (name.isEmpty()
          || name.get().contains(".")
          || name.get().equals("all")
          || NotShown.holdsASecret(name.get())) {
        cursor.position(1);
        return Optional.empty();
      }
    }
    return shown();
  }

  private Optional<Naming> showMysql() {
    cursor.acceptAny("FULL", "EXTENDED");
    cursor.acceptAny("GLOBAL", "SESSION", "LOCAL", "STORAGE");
    if (cursor.accept("CREATE")) {
      boolean known = MYSQL_DEFINITIONS.contains(cursor.word());
      cursor.position(cursor.position() + (known ? 1 : 0));
      return known && cursor.name().isPresent() ? shown() : Optional.empty();
    }
    if (cursor.acceptAll("TABLE", "STATUS")
        || cursor.acceptAll("PROCEDURE", "STATUS")
        || cursor.acceptAll("FUNCTION", "STATUS")
        || cursor.acceptAll("OPEN", "TABLES")) {
      return listed();
    }
    boolean list = MYSQL_LISTS.contains(cursor.word());
    boolean grants = cursor.word().equals("GRANTS");
    if (list) {
      cursor.position(cursor.position() + 1);
    } else if (!cursor.acceptAll("CHARACTER", "SET")) {
      return Optional.empty();
    }
    if (grants && cursor.accept("FOR")) {
      // An account's name in one of its many spellings.
      while (cursor.acceptKind(TokenKind.WORD)
          || cursor.acceptKind(TokenKind.STRING)
          || cursor.acceptKind(TokenKind.QUOTED_NAME)
          || cursor.acceptKind(TokenKind.VARIABLE)
          || cursor.acceptMark("@")
          || cursor.acceptMark("%")
          || cursor.acceptMark("(")
          || cursor.acceptMark(")")) {}
      return shown();
    }
    return listed();
  }

  /// What may follow a list: a database, and a choice by name.
  private Optional<Naming> listed() {
    while (cursor.acceptAny("FROM", "IN")) {
      if (cursor.name().isEmpty()) {
        return Optional.empty();
      }
    }
    if (cursor.accept("WHERE")) {
      return plainCondition() ? shown() : Optional.empty();
    }
    if (cursor.accept("LIKE") && !cursor.acceptKind(TokenKind.STRING)) {
      return Optional.empty();
    }
    return shown();
  }

  /// Names, literals and comparisons up to the end: no query and no call.
  private boolean plainCondition() {
    boolean any = false;
    while (!cursor.atEnd()) {
      boolean call = cursor.markAt(cursor.position(), "(") && !BEFORE_BRACKET.contains(before());
      boolean plain =
          !call
              && !cursor.word().equals("SELECT")
              && !cursor.word().equals("WITH")
              && !cursor.acceptKind(TokenKind.DELIMITER)
              && acceptAnyToken();
      if (!plain) {
        return false;
      }
      any = true;
    }
    return any;
  }

  private String before() {
    return cursor.wordAt(cursor.position() - 1);
  }

  private Optional<Naming> showDuckdb() {
    if (cursor.acceptAll("ALL", "TABLES")
        || cursor.acceptAny("TABLES", "DATABASES", "SCHEMAS", "VARIABLES")) {
      return cursor.atEnd() ? shown() : Optional.empty();
    }
    return cursor.name().isPresent() ? shown() : Optional.empty();
  }

  private Optional<Naming> showTrino() {
    if (cursor.accept("CREATE")) {
      boolean known = cursor.acceptAny("TABLE", "VIEW", "SCHEMA");
      return known && cursor.name().isPresent() ? shown() : Optional.empty();
    }
    if (!TRINO_LISTS.contains(cursor.word())) {
      return Optional.empty();
    }
    cursor.position(cursor.position() + 1);
    if (cursor.acceptAny("FROM", "IN") && cursor.name().isEmpty()) {
      return Optional.empty();
    }
    if (cursor.accept("LIKE") && !cursor.acceptKind(TokenKind.STRING)) {
      return Optional.empty();
    }
    return shown();
  }

  private Optional<Naming> shown() {
    return cursor.atEnd() ? Optional.of(Naming.of("SHOW", EffectKind.SHOW)) : Optional.empty();
  }

  private Optional<Naming> describe(String kind) {
    if (cursor.is(Dialect.DUCKDB) && startsStatement()) {
      return Optional.of(
          Naming.of(kind, EffectKind.SHOW)
              .holding(cursor.position(), cursor.tokens().size(), Role.DESCRIBED));
    }
    if (cursor.is(Dialect.MYSQL, Dialect.MARIADB)) {
      return explain(kind);
    }
    Optional<String> name = cursor.name();
    return name.isPresent() && cursor.atEnd()
        ? Optional.of(Naming.of(kind, List.of(name.get()), EffectKind.SHOW))
        : Optional.empty();
  }

  private Optional<Naming> explain(String kind) {
    boolean runs = false;
    switch (cursor.dialect()) {
      case SQLITE -> cursor.acceptAll("QUERY", "PLAN");
      case MYSQL, MARIADB -> {
        if (cursor.accept("FOR")) {
          return Optional.empty();
        }
        runs = cursor.accept("ANALYZE");
        cursor.acceptAny("EXTENDED", "PARTITIONS");
        if (cursor.accept("FORMAT") && !(cursor.acceptMark("=") && acceptAnyToken())) {
          return Optional.empty();
        }
      }
      case POSTGRESQL, DUCKDB, TRINO, ANSI -> {
        runs = cursor.acceptAny("ANALYZE", "ANALYSE");
        cursor.accept("VERBOSE");
        if (cursor.markAt(cursor.position(), "(") && !queryInBrackets()) {
          Optional<Boolean> analyze = options();
          if (analyze.isEmpty()) {
            return Optional.empty();
          }
          runs |= analyze.get();
        }
      }
      case SQLSERVER -> {
        return Optional.empty();
      }
    }
    if (startsStatement()) {
      Role role = runs ? Role.EXPLAINED_AND_RUN : Role.EXPLAINED;
      return Optional.of(
          Naming.of(kind, EffectKind.EXPLAIN)
              .holding(cursor.position(), cursor.tokens().size(), role));
    }
    return runs ? Optional.empty() : describeTable(kind);
  }

  /// MySQL: `EXPLAIN table [column | 'pattern']`.
  private Optional<Naming> describeTable(String kind) {
    if (!cursor.is(Dialect.MYSQL, Dialect.MARIADB)) {
      return Optional.empty();
    }
    Optional<String> table = cursor.name();
    if (table.isEmpty()) {
      return Optional.empty();
    }
    if (!cursor.atEnd() && !cursor.acceptKind(TokenKind.STRING) && cursor.name().isEmpty()) {
      return Optional.empty();
    }
    return cursor.atEnd()
        ? Optional.of(Naming.of(kind, List.of(table.get()), EffectKind.SHOW))
        : Optional.empty();
  }

  private boolean startsStatement() {
    return STATEMENT_STARTS.contains(cursor.word()) || queryInBrackets();
  }

  private boolean queryInBrackets() {
    int at = cursor.position();
    boolean bracket = cursor.markAt(at, "(");
    while (cursor.markAt(at, "(")) {
      at++;
    }
    return bracket
        && Set.of("SELECT", "WITH", "VALUES", "TABLE", "FROM").contains(cursor.wordAt(at));
  }

  private boolean acceptAnyToken() {
    if (cursor.atEnd()) {
      return false;
    }
    cursor.position(cursor.position() + 1);
    return true;
  }

  /// The options in brackets: whether the statement runs, or nothing when one is not known.
  private Optional<Boolean> options() {
    boolean analyze = false;
    cursor.acceptMark("(");
    do {
      String option = cursor.word();
      boolean isAnalyze = option.equals("ANALYZE") || option.equals("ANALYSE");
      if (!isAnalyze && !EXPLAIN_OPTIONS.contains(option)) {
        return Optional.empty();
      }
      cursor.position(cursor.position() + 1);
      boolean off = false;
      if (!cursor.markAt(cursor.position(), ",") && !cursor.markAt(cursor.position(), ")")) {
        off = Set.of("OFF", "FALSE").contains(cursor.word()) || textIs("0", "off", "false");
        acceptAnyToken();
      }
      analyze |= isAnalyze && !off;
    } while (cursor.acceptMark(","));
    return cursor.acceptMark(")") ? Optional.of(analyze) : Optional.empty();
  }

  private boolean textIs(String... values) {
    var token = cursor.peek();
    return token != null && List.of(values).contains(token.value());
  }
}
