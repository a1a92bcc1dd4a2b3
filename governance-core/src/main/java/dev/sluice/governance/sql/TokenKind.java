package dev.sluice.governance.sql;

/// What a token is to the server's own lexer.
public enum TokenKind {
  /// An unquoted name or a keyword; which of the two, the grammar decides.
  WORD,
  /// A delimited name: `"x"`, `` `x` ``, `[x]`, `U&"x"`.
  QUOTED_NAME,
  /// A literal in quotes or dollar quotes, with its prefix, including PostgreSQL's continuation on
  /// the next line.
  STRING,
  NUMBER,
  OPERATOR,
  /// `( ) [ ] { } , . :` and a semicolon that does not end a statement.
  PUNCTUATION,
  /// A placeholder for a bind value: `?`, `$1`, `:name`.
  PARAMETER,
  /// A user or system variable: `@x`, `@@x`.
  VARIABLE,
  COMMENT,
  WHITESPACE,
  /// What ends a statement: `;`, `GO`, the MySQL client's delimiter or its `DELIMITER` command.
  DELIMITER,
  /// Text that no statement of this dialect can hold here. There is a [LexicalProblem] for it.
  INVALID;

  /// Neither blank nor comment.
  public boolean significant() {
    return this != COMMENT && this != WHITESPACE;
  }
}
