package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How one dialect's server reads text, as data.
///
/// @param traits what holds
/// @param operators of more than one character, longest first; not used with
///     [LexicalTrait#FREE_OPERATORS]
/// @param operatorCharacters single characters that are operators by themselves
public record LexicalRules(
    Set<LexicalTrait> traits, List<String> operators, String operatorCharacters) {
  public LexicalRules {
    traits = Set.copyOf(traits);
    operators = List.copyOf(operators);
  }

  public boolean has(LexicalTrait trait) {
    return traits.contains(trait);
  }

  static LexicalRules of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> POSTGRESQL;
      case MYSQL, MARIADB -> MYSQL;
      case SQLITE -> SQLITE;
      case DUCKDB -> DUCKDB;
      case SQLSERVER -> SQLSERVER;
      case TRINO -> TRINO;
      case ANSI -> ANSI;
    };
  }

  private static final LexicalRules POSTGRESQL =
      new LexicalRules(
          EnumSet.of(
              NESTED_COMMENTS,
              DOLLAR_QUOTES,
              ESCAPE_STRINGS,
              UNICODE_ESCAPES,
              NATIONAL_STRINGS,
              BIT_STRINGS,
              HEX_STRINGS,
              STRINGS_CONTINUE_ON_NEXT_LINE,
              BACKSLASH_STRINGS_BY_OLD_SETTING,
              DOLLAR_IN_NAMES,
              UNICODE_NAMES,
              NAMES_CUT_AT_63_BYTES,
              COLON_PARAMETERS,
              DOLLAR_NUMBER_PARAMETERS,
              QUESTION_MARK_OPERATORS,
              FREE_OPERATORS,
              DIGIT_SEPARATORS,
              HEX_NUMBERS,
              RADIX_NUMBERS,
              NO_JUNK_AFTER_NUMBER,
              ATOMIC_BODIES,
              BACKSLASH_COMMANDS),
          List.of(),
          "~!@#^&|`?+-*/%<>=");

  /// DuckDB took PostgreSQL's lexer and changed it: no Unicode escapes that could be relied on.
  private static final LexicalRules DUCKDB =
      new LexicalRules(
          EnumSet.of(
              NESTED_COMMENTS,
              DOLLAR_QUOTES,
              ESCAPE_STRINGS,
              NATIONAL_STRINGS,
              HEX_STRINGS,
              STRINGS_CONTINUE_ON_NEXT_LINE,
              DOLLAR_IN_NAMES,
              UNICODE_NAMES,
              DOLLAR_NUMBER_PARAMETERS,
              DOLLAR_NAME_PARAMETERS,
              NUMBERED_QUESTION_MARKS,
              POSITIONAL_REFERENCES,
              FREE_OPERATORS,
              DIGIT_SEPARATORS,
              HEX_NUMBERS,
              RADIX_NUMBERS,
              NO_JUNK_AFTER_NUMBER),
          List.of(),
          "~!@#^&|`+-*/%<>=");

  private static final LexicalRules MYSQL =
      new LexicalRules(
          EnumSet.of(
              HASH_COMMENTS,
              DASH_COMMENTS_NEED_BLANK,
              EXECUTABLE_COMMENTS,
              NATIONAL_STRINGS,
              BIT_STRINGS,
              HEX_STRINGS,
              CHARACTER_SET_INTRODUCERS,
              BACKSLASH_STRINGS,
              DOUBLE_QUOTED_STRINGS,
              BACKTICK_NAMES,
              DOLLAR_IN_NAMES,
              DIGIT_STARTS_NAME,
              UNICODE_NAMES,
              AT_VARIABLES,
              HEX_NUMBERS,
              RADIX_NUMBERS,
              DELIMITER_COMMAND),
          List.of("<=>", "->>", "<<", ">>", "<>", "!=", "<=", ">=", ":=", "&&", "||", "->"),
          "+-*/%=<>!~^&|");

  private static final LexicalRules SQLITE =
      new LexicalRules(
          EnumSet.of(
              HEX_STRINGS,
              BACKTICK_NAMES,
              BRACKET_NAMES,
              DOLLAR_IN_NAMES,
              UNICODE_NAMES,
              COLON_PARAMETERS,
              AT_PARAMETERS,
              DOLLAR_NAME_PARAMETERS,
              NUMBERED_QUESTION_MARKS,
              HEX_NUMBERS,
              DIGIT_SEPARATORS,
              NO_JUNK_AFTER_NUMBER,
              TRIGGER_BODIES),
          List.of("->>", "||", "<<", ">>", "<=", ">=", "<>", "!=", "==", "->"),
          "+-*/%=<>~&|");

  private static final LexicalRules SQLSERVER =
      new LexicalRules(
          EnumSet.of(
              NESTED_COMMENTS,
              NATIONAL_STRINGS,
              BRACKET_NAMES,
              DOLLAR_IN_NAMES,
              SQL_SERVER_NAMES,
              UNICODE_NAMES,
              LETTERS_ONLY_NAMES,
              AT_VARIABLES,
              HEX_NUMBERS,
              MONEY_NUMBERS,
              GO_LINES),
          List.of(
              "<>", "!=", "!<", "!>", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
              "::"),
          "+-*/%=<>~^&|");

  private static final LexicalRules TRINO =
      new LexicalRules(
          EnumSet.of(
              UNICODE_ESCAPES,
              HEX_STRINGS,
              DIGIT_SEPARATORS,
              HEX_NUMBERS,
              RADIX_NUMBERS,
              NO_JUNK_AFTER_NUMBER),
          List.of("<>", "!=", "<=", ">=", "||", "->", "=>"),
          "+-*/%=<>|");

  /// What means the same to all: whatever servers read differently is refused.
  private static final LexicalRules ANSI =
      new LexicalRules(
          EnumSet.of(
              NESTED_COMMENTS_REFUSED,
              EXECUTABLE_COMMENTS,
              AMBIGUOUS_BACKSLASHES_REFUSED,
              LETTERS_ONLY_NAMES,
              UNICODE_NAMES,
              COLON_PARAMETERS,
              NO_JUNK_AFTER_NUMBER),
          List.of("->>", "<>", "!=", "<=", ">=", "||", "::", "->"),
          "+-*/%=<>");
}
