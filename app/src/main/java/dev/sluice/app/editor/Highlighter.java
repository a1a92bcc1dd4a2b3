package dev.sluice.app.editor;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalLimits;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Colours a script from the core's own tokens. Pure; runs off the FX thread.
final class Highlighter {

  /// One list for each colour: what is alike is then found to be so at once.
  private static final Map<String, List<String>> PLAIN = new ConcurrentHashMap<>();

  private Highlighter() {}

  static List<Token> tokens(String text, Dialect dialect) {
    return Lexer.lex(text, dialect, LexicalModes.SERVER_DEFAULTS, LexicalLimits.STANDARD).tokens();
  }

  /// A place that carries something on top of its colour, such as `masked` or `refused`.
  record Overlay(Span span, String style) {}

  /// Ranges without gaps over the whole text; neighbours differ in style.
  static List<StyledRange> style(List<Token> tokens, int length, List<Overlay> overlays) {
    TreeMap<Integer, List<Overlay>> starts = new TreeMap<>();
    TreeMap<Integer, List<Overlay>> ends = new TreeMap<>();
    TreeSet<Integer> cuts = new TreeSet<>();
    for (Overlay overlay : overlays) {
      int from = Math.clamp(overlay.span().start(), 0, length);
      int to = Math.clamp(overlay.span().end(), from, length);
      if (to > from) {
        starts.computeIfAbsent(from, key -> new ArrayList<>()).add(overlay);
        ends.computeIfAbsent(to, key -> new ArrayList<>()).add(overlay);
        cuts.add(from);
        cuts.add(to);
      }
    }
    List<StyledRange> ranges = new ArrayList<>();
    List<Overlay> open = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String base = styleOf(tokens, i);
      int at = token.start();
      while (at < token.end()) {
        open.removeAll(ends.getOrDefault(at, List.of()));
        open.addAll(starts.getOrDefault(at, List.of()));
        Integer cut = cuts.higher(at);
        int to = cut == null ? token.end() : Math.min(cut, token.end());
        add(ranges, at, to, styles(base, open));
        at = to;
      }
    }
    return ranges;
  }

  private static List<String> styles(String base, List<Overlay> open) {
    if (open.isEmpty()) {
      return PLAIN.computeIfAbsent(base, name -> name.isEmpty() ? List.of() : List.of(name));
    }
    List<String> styles = new ArrayList<>();
    if (!base.isEmpty()) {
      styles.add(base);
    }
    open.stream().map(Overlay::style).distinct().sorted().forEach(styles::add);
    return styles;
  }

  private static void add(List<StyledRange> ranges, int from, int to, List<String> styles) {
    if (!ranges.isEmpty()) {
      StyledRange last = ranges.getLast();
      if (last.end() == from && last.styles().equals(styles)) {
        ranges.set(ranges.size() - 1, new StyledRange(last.start(), to, styles));
        return;
      }
    }
    ranges.add(new StyledRange(from, to, styles));
  }

  private static String styleOf(List<Token> tokens, int index) {
    Token token = tokens.get(index);
    return switch (token.kind()) {
      case WORD -> {
        if (SqlWords.isKeyword(token.text())) {
          yield "sql-keyword";
        }
        yield followedByParenthesis(tokens, index) ? "sql-function" : "";
      }
      case QUOTED_NAME -> "sql-name";
      case STRING -> "sql-string";
      case NUMBER -> "sql-number";
      case OPERATOR, PUNCTUATION -> "sql-operator";
      case PARAMETER, VARIABLE -> "sql-parameter";
      case COMMENT -> "sql-comment";
      case WHITESPACE -> "";
      case DELIMITER -> "sql-operator";
      case INVALID -> "sql-invalid";
    };
  }

  private static boolean followedByParenthesis(List<Token> tokens, int index) {
    return index + 1 < tokens.size() && tokens.get(index + 1).text().equals("(");
  }
}
