package dev.sluice.governance.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Labels that a statement carries itself, in the sqlcommenter form: a comment at its very end,
/// `/*workflow='nightly',commit='4f2a'*/`, keys and values percent-encoded.
///
/// A label is what the sender says of the statement. It is recorded and policies may ask for it; it
/// gives no right that the sender does not have.
public final class StatementLabels {

  /// Names are lower-case words of at most forty characters.
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,39}");

  /// A statement or session carries at most so many.
  private static final int MOST = 20;

  private static final int LONGEST_VALUE = 200;
  private static final int LONGEST_COMMENT = 4000;
  private static final Pattern PAIR =
      Pattern.compile("\\s*([A-Za-z0-9_.%-]+)\\s*=\\s*'((?:[^'\\\\]|\\\\')*)'\\s*(,|$)");

  private StatementLabels() {}

  /// The labels in a statement's last comment; empty when it has none, or none in this form.
  public static Map<String, String> of(String statement) {
    String text = statement.stripTrailing();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    int start = text.lastIndexOf("/*");
    int length = text.length() - start;
    // "/*/" begins a comment and does not end it.
    if (!text.endsWith("*/") || start < 0 || length < 4 || length > LONGEST_COMMENT) {
      return Map.of();
    }
    return pairs(text.substring(start + 2, text.length() - 2));
  }

  private static Map<String, String> pairs(String comment) {
    Map<String, String> labels = new TreeMap<>();
    Matcher matcher = PAIR.matcher(comment);
    int at = 0;
    while (at < comment.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        return Map.of();
      }
      String name = decoded(matcher.group(1));
      String value = decoded(matcher.group(2).replace("\\'", "'"));
      if (isLabel(name, value) && labels.size() < MOST) {
        labels.put(name, value);
      }
      at = matcher.end();
    }
    return labels;
  }

  /// Whether this may be a label: a name as above, a value of at most 200 characters without
  /// control characters.
  public static boolean isLabel(String name, String value) {
    return NAME.matcher(name).matches()
        && value.length() <= LONGEST_VALUE
        && value.codePoints().noneMatch(Character::isISOControl);
  }

  /// Whether all of them may be labels of one statement.
  public static boolean areLabels(Map<String, String> labels) {
    return labels.size() <= MOST
        && labels.entrySet().stream().allMatch(each -> isLabel(each.getKey(), each.getValue()));
  }

  /// Percent-decoding; a text that is not properly encoded stays as it is.
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < encoded.length; at++) {
      if (encoded[at] != '%') {
        bytes.write(encoded[at]);
        continue;
      }
      int high = at + 2 < encoded.length ? Character.digit(encoded[at + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(encoded[at + 2], 16);
      if (low < 0) {
        return text;
      }
      bytes.write(high * 16 + low);
      at += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
