package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import dev.sluice.governance.sql.internal.Naming.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Names the statements that are not queries or data changes from their tokens, so that policy can
/// decide on them. What could be harmless is recognised only if every token is understood; what is
/// not harmless keeps its effect whatever follows.
final class Recogniser {
  /// What the parser reads.
  private static final Set<String> FOR_THE_PARSER =
      Set.of("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "TABLE", "FROM");

  private Recogniser() {}

  /// Nothing when the statement is one for the parser.
  static Optional<GateResult> recognise(
      StatementText statement, List<Token> tokens, Dialect dialect, Literals literals) {
    StatementCursor cursor = new StatementCursor(statement, tokens, dialect);
    String first = cursor.word();
    if (FOR_THE_PARSER.contains(first)
        || ((first.equals("PIVOT") || first.equals("SUMMARIZE")) && cursor.is(Dialect.DUCKDB))
        || tokens.getFirst().isPunctuation("(")
        || (first.equals("REPLACE") && !cursor.is(Dialect.POSTGRESQL))) {
      return Optional.empty();
    }
    Optional<Naming> naming = name(cursor, first);
    if (naming.isEmpty()) {
      return Optional.of(unrecognised(cursor));
    }
    Optional<GateResult> several = SeparateStatements.check(cursor, naming.get());
    return several.isPresent()
        ? several
        : Optional.of(new GateResult.Recognised(print(cursor, naming.get(), literals)));
  }

  private static Optional<Naming> name(StatementCursor cursor, String first) {
    return switch (first) {
      case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "XA" ->
          Transactions.name(cursor);
      case "SET", "RESET", "USE", "DISCARD", "PRAGMA" -> Settings.name(cursor);
      case "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "HELP", "SUMMARIZE" -> Inspections.name(cursor);
      case "CREATE",
          "ALTER",
          "DROP",
          "TRUNCATE",
          "RENAME",
          "COMMENT",
          "SECURITY",
          "IMPORT",
          "REASSIGN" ->
          Definitions.name(cursor);
      case "COPY",
          "LOAD",
          "EXPORT",
          "BACKUP",
          "RESTORE",
          "BULK",
          "ATTACH",
          "DETACH",
          "INSTALL",
          "UNINSTALL",
          "FORCE" ->
          Transfers.name(cursor);
      case "" -> Optional.empty();
      default -> Commands.name(cursor);
    };
  }

  private static GateResult unrecognised(StatementCursor cursor) {
    int at = Math.min(cursor.position(), cursor.tokens().size() - 1);
    Token token = cursor.tokens().get(at);
    Optional<GateResult> known = NotShown.why(cursor);
    if (known.isPresent()) {
      return known.get();
    }
    return Gate.refused(
        "unrecognised",
        "This is not a statement that is understood in this dialect.",
        token.span(),
        "Check the spelling, or write it in a plainer way.");
  }

  private static RecognisedStatement print(
      StatementCursor cursor, Naming naming, Literals literals) {
    Held held = naming.held();
    String printed = render(cursor.tokens(), 0, cursor.tokens().size(), literals);
    if (held == null) {
      return new RecognisedStatement(naming.kind(), naming.effects(), Optional.empty(), printed);
    }
    StatementText text = cursor.slice(held.from(), held.to());
    String before = render(cursor.tokens(), 0, held.from(), literals);
    String after = render(cursor.tokens(), held.to(), cursor.tokens().size(), literals);
    if (held.query() != null) {
      text = new StatementText(held.query(), text.span());
      before = before + " (";
      after = ") " + after;
    }
    return new RecognisedStatement(
        naming.kind(),
        naming.effects(),
        Optional.of(new RecognisedStatement.Inner(text, held.role(), before, after)),
        printed);
  }

  /// The tokens in canonical spelling with a blank wherever there was any space.
  static String render(List<Token> tokens, int from, int to, Literals literals) {
    List<GateToken> canonical = new ArrayList<>();
    for (Token token : tokens.subList(from, to)) {
      canonical.add(Canonical.token(token, literals));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < canonical.size(); i++) {
      boolean apart = i > 0 && tokens.get(from + i - 1).end() < tokens.get(from + i).start();
      boolean mayTouch =
          i > 0
              && tokens.get(from + i - 1).kind() != TokenKind.OPERATOR
              && tokens.get(from + i).kind() != TokenKind.OPERATOR;
      text.append(i > 0 && (apart || !mayTouch) ? " " : "").append(canonical.get(i).text());
    }
    return text.toString();
  }

  /// Upper-case words, for the tables of the recognisers.
  static Set<String> words(String list) {
    return java.util.Arrays.stream(list.strip().split("\\s+")).collect(Collectors.toSet());
  }
}
