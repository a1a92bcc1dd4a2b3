package dev.sluice.governance.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Replaces every match of a regular expression (RE2 syntax, linear time) and shows the rest. A
/// text in which nothing matches, or that comes out as it went in, is redacted: a pattern that
/// misses must not show. A text of fewer than 16 code points of which the pattern leaves more than
/// half is redacted too.
///
/// ```example
/// {algorithm: regex, pattern: "[0-9]{4,}", replacement: "#"}
/// the card 4111111111111111 was declined -> "the card # was declined"
/// no digits in this text -> "[redacted]"
/// "id 12345" -> "id #"
/// "abcdef 1234" -> "[redacted]"
/// ```
final class RegexMask extends TextMask {

  private static final int SHORT = 16;

  private final Pattern pattern;
  private final String replacement;

  /// @throws IllegalArgumentException when the pattern or the replacement is not valid
  RegexMask(String pattern, String replacement) {
    try {
      this.pattern = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"pattern\" is not a regular expression (RE2): " + e.getDescription() + ".", e);
    }
    this.replacement = replacement;
    requireKnownGroups(this.pattern.groupCount(), replacement);
  }

  @Override
  String maskText(String text) {
    Matcher matcher = pattern.matcher(text);
    int left = text.codePointCount(0, text.length());
    int total = left;
    while (matcher.find()) {
      left -= text.codePointCount(matcher.start(), matcher.end());
    }
    if (left == total || (total < SHORT && showsMoreThanHalf(left, total))) {
      return TypedRedaction.TOKEN;
    }
    String masked = pattern.matcher(text).replaceAll(replacement);
    return masked.equals(text) ? TypedRedaction.TOKEN : masked;
  }

  private static void requireKnownGroups(int groups, String replacement) {
    for (int i = 0; i < replacement.length(); i++) {
      char character = replacement.charAt(i);
      if (character == '\\') {
        i++;
        if (i == replacement.length()) {
          throw new IllegalArgumentException("\"replacement\" ends with a lone backslash.");
        }
      } else if (character == '$') {
        boolean digit = i + 1 < replacement.length() && isAsciiDigit(replacement.charAt(i + 1));
        boolean twoDigits = i + 2 < replacement.length() && isAsciiDigit(replacement.charAt(i + 2));
        if (!digit || twoDigits || replacement.charAt(i + 1) - '0' > groups) {
          throw new IllegalArgumentException(
              "\"replacement\" may refer to groups $0 to $"
                  + Math.min(groups, 9)
                  + " of the pattern; write \\$ for a dollar sign.");
        }
      }
    }
  }
}
