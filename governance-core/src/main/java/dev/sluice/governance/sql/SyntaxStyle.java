package dev.sluice.governance.sql;

/// How a stretch of SQL text is to be shown.
public enum SyntaxStyle {
  KEYWORD,
  NAME,
  STRING,
  NUMBER,
  COMMENT,
  OPERATOR,
  PARAMETER,
  PROBLEM
}
