package dev.sluice.app.saved;

import java.util.Locale;

/// One kept text.
///
/// @param folder its name, empty for none
/// @param name unique in its folder
/// @param connection it was written for, empty for any
/// @param favourite whether it comes first
/// @param text exactly
public record SavedQuery(
    String folder, String name, String connection, boolean favourite, String text) {

  private static final int LONGEST_NAME = 100;

  /// Why a name or a folder cannot be one, as a key of the words; empty when it can.
  public static String whyNot(String folder, String name) {
    if (name.isBlank()) {
      return "saved.no-name";
    }
    boolean fits = fits(name) && (folder.isEmpty() || fits(folder));
    return fits ? "" : "saved.bad-name";
  }

  /// They are names of files: on every system, not only on this one.
  private static boolean fits(String name) {
    return name.length() <= LONGEST_NAME
        && name.equals(name.strip())
        && !name.startsWith(".")
        && !name.endsWith(".")
        && name.chars().noneMatch(c -> c < ' ' || "\\/:*?\"<>|".indexOf(c) >= 0);
  }

  /// Whether every word that is looked for is in its name, folder, connection or text.
  public boolean matches(String wanted) {
    String all = (folder + " " + name + " " + connection + " " + text).toLowerCase(Locale.ROOT);
    for (String word : wanted.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!all.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
