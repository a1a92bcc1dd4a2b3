package dev.sluice.gateway.execution;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hides what proves an account in what a database tells about itself: MariaDB's SHOW GRANTS ends
/// with the hash of one's own password, and a leased login's hash is worth guessing.
final class Credentials {

  private static final Pattern PROOF =
      Pattern.compile(
          "(?i)(IDENTIFIED\\s+(?:BY|VIA|WITH)\\b[^']*)'(?:[^']|'')*'(?:(\\s+OR\\s+[^']*)'[^']*')*");
  private static final Pattern HASH = Pattern.compile("\\*[0-9A-Fa-f]{40}\\b");

  private Credentials() {}

  static void hide(@Nullable Object[] row) {
    for (int column = 0; column < row.length; column++) {
      if (row[column] instanceof String text) {
        row[column] =
            HASH.matcher(PROOF.matcher(text).replaceAll("$1'" + ValueShapes.HIDDEN + "'"))
                .replaceAll(ValueShapes.HIDDEN);
      }
    }
  }
}
