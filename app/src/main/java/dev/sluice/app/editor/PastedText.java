package dev.sluice.app.editor;

/// What the editor makes of a text from the clipboard or a file.
///
/// @param text what goes in; empty when it is too large
/// @param tooLarge more than one tab holds
/// @param nulCharacters how many NUL characters were made visible
record PastedText(String text, boolean tooLarge, int nulCharacters) {

  /// More than this many UTF-16 units in one tab would make typing slow.
  static final int LIMIT = 2_000_000;

  /// Shown instead of NUL, which no font draws and no database takes.
  static final char VISIBLE_NUL = '\u2400';

  static PastedText of(String raw, int already) {
    if ((long) raw.length() + already > LIMIT) {
      return new PastedText("", true, 0);
    }
    int nul = 0;
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == 0) {
        nul++;
      }
    }
    String text = nul == 0 ? raw : raw.replace('\0', VISIBLE_NUL);
    return new PastedText(text.replace("\r\n", "\n").replace('\r', '\n'), false, nul);
  }
}
