package dev.sluice.governance.sql;

/// Case folding of keywords. Only ASCII letters fold: the long s and the dotless i must not turn a
/// name into a keyword in any locale.
public final class AsciiCase {
  private AsciiCase() {}

  public static boolean equal(String left, String right) {
    if (left.length() != right.length()) {
      return false;
    }
    for (int i = 0; i < left.length(); i++) {
      if (upper(left.charAt(i)) != upper(right.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// The text with `a` to `z` made upper case and nothing else changed.
  public static String upper(String text) {
    StringBuilder result = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char folded = upper(c);
      if (folded != c && result == null) {
        result = new StringBuilder(text);
      }
      if (result != null) {
        result.setCharAt(i, folded);
      }
    }
    return result == null ? text : result.toString();
  }

  /// The text with `A` to `Z` made lower case and nothing else changed.
  public static String lower(String text) {
    StringBuilder result = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char folded = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
      if (folded != c && result == null) {
        result = new StringBuilder(text);
      }
      if (result != null) {
        result.setCharAt(i, folded);
      }
    }
    return result == null ? text : result.toString();
  }

  static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
  }
}
