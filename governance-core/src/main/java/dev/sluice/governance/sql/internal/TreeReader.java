package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenStream;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.UnsupportedStatement;

/// Runs the parser over normalised text and checks what it made of it.
final class TreeReader {
  private static final String WRITE_DIFFERENTLY =
      "Write it in a plainer way; the message says where reading stopped.";

  private final Dialect dialect;
  private final LexicalModes modes;
  private final Literals literals;

  TreeReader(Dialect dialect, LexicalModes modes, Literals literals) {
    this.dialect = dialect;
    this.modes = modes;
    this.literals = literals;
  }

  /// @param kept the tokens that the printed text must have
  GateResult read(
      StatementText statement,
      List<Token> tokens,
      NormalisedText normalised,
      List<GateToken> kept) {
    try {
      return readTree(statement, tokens, normalised, kept);
    } catch (StackOverflowError tooDeep) {
      return Gate.refused(
          "nesting-too-deep",
          "The statement is nested too deeply to be read.",
          new Span(0, statement.text().length()),
          "Split or flatten it.");
    }
  }

  private GateResult readTree(
      StatementText statement,
      List<Token> tokens,
      NormalisedText normalised,
      List<GateToken> kept) {
    Attempt attempt = parse(normalised);
    if (attempt.statements == null) {
      return Gate.refused(
          "unparsed",
          "The statement is not understood from here on.",
          attempt.place,
          WRITE_DIFFERENTLY);
    }
    List<Statement> statements = attempt.statements.getStatements();
    Span all = new Span(0, statement.text().length());
    if (statements == null || statements.size() != 1) {
      return Gate.refused(
          "several-statements",
          "The text holds more than one statement.",
          all,
          "Separate statements with semicolons and run them one by one.");
    }
    Statement tree = statements.getFirst();
    if (tree == null || tree instanceof UnsupportedStatement) {
      return Gate.refused(
          "unsupported-statement",
          "This kind of statement is not understood.",
          all,
          WRITE_DIFFERENTLY);
    }
    Optional<Refusal> disagreement = TokenAgreement.check(attempt.first, normalised);
    if (disagreement.isPresent()) {
      return new GateResult.Refused(disagreement.get());
    }
    String printed = printed(tree, dialect, modes);
    TokenStream stream = Lexer.lex(printed, dialect, modes);
    List<Token> printedTokens = stream.significant();
    Fidelity.Result fidelity = Fidelity.compare(kept, printedTokens, stream.problems());
    if (fidelity.refusal() != null) {
      return new GateResult.Refused(fidelity.refusal());
    }
    SourceMap sources =
        new SourceMap(normalised, printedTokens, fidelity.origins(), dialect, modes);
    return new GateResult.Parsed(tree, printed, tokens, sources);
  }

  /// The tree as the server is to read it.
  static String printed(Statement tree, Dialect dialect, LexicalModes modes) {
    String text = BorrowedOperators.giveBack(tree.toString(), dialect, modes);
    return LentForms.giveBack(text, dialect, modes);
  }

  private record Attempt(
      @org.jspecify.annotations.Nullable Statements statements,
      net.sf.jsqlparser.parser.Token first,
      Span place) {}

  private Attempt parse(NormalisedText normalised) {
    CCJSqlParser parser = CCJSqlParserUtil.newParser(normalised.text());
    parser
        .withAllowComplexParsing(true)
        .withUnsupportedStatements(false)
        .withErrorRecovery(false)
        .withBackslashEscapeCharacter(literals.backslashEscapes())
        .withSquareBracketQuotation(false);
    net.sf.jsqlparser.parser.Token first = parser.token;
    try {
      return new Attempt(parser.Statements(), first, normalised.origin(0, 1));
    } catch (ParseException e) {
      // The parser looks ahead before it chooses; the last token that it looked at is where no
      // choice was left.
      net.sf.jsqlparser.parser.Token last = first;
      while (last.next != null && last.next.kind != 0) {
        last = last.next;
      }
      int at = last == first ? 0 : last.absoluteBegin - 1;
      int offset = Math.clamp(at, 0, Math.max(0, normalised.text().length() - 1));
      return new Attempt(null, first, normalised.origin(offset, offset + 1));
    } catch (RuntimeException e) {
      // The parser throws all kinds of unchecked exceptions for names and numbers it cannot hold.
      return new Attempt(null, first, normalised.origin(0, normalised.text().length()));
    }
  }
}
