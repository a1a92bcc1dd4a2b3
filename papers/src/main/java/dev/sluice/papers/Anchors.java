package dev.sluice.papers;

import java.util.Collection;
import java.util.Locale;

/// Names of headings in addresses, as GitHub makes them, so that a link works there and on the
/// site.
final class Anchors {

  private Anchors() {}

  /// @param taken names of the page so far; a second one of the same words gets a number
  static String of(String heading, Collection<String> taken) {
    StringBuilder name = new StringBuilder();
    for (char letter : heading.strip().toLowerCase(Locale.ROOT).toCharArray()) {
      if (Character.isLetterOrDigit(letter) || letter == '_' || letter == '-') {
        name.append(letter);
      } else if (letter == ' ') {
        name.append('-');
      }
    }
    String first = name.toString();
    String free = first;
    for (int number = 1; taken.contains(free); number++) {
      free = first + "-" + number;
    }
    return free;
  }
}
