package dev.sluice.governance.sql;

/// How much text is read at all.
///
/// @param characters UTF-16 units of one text
/// @param depth of brackets inside brackets
/// @param statements in one script
public record LexicalLimits(int characters, int depth, int statements) {

  /// 256 Ki characters, 200 levels, 100 statements.
  public static final LexicalLimits STANDARD = new LexicalLimits(256 * 1024, 200, 100);
}
