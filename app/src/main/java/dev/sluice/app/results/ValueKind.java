package dev.sluice.app.results;

import dev.sluice.app.shell.SqlText;
import dev.sluice.governance.sql.Dialect;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Kinds of column types whose values can be typed, written as a literal, and compared with what is
/// in the database.
public enum ValueKind {
  INTEGER,
  DECIMAL,
  /// A number that an engine holds less exactly than it is written: only as a text does it compare
  /// equal to itself.
  FLOAT,
  BOOLEAN,
  DATE,
  TIME,
  TIMESTAMP,
  UUID_TEXT,
  TEXT;

  /// The kind of an engine's type; empty for one whose shown text is no literal that compares equal
  /// to the stored value (arrays, JSON without equality, geometry, binary, floats of MariaDB).
  public static Optional<ValueKind> of(String typeName, Dialect dialect) {
    String name = typeName.toLowerCase(Locale.ROOT).replaceAll("\\(.*\\)", "").strip();
    if (name.contains("[]") || name.startsWith("_") || name.contains("unsigned zerofill")) {
      return Optional.empty();
    }
    return switch (name.replace(" unsigned", "")) {
      case "int",
          "int2",
          "int4",
          "int8",
          "integer",
          "bigint",
          "smallint",
          "tinyint",
          "mediumint",
          "hugeint",
          "serial",
          "bigserial",
          "smallserial" ->
          Optional.of(INTEGER);
      case "numeric", "decimal" -> Optional.of(DECIMAL);
      case "float4", "float8", "real", "double", "double precision", "float" ->
          dialect == Dialect.MYSQL || dialect == Dialect.MARIADB
              ? Optional.empty()
              : Optional.of(DECIMAL);
      case "bool", "boolean" -> Optional.of(BOOLEAN);
      case "date" -> Optional.of(dialect == Dialect.SQLITE ? TEXT : DATE);
      case "time", "time without time zone" -> Optional.of(dialect == Dialect.SQLITE ? TEXT : TIME);
      case "timestamp",
          "timestamptz",
          "datetime",
          "timestamp without time zone",
          "timestamp with time zone" ->
          Optional.of(dialect == Dialect.SQLITE ? TEXT : TIMESTAMP);
      case "uuid" -> Optional.of(UUID_TEXT);
      case "text",
          "varchar",
          "char",
          "bpchar",
          "character",
          "character varying",
          "citext",
          "name",
          "nvarchar",
          "nchar",
          "string",
          "tinytext",
          "mediumtext",
          "longtext",
          "enum",
          "jsonb" ->
          Optional.of(TEXT);
      default -> Optional.empty();
    };
  }

  /// Types of PostgreSQL whose values are not equal to anything, or not to their own text.
  private static final Set<String> WITHOUT_EQUALITY =
      Set.of(
          "json",
          "xml",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "bytea",
          "money",
          "refcursor",
          "txid_snapshot",
          "pg_snapshot");

  /// The kind of a column whose values are compared with what was read before they are written
  /// over: more types than [#of] where the shown text is a literal of the type.
  static Optional<ValueKind> compared(String typeName, Dialect dialect) {
    String name = typeName.toLowerCase(Locale.ROOT).strip();
    boolean mysql = dialect == Dialect.MYSQL || dialect == Dialect.MARIADB;
    if (mysql && name.equals("tinyint(1)")) {
      // Drivers show them as truth values.
      return Optional.of(BOOLEAN);
    }
    if (dialect != Dialect.POSTGRESQL) {
      return of(typeName, dialect);
    }
    if (name.equals("real") || name.equals("float4")) {
      return Optional.of(FLOAT);
    }
    Optional<ValueKind> known = of(typeName, dialect);
    boolean array = name.contains("[]") || name.startsWith("_");
    // Enumerations, domains, ranges, addresses: what is shown is what can be written.
    return known.isPresent() || array || WITHOUT_EQUALITY.contains(name)
        ? known
        : Optional.of(TEXT);
  }

  /// Whether a typed text is a value of this kind.
  public boolean accepts(String typed) {
    String text = typed.strip();
    return switch (this) {
      case INTEGER -> text.matches("[-+]?[0-9]{1,40}");
      case DECIMAL, FLOAT ->
          text.matches("[-+]?[0-9]{1,200}(\\.[0-9]{1,200})?([eE][-+]?[0-9]{1,3})?");
      case BOOLEAN -> text.toLowerCase(Locale.ROOT).matches("true|false|t|f|1|0");
      case DATE -> parses(text, LocalDate::parse);
      case TIME -> parses(text, LocalTime::parse);
      case TIMESTAMP ->
          parses(text.replace(' ', 'T'), LocalDateTime::parse)
              || parses(text.replace(' ', 'T'), OffsetDateTime::parse)
              || parses(text, LocalDate::parse);
      case UUID_TEXT -> text.length() == 36 && parses(text, UUID::fromString);
      case TEXT -> true;
    };
  }

  /// A value as a literal.
  ///
  /// @throws IllegalArgumentException when the text is not a value of this kind
  public String literal(String typed, Dialect dialect) {
    if (!accepts(typed)) {
      throw new IllegalArgumentException("Not a value of its type.");
    }
    String text = typed.strip();
    return switch (this) {
      case INTEGER, DECIMAL -> {
        String number = text.startsWith("+") ? text.substring(1) : text;
        yield number.startsWith("-") ? "(" + number + ")" : number;
      }
      case BOOLEAN -> {
        boolean yes = text.toLowerCase(Locale.ROOT).matches("true|t|1");
        boolean digits = dialect == Dialect.SQLITE || dialect == Dialect.SQLSERVER;
        yield digits ? (yes ? "1" : "0") : (yes ? "TRUE" : "FALSE");
      }
      case FLOAT, DATE, TIME, TIMESTAMP, UUID_TEXT -> SqlText.text(text, dialect);
      case TEXT -> SqlText.text(typed, dialect);
    };
  }

  private static boolean parses(String text, Consumer<String> parser) {
    try {
      parser.accept(text);
      return true;
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }
}
