package dev.sluice.governance.policy;

/// Tags are dotted words; in a pattern `*` stands for any characters, dots included.
final class TagPattern {

  private TagPattern() {}

  static boolean isPattern(String tag) {
    return tag.indexOf('*') >= 0;
  }

  static boolean matches(String pattern, String tag) {
    int patternAt = 0;
    int textAt = 0;
    int star = -1;
    int resume = -1;
    while (textAt < tag.length()) {
      if (patternAt < pattern.length() && pattern.charAt(patternAt) == '*') {
        star = patternAt++;
        resume = textAt;
      } else if (patternAt < pattern.length() && pattern.charAt(patternAt) == tag.charAt(textAt)) {
        patternAt++;
        textAt++;
      } else if (star >= 0) {
        patternAt = star + 1;
        textAt = ++resume;
      } else {
        return false;
      }
    }
    while (patternAt < pattern.length() && pattern.charAt(patternAt) == '*') {
      patternAt++;
    }
    return patternAt == pattern.length();
  }

  /// How much of a pattern is fixed: the pattern that fixes most is the one meant.
  static int weight(String pattern) {
    return isPattern(pattern) ? pattern.replace("*", "").length() : Integer.MAX_VALUE;
  }
}
