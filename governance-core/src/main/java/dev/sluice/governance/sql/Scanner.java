package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over one text. Decides by the next characters what kind of token begins, leaves its
/// reading to the helper for that kind, and keeps what later tokens depend on: the last token that
/// counts, the open brackets, the current delimiter.
final class Scanner {
  private static final int MOST_PROBLEMS = 1_000;

  final String text;
  final LexicalRules rules;
  final LexicalModes modes;
  private final LexicalLimits limits;
  private final List<Token> tokens = new ArrayList<>();
  private final List<LexicalProblem> problems = new ArrayList<>();
  private final StringBuilder brackets = new StringBuilder();
  private String delimiter = ";";
  private @Nullable Token last;
  private boolean statementStart = true;
  private boolean depthReported;

  Scanner(String text, LexicalRules rules, LexicalModes modes, LexicalLimits limits) {
    this.text = text;
    this.rules = rules;
    this.modes = modes;
    this.limits = limits;
  }

  TokenStream scan() {
    int at = 0;
    while (at < text.length()) {
      int end = next(at);
      if (end <= at) {
        end = invalid(at);
      }
      at = end;
    }
    return new TokenStream(tokens, problems);
  }

  private int next(int at) {
    char c = text.charAt(at);
    if (blank(c)) {
      int end = at + 1;
      while (end < text.length() && blank(text.charAt(end))) {
        end++;
      }
      return add(TokenKind.WHITESPACE, at, end);
    }
    if (text.startsWith(delimiter, at)) {
      return add(TokenKind.DELIMITER, at, at + delimiter.length());
    }
    int comment = Comments.end(this, at);
    if (comment > at) {
      return add(TokenKind.COMMENT, at, comment);
    }
    int quoted = Quotes.scan(this, at);
    if (quoted > at) {
      return quoted;
    }
    int special = Specials.scan(this, at);
    if (special > at) {
      return special;
    }
    if (digit(c) || (c == '.' && digit(peek(at + 1)) && !afterDotOrName(at))) {
      int end = Numbers.scan(this, at);
      if (end > at) {
        return end;
      }
    }
    if (Names.startsAt(this, at)) {
      return Names.scan(this, at);
    }
    if ("()[]{},.;".indexOf(c) >= 0) {
      return bracket(c, at);
    }
    int operator = Operators.scan(this, at);
    if (operator > at) {
      return operator;
    }
    if (c == ':') {
      return add(TokenKind.PUNCTUATION, at, at + 1);
    }
    return at;
  }

  /// In MySQL a digit after `name.` continues a qualified name.
  private boolean afterDotOrName(int at) {
    return rules.has(DIGIT_STARTS_NAME)
        && last != null
        && last.end() == at
        && (last.kind() == TokenKind.WORD || last.kind() == TokenKind.QUOTED_NAME);
  }

  private int bracket(char c, int at) {
    if (c == '(' || c == '[' || c == '{') {
      brackets.append(c);
      if (brackets.length() > limits.depth() && !depthReported) {
        depthReported = true;
        problem(LexicalProblems.tooDeep(at, limits.depth()));
      }
    } else if ((c == ')' || c == ']' || c == '}') && !brackets.isEmpty()) {
      brackets.setLength(brackets.length() - 1);
    }
    return add(TokenKind.PUNCTUATION, at, at + 1);
  }

  private int invalid(int at) {
    int codePoint = text.codePointAt(at);
    int end = at + Character.charCount(codePoint);
    if (codePoint == '\\' && rules.has(BACKSLASH_COMMANDS)) {
      problem(LexicalProblems.backslashCommand(at, end));
    } else if (!Characters.refusedOutsideLiterals(codePoint)) {
      problem(LexicalProblems.unexpected(text.substring(at, end), at, end));
    }
    return add(TokenKind.INVALID, at, end);
  }

  int add(TokenKind kind, int start, int end) {
    String image = text.substring(start, end);
    return add(kind, start, end, image);
  }

  int add(TokenKind kind, int start, int end, String value) {
    Token token = new Token(kind, text.substring(start, end), start, end, value);
    tokens.add(token);
    Characters.check(token, this);
    if (kind == TokenKind.DELIMITER) {
      statementStart = true;
      brackets.setLength(0);
      last = null;
    } else if (kind.significant()) {
      statementStart = false;
      last = token;
    }
    return end;
  }

  /// Keeps the first of them: a text that is garbage throughout is told once, not a million times.
  void problem(LexicalProblem problem) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem);
    }
  }

  void delimiter(String mark) {
    delimiter = mark;
  }

  String delimiter() {
    return delimiter;
  }

  boolean statementStart() {
    return statementStart;
  }

  @Nullable Token last() {
    return last;
  }

  /// Whether the innermost open bracket is this one.
  boolean inside(char bracket) {
    return !brackets.isEmpty() && brackets.charAt(brackets.length() - 1) == bracket;
  }

  /// The character there, or NUL after the end.
  char peek(int at) {
    return at >= 0 && at < text.length() ? text.charAt(at) : '\0';
  }

  static boolean blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
