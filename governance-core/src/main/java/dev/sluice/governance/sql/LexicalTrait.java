package dev.sluice.governance.sql;

/// One fact about how a server reads text. A dialect is a set of them.
public enum LexicalTrait {
  /// `/* /* */ */` is one comment.
  NESTED_COMMENTS,
  /// A comment inside a comment means different things to different servers, so it is refused.
  NESTED_COMMENTS_REFUSED,
  /// A backslash before a quote ends a string on some servers and not on others, so it is refused.
  AMBIGUOUS_BACKSLASHES_REFUSED,
  /// `#` begins a comment.
  HASH_COMMENTS,
  /// `--` begins a comment only before a blank or the end of the text.
  DASH_COMMENTS_NEED_BLANK,
  /// `/*!` and `/*M!` are not comments: the server runs what is inside.
  EXECUTABLE_COMMENTS,
  /// `$tag$...$tag$`.
  DOLLAR_QUOTES,
  /// `E'...'` with backslash escapes.
  ESCAPE_STRINGS,
  /// `U&'...'` and `U&"..."`.
  UNICODE_ESCAPES,
  /// `N'...'`.
  NATIONAL_STRINGS,
  /// `B'0101'`.
  BIT_STRINGS,
  /// `X'1F'`.
  HEX_STRINGS,
  /// `_utf8mb4'...'`.
  CHARACTER_SET_INTRODUCERS,
  /// A string goes on after blanks with a line break: `'a'⏎'b'`.
  STRINGS_CONTINUE_ON_NEXT_LINE,
  /// A backslash escapes in plain strings, unless the server mode says otherwise.
  BACKSLASH_STRINGS,
  /// A backslash escapes in plain strings if the server still has its old setting.
  BACKSLASH_STRINGS_BY_OLD_SETTING,
  /// `"..."` is a string, unless the server mode says otherwise.
  DOUBLE_QUOTED_STRINGS,
  /// `` `x` ``.
  BACKTICK_NAMES,
  /// `[x]`.
  BRACKET_NAMES,
  /// `$` may stand inside a name.
  DOLLAR_IN_NAMES,
  /// `@` and `#` may stand inside a name, `#` may begin one.
  SQL_SERVER_NAMES,
  /// A name may begin with a digit.
  DIGIT_STARTS_NAME,
  /// Letters beyond ASCII may stand in a name.
  UNICODE_NAMES,
  /// Of the characters beyond ASCII, only letters, digits and marks may stand in a name.
  LETTERS_ONLY_NAMES,
  /// Names are cut after 63 bytes.
  NAMES_CUT_AT_63_BYTES,
  /// `@x` and `@@x` are variables.
  AT_VARIABLES,
  /// `:x` is a parameter.
  COLON_PARAMETERS,
  /// `@x` is a parameter.
  AT_PARAMETERS,
  /// `$1` is a parameter.
  DOLLAR_NUMBER_PARAMETERS,
  /// `$x` is a parameter.
  DOLLAR_NAME_PARAMETERS,
  /// `?1` is a parameter.
  NUMBERED_QUESTION_MARKS,
  /// `?` after an operand is an operator.
  QUESTION_MARK_OPERATORS,
  /// `#1` names a column by its position.
  POSITIONAL_REFERENCES,
  /// PostgreSQL's rule: the longest run of operator characters, cut before a comment, without a
  /// trailing `+` or `-` unless it holds a special character.
  FREE_OPERATORS,
  /// `1_000`.
  DIGIT_SEPARATORS,
  /// `0x1F`.
  HEX_NUMBERS,
  /// `0b01` and, where PostgreSQL-like, `0o17`.
  RADIX_NUMBERS,
  /// A letter right after a number is an error rather than the next token.
  NO_JUNK_AFTER_NUMBER,
  /// `$1.50` is a number.
  MONEY_NUMBERS,
  /// The client command `DELIMITER` changes what ends a statement.
  DELIMITER_COMMAND,
  /// A line `GO` ends a batch.
  GO_LINES,
  /// `CREATE TRIGGER ... BEGIN ...; END` is one statement.
  TRIGGER_BODIES,
  /// `CREATE FUNCTION ... BEGIN ATOMIC ...; END` is one statement.
  ATOMIC_BODIES,
  /// `\d` and the like belong to a command line client.
  BACKSLASH_COMMANDS
}
