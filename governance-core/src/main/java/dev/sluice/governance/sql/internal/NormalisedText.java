package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Span;
import java.util.Arrays;
import java.util.List;

/// The text handed to the parser: every token in its canonical spelling, one blank between two, and
/// where each comes from.
final class NormalisedText {
  private final List<GateToken> tokens;
  private final String text;
  private final int[] starts;

  NormalisedText(List<GateToken> tokens) {
    this.tokens = List.copyOf(tokens);
    this.starts = new int[tokens.size()];
    StringBuilder builder = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      if (i > 0) {
        builder.append(' ');
      }
      starts[i] = builder.length();
      builder.append(tokens.get(i).text());
    }
    this.text = builder.toString();
  }

  List<GateToken> tokens() {
    return tokens;
  }

  String text() {
    return text;
  }

  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return starts[token] + tokens.get(token).text().length();
  }

  /// The token at this offset, or the last one before it.
  int tokenAt(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  /// Where in the statement text this part of the normalised text comes from.
  Span origin(int start, int end) {
    if (tokens.isEmpty()) {
      return new Span(0, 0);
    }
    Span first = tokens.get(tokenAt(start)).origin();
    Span last = tokens.get(tokenAt(Math.max(start, end - 1))).origin();
    return new Span(Math.min(first.start(), last.start()), Math.max(first.end(), last.end()));
  }
}
