package dev.sluice.governance.enforcement;

import dev.sluice.governance.masking.MaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Text masks as SQL. The text is known not to be NULL; each result is the very text that the mask
/// of the same name in the core gives.
final class TextSqlMasks {

  static final String TOKEN = "'[redacted]'";

  private static final String PHONE_PUNCTUATION = " +()./-";

  private final SqlSyntax syntax;

  TextSqlMasks(SqlSyntax syntax) {
    this.syntax = syntax;
  }

  /// @return empty when the engine cannot express the mask
  Optional<String> mask(MaskSpec spec, String text) {
    return switch (spec.algorithm()) {
      case "redact" -> Optional.of(TOKEN);
      case "fixed" -> Optional.of(fixed(spec));
      case "keep-first" -> Optional.of(keep(text, number(spec, "count", 1), 0));
      case "keep-last" -> Optional.of(keep(text, 0, number(spec, "count", 1)));
      case "keep-both" ->
          Optional.of(keep(text, number(spec, "first", 1), number(spec, "last", 1)));
      case "range" -> range(spec, text);
      case "email" ->
          Optional.of(email(text, Boolean.TRUE.equals(spec.parameters().get("keep-domain"))));
      case "phone" -> expressible(() -> phone(text, number(spec, "count", 2)));
      case "card" ->
          expressible(() -> card(text, number(spec, "first", 0), number(spec, "last", 4)));
      case "iban" -> expressible(() -> iban(text));
      // Texts that may hold dates, numbers, addresses or documents are read by Java's own rules,
      // letters by Unicode's: no engine agrees with those in every case.
      default -> Optional.empty();
    };
  }

  private Optional<String> expressible(java.util.function.Supplier<String> mask) {
    return syntax.hasLookAhead() ? Optional.of(mask.get()) : Optional.empty();
  }

  private static String fixed(MaskSpec spec) {
    return spec.parameters().get("value") instanceof String constant
        ? SqlText.literal(constant)
        : TOKEN;
  }

  private String keep(String text, int first, int last) {
    String length = syntax.length(text);
    List<String> parts = new ArrayList<>();
    if (first > 0) {
      parts.add(syntax.left(text, first));
    }
    parts.add(syntax.stars(length + " - " + (first + last)));
    if (last > 0) {
      parts.add(syntax.right(text, last));
    }
    return when(
        length + " = 0 OR " + 2L * (first + last) + " > " + length,
        syntax.concatenate(parts.toArray(String[]::new)));
  }

  private Optional<String> range(MaskSpec spec, String text) {
    TreeSet<Integer> shown = new TreeSet<>();
    for (String range : texts(spec.parameters().get("show"))) {
      String[] ends = range.strip().split("-", -1);
      try {
        int from = Integer.parseInt(ends[0].strip());
        int to = Integer.parseInt(ends[1].strip());
        if (ends.length != 2 || from < 1 || to < from || to > 1_000) {
          return Optional.empty();
        }
        for (int position = from; position <= to; position++) {
          shown.add(position);
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException notARange) {
        return Optional.empty();
      }
    }
    String length = syntax.length(text);
    List<String> parts = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    int hiddenTo = 0;
    while (!shown.isEmpty()) {
      int from = shown.first();
      int to = from;
      while (shown.remove(to)) {
        to++;
      }
      to--;
      parts.add(hidden(syntax.least(length, String.valueOf(from - 1)), hiddenTo));
      parts.add(syntax.part(text, from, to - from + 1));
      kept.add(syntax.greatest("0", syntax.least(length, String.valueOf(to)) + " - " + (from - 1)));
      hiddenTo = to;
    }
    parts.add(hidden(length, hiddenTo));
    return Optional.of(
        when(
            length + " = 0 OR 2 * (" + String.join(" + ", kept) + ") > " + length,
            syntax.concatenate(parts.toArray(String[]::new))));
  }

  private String hidden(String to, int after) {
    return syntax.stars(syntax.greatest("0", to + " - " + after));
  }

  private String email(String text, boolean keepDomain) {
    String at = syntax.find(text, "@");
    String dot = syntax.lastFullStop(text);
    String length = syntax.length(text);
    String notAnAddress =
        at
            + " <= 1 OR "
            + syntax.find(syntax.from(text, at + " + 1"), "@")
            + " > 0 OR "
            + dot
            + " < "
            + at
            + " + 2 OR "
            + dot
            + " = "
            + length;
    if (keepDomain) {
      return when(
          notAnAddress + " OR 2 > " + at + " - 1",
          syntax.concatenate(syntax.left(text, 1), "'***'", syntax.from(text, at)));
    }
    // Shown: one letter before the sign, one after, and the last label; all but the sign and the
    // last full stop count.
    return when(
        notAnAddress + " OR 2 * (2 + " + length + " - " + dot + ") > " + length + " - 2",
        syntax.concatenate(
            syntax.left(text, 1),
            "'***@'",
            syntax.left(syntax.from(text, at + " + 1"), 1),
            "'***'",
            syntax.from(text, dot)));
  }

  private String phone(String text, int count) {
    String digits = syntax.length(syntax.without(text, PHONE_PUNCTUATION));
    return when(
        syntax.matches(text, "[^0-9 +()./-]")
            + " OR "
            + digits
            + " = 0 OR "
            + 2 * count
            + " > "
            + digits,
        hideAllButLast(text, count));
  }

  private String card(String text, int first, int last) {
    String digits = syntax.length(syntax.without(text, " -"));
    String end = hideAllButLast(text, last);
    String masked = end;
    if (first > 0) {
      String beginning = syntax.firstMatch(text, "^([^0-9]*[0-9]){" + first + "}");
      if (syntax instanceof PostgresqlSyntax) {
        // PostgreSQL's substring gives the first group: take the whole match by not capturing.
        beginning = syntax.firstMatch(text, "^(?:[^0-9]*[0-9]){" + first + "}");
      }
      String rest = syntax.from(text, syntax.length(beginning) + " + 1");
      masked =
          "CASE WHEN "
              + digits
              + " >= 16 THEN "
              + syntax.concatenate(beginning, hideAllButLast(rest, last))
              + " ELSE "
              + end
              + " END";
    }
    return when(
        syntax.matches(text, "[^0-9 -]")
            + " OR "
            + digits
            + " < 8 OR "
            + digits
            + " > 19 OR "
            + 2 * last
            + " > "
            + digits,
        masked);
  }

  private String hideAllButLast(String text, int count) {
    return syntax.hideMatches(
        text, count == 0 ? "[0-9]" : "[0-9](?=([^0-9]*[0-9]){" + count + "})");
  }

  private String iban(String text) {
    String compact = syntax.without(text, " ");
    String length = syntax.length(compact);
    String beginning = syntax.firstMatch(text, "^ *[^ ] *[^ ]");
    String rest = syntax.from(text, syntax.length(beginning) + " + 1");
    return when(
        length
            + " < 15 OR "
            + length
            + " > 34 OR "
            + syntax.matches(compact, "[^A-Za-z0-9]")
            + " OR NOT "
            + syntax.matches(compact, "^[A-Za-z][A-Za-z][0-9][0-9]"),
        syntax.concatenate(beginning, syntax.hideMatches(rest, "[^ ](?=( *[^ ]){4})")));
  }

  private static String when(String hide, String otherwise) {
    return "CASE WHEN " + hide + " THEN " + TOKEN + " ELSE " + otherwise + " END";
  }

  static int number(MaskSpec spec, String name, int otherwise) {
    return spec.parameters().get(name) instanceof Number number ? number.intValue() : otherwise;
  }

  private static List<String> texts(@org.jspecify.annotations.Nullable Object value) {
    if (value instanceof String text) {
      return List.of(text);
    }
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
