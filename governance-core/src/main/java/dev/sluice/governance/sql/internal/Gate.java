package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalLimits;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import dev.sluice.governance.sql.TokenStream;
import java.util.List;
import java.util.Optional;

/// The only way from text to a tree. Our lexer reads the text, the parser reads a normalised form
/// of it, and the tree is trusted only if it prints the same tokens in the same order. Whatever the
/// parser skips, merges or invents shows there and is refused.
///
/// Never throws for any text.
public final class Gate {
  private final Dialect dialect;
  private final LexicalModes modes;
  private final LexicalLimits limits;
  private final ParserWorker worker;

  public Gate(Dialect dialect, LexicalModes modes, LexicalLimits limits, ParserWorker worker) {
    this.dialect = dialect;
    this.modes = modes;
    this.limits = limits;
    this.worker = worker;
  }

  public static GateResult read(StatementText statement, Dialect dialect, ParserWorker worker) {
    return new Gate(dialect, LexicalModes.SERVER_DEFAULTS, LexicalLimits.STANDARD, worker)
        .read(statement);
  }

  public GateResult read(StatementText statement) {
    TokenStream stream = Lexer.lex(statement.text(), dialect, modes, limits);
    if (!stream.problems().isEmpty()) {
      return new GateResult.Refused(stream.problems().getFirst().refusal());
    }
    List<Token> tokens = withoutFinalDelimiters(stream.significant());
    if (tokens.isEmpty()) {
      return refused(
          "empty-statement", "There is no statement.", new Span(0, 0), "Write a statement.");
    }
    Literals literals = new Literals(dialect, modes);
    Optional<GateResult> recognised = Recogniser.recognise(statement, tokens, dialect, literals);
    if (recognised.isPresent()) {
      return recognised.get();
    }
    Optional<GateResult> several =
        SeparateStatements.checkQuery(new StatementCursor(statement, tokens, dialect));
    if (several.isPresent()) {
      return several.get();
    }
    for (Token token : tokens) {
      if (token.kind() == TokenKind.DELIMITER) {
        return refused(
            "several-statements",
            "There is more than one statement.",
            token.span(),
            "Run one statement at a time.");
      }
    }
    Rewriter.Result rewritten = new Rewriter(dialect, modes, literals).rewrite(tokens);
    if (rewritten.refusal() != null) {
      return new GateResult.Refused(rewritten.refusal());
    }
    NormalisedText normalised = new NormalisedText(rewritten.lent());
    try {
      return worker.run(
          () ->
              new TreeReader(dialect, modes, literals)
                  .read(statement, tokens, normalised, rewritten.kept()));
    } catch (ParserWorker.ParserOverrun overrun) {
      return refused(
          "parser-overrun",
          overrun.getMessage(),
          new Span(0, statement.text().length()),
          "Split or simplify the statement.");
    }
  }

  private static List<Token> withoutFinalDelimiters(List<Token> tokens) {
    int end = tokens.size();
    while (end > 0 && tokens.get(end - 1).kind() == TokenKind.DELIMITER) {
      end--;
    }
    return tokens.subList(0, end);
  }

  static GateResult refused(String code, String message, Span span, String wayOut) {
    return new GateResult.Refused(new Refusal(code, message, span, wayOut));
  }
}
