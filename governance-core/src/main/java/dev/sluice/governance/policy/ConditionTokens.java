package dev.sluice.governance.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tokens of a condition, exact for the plain ones: dotted paths, texts without escapes,
/// numbers and operators. A condition that holds anything else has no tokens here.
final class ConditionTokens {

  private static final Set<String> TWO_CHARACTERS = Set.of("&&", "||", "==", "!=", "<=", ">=");
  private static final String ONE_CHARACTER = "!()[],?:<>+-*/%.{}";

  private ConditionTokens() {}

  static Optional<List<String>> of(String condition) {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < condition.length()) {
      char character = condition.charAt(at);
      int end = at + 1;
      if (Character.isWhitespace(character)) {
        at++;
        continue;
      }
      if (character == '"' || character == '\'') {
        end = condition.indexOf(character, at + 1) + 1;
        boolean triple =
            end == at + 2 && end < condition.length() && condition.charAt(end) == character;
        if (end == 0 || triple || condition.substring(at, end).indexOf('\\') >= 0) {
          return Optional.empty();
        }
      } else if (isWord(character)) {
        while (end < condition.length()
            && (isWord(condition.charAt(end)) || isInnerDot(condition, end))) {
          end++;
        }
        if (end < condition.length()
            && (condition.charAt(end) == '"' || condition.charAt(end) == '\'')) {
          return Optional.empty();
        }
      } else if (end < condition.length()
          && TWO_CHARACTERS.contains(condition.substring(at, at + 2))) {
        end = at + 2;
      } else if (ONE_CHARACTER.indexOf(character) < 0 || condition.startsWith("//", at)) {
        return Optional.empty();
      }
      tokens.add(condition.substring(at, end));
      at = end;
    }
    return Optional.of(tokens);
  }

  /// The value of a text token.
  static Optional<String> text(String token) {
    return token.length() >= 2 && (token.charAt(0) == '"' || token.charAt(0) == '\'')
        ? Optional.of(token.substring(1, token.length() - 1))
        : Optional.empty();
  }

  /// The values of `["a", "b"]`.
  static Optional<Set<String>> listOfTexts(List<String> tokens) {
    if (tokens.size() < 3
        || tokens.size() % 2 == 0
        || !tokens.getFirst().equals("[")
        || !tokens.getLast().equals("]")) {
      return Optional.empty();
    }
    Set<String> values = new HashSet<>();
    for (int i = 1; i < tokens.size() - 1; i++) {
      Optional<String> value = text(tokens.get(i));
      if (i % 2 == 0 ? !tokens.get(i).equals(",") : value.isEmpty()) {
        return Optional.empty();
      }
      value.ifPresent(values::add);
    }
    return Optional.of(values);
  }

  static List<List<String>> splitAtDepthZero(List<String> tokens, String separator) {
    List<List<String>> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += depthChange(tokens.get(i));
      if (depth == 0 && tokens.get(i).equals(separator)) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }

  /// Whether the first token opens the parenthesis that the last one closes.
  static boolean isParenthesised(List<String> tokens) {
    if (tokens.size() < 2 || !tokens.getFirst().equals("(")) {
      return false;
    }
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += depthChange(tokens.get(i));
      if (depth == 0) {
        return i == tokens.size() - 1;
      }
    }
    return false;
  }

  private static int depthChange(String token) {
    return switch (token) {
      case "(", "[", "{" -> 1;
      case ")", "]", "}" -> -1;
      default -> 0;
    };
  }

  private static boolean isWord(char character) {
    return character == '_'
        || (character >= '0' && character <= '9')
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z');
  }

  private static boolean isInnerDot(String condition, int at) {
    return condition.charAt(at) == '.'
        && at + 1 < condition.length()
        && isWord(condition.charAt(at + 1));
  }
}
