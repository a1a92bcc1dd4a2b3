package dev.sluice.governance.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A text cut into statements, each exactly as written.
///
/// @param statements in order, without delimiters; empty statements vanish
/// @param problems of the whole text; a statement that one of them touches is refused
public record SqlScript(List<StatementText> statements, List<LexicalProblem> problems) {
  public SqlScript {
    statements = List.copyOf(statements);
    problems = List.copyOf(problems);
  }

  public static SqlScript cut(String text, Dialect dialect) {
    return cut(text, dialect, LexicalModes.SERVER_DEFAULTS, LexicalLimits.STANDARD);
  }

  public static SqlScript cut(String text, Dialect dialect, LexicalModes modes) {
    return cut(text, dialect, modes, LexicalLimits.STANDARD);
  }

  /// Never throws. Linear in the length of the text.
  public static SqlScript cut(
      String text, Dialect dialect, LexicalModes modes, LexicalLimits limits) {
    TokenStream stream = Lexer.lex(text, dialect, modes, limits);
    List<LexicalProblem> problems = new ArrayList<>(stream.problems());
    List<StatementText> statements = new ArrayList<>();
    StatementBodies bodies = new StatementBodies(dialect.lexicalRules());
    int start = -1;
    int end = -1;
    for (Token token : stream.tokens()) {
      if (!token.kind().significant()) {
        // A comment that the server runs belongs to the statement before it, and refuses it; one
        // that labels it belongs to it too.
        if (start >= 0 && (runs(token, stream.problems()) || labels(text, token))) {
          end = token.end();
        }
        continue;
      }
      if (token.kind() == TokenKind.DELIMITER && !bodies.hold(token)) {
        if (start >= 0) {
          statements.add(new StatementText(text.substring(start, end), new Span(start, end)));
        }
        start = -1;
        bodies.reset();
        continue;
      }
      if (start < 0) {
        start = token.start();
      }
      end = token.end();
      bodies.see(token);
    }
    if (start >= 0) {
      statements.add(new StatementText(text.substring(start, end), new Span(start, end)));
    }
    if (statements.size() > limits.statements()) {
      Span excess = statements.get(limits.statements()).span();
      problems.add(
          LexicalProblems.tooManyStatements(excess.start(), text.length(), limits.statements()));
      statements = statements.subList(0, limits.statements());
    }
    return new SqlScript(statements, problems);
  }

  private static boolean labels(String text, Token token) {
    return token.kind() == TokenKind.COMMENT
        && !StatementLabels.of(text.substring(token.start(), token.end())).isEmpty();
  }

  private static boolean runs(Token token, List<LexicalProblem> problems) {
    return token.kind() == TokenKind.COMMENT
        && problems.stream()
            .anyMatch(
                problem ->
                    problem.span().start() < token.end() && problem.span().end() > token.start());
  }

  /// The first problem that touches the statement, or that makes the whole text unreadable.
  public Optional<LexicalProblem> problemIn(StatementText statement) {
    return problems.stream()
        .filter(
            problem ->
                problem.span().start() < statement.span().end()
                    && problem.span().end() > statement.span().start())
        .findFirst();
  }
}
