package dev.sluice.governance.sql;

/// Server settings that change how a text is cut into tokens. They must be pinned for the session
/// and verified, or the lexer reads another text than the server.
///
/// @param standardConformingStrings PostgreSQL: a backslash in `'...'` is an ordinary character
/// @param noBackslashEscapes MySQL, MariaDB: a backslash in a string is an ordinary character
/// @param ansiQuotes MySQL, MariaDB: `"x"` is a name, not a string
/// @param pipesAsConcat MySQL, MariaDB: `||` concatenates instead of meaning OR
public record LexicalModes(
    boolean standardConformingStrings,
    boolean noBackslashEscapes,
    boolean ansiQuotes,
    boolean pipesAsConcat) {

  /// What each server does when nothing is set.
  public static final LexicalModes SERVER_DEFAULTS = new LexicalModes(true, false, false, false);
}
