package dev.sluice.governance.policy;

import dev.sluice.governance.sql.Span;
import java.util.Locale;
import java.util.Optional;

/// Finds the words around a place in a statement, for suggested changes. It only looks at plain
/// words right before and after; where it is not sure it finds nothing.
final class Clauses {

  private Clauses() {}

  /// The part to leave out so that the condition at the place is gone: with its `AND`, or with its
  /// `WHERE` when it is the only condition.
  static Optional<Span> conditionAround(String text, Span span) {
    Optional<Span> after = afterKeyword(text, span, "and");
    if (after.isPresent()) {
      return endsCleanly(text, span.end(), true) ? after : Optional.empty();
    }
    String rest = text.substring(span.end()).stripLeading();
    int gap = text.length() - span.end() - rest.length();
    if (startsWithWord(rest, "and") && isWordBefore(text, span.start(), "where")) {
      int end = span.end() + gap + 3;
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      return Optional.of(new Span(span.start(), end));
    }
    return endsCleanly(text, span.end(), false)
        ? afterKeyword(text, span, "where")
        : Optional.empty();
  }

  /// The place and the keyword right before it, with the blanks before that.
  static Optional<Span> afterKeyword(String text, Span span, String keyword) {
    String before = text.substring(0, span.start());
    String stripped = before.stripTrailing();
    if (stripped.length() == before.length() || !isWordBefore(text, span.start(), keyword)) {
      return Optional.empty();
    }
    String head = stripped.substring(0, stripped.length() - keyword.length()).stripTrailing();
    return Optional.of(new Span(head.length(), span.end()));
  }

  private static boolean isWordBefore(String text, int at, String word) {
    String before = text.substring(0, at).stripTrailing().toLowerCase(Locale.ROOT);
    int start = before.length() - word.length();
    return before.endsWith(word) && start > 0 && Character.isWhitespace(before.charAt(start - 1));
  }

  private static boolean startsWithWord(String text, String word) {
    return text.length() > word.length()
        && text.substring(0, word.length()).equalsIgnoreCase(word)
        && Character.isWhitespace(text.charAt(word.length()));
  }

  /// Whether a condition ends here: at the end of the text or before a clause, not inside a larger
  /// expression.
  private static boolean endsCleanly(String text, int at, boolean andAllowed) {
    String rest = text.substring(at).strip();
    if (rest.isEmpty() || rest.startsWith(")") || (andAllowed && startsWithWord(rest, "and"))) {
      return true;
    }
    return java.util.stream.Stream.of("group", "order", "limit", "having", "returning", "union")
        .anyMatch(word -> startsWithWord(rest, word));
  }
}
