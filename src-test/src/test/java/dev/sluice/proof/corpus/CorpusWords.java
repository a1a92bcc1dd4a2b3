package dev.sluice.proof.corpus;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Span;

/// How values are spelled in corpus files.
final class CorpusWords {

  private CorpusWords() {}

  static Dialect dialect(CorpusCase each) {
    String name = each.setting("dialect");
    return Dialect.named(name)
        .orElseThrow(
            () -> new CorpusException("line " + each.line() + ": no dialect '" + name + "'"));
  }

  /// The text of a span, in quotes, on one line.
  static String quoted(Span span, String text) {
    if (span.end() > text.length()) {
      return "OUTSIDE " + span.start() + ".." + span.end();
    }
    return '"' + oneLine(text.substring(span.start(), span.end())) + '"';
  }

  static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.appendCodePoint(point);
              }
            });
    return line.toString();
  }
}
