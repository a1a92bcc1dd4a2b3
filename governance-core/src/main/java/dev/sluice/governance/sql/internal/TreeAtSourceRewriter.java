package dev.sluice.governance.sql.internal;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Rewrites on the tree that the gate trusts, and prints it.
public final class TreeAtSourceRewriter implements AtSourceRewriter {

  private final ParserWorker worker;

  public TreeAtSourceRewriter(ParserWorker worker) {
    this.worker = worker;
  }

  @Override
  public Rewrite rewrite(
      String printed, Dialect dialect, CatalogSnapshot catalog, List<Substitute> substitutes) {
    if (substitutes.isEmpty()) {
      return new Rewrite.Unchanged();
    }
    return switch (Gate.read(StatementText.of(printed), dialect, worker)) {
      case GateResult.Refused refused -> new Rewrite.Refused(refused.refusal());
      case GateResult.Recognised recognised ->
          rewriteInner(recognised.statement(), printed, dialect, catalog, substitutes);
      case GateResult.Parsed parsed -> rewriteTree(parsed, dialect, catalog, substitutes);
    };
  }

  /// A statement that holds another, such as EXPLAIN or COPY of a query.
  private Rewrite rewriteInner(
      RecognisedStatement statement,
      String printed,
      Dialect dialect,
      CatalogSnapshot catalog,
      List<Substitute> substitutes) {
    if (statement.inner().isEmpty()) {
      return namesNothing(statement.printed(), dialect, substitutes)
          .<Rewrite>map(Rewrite.Refused::new)
          .orElse(new Rewrite.Unchanged());
    }
    Rewrite inner = rewrite(statement.inner().get().text().text(), dialect, catalog, substitutes);
    return switch (inner) {
      case Rewrite.Refused refused ->
          new Rewrite.Refused(
              new Refusal(
                  refused.refusal().code(),
                  refused.refusal().message(),
                  new Span(0, printed.length()),
                  refused.refusal().wayOut()));
      case Rewrite.Unchanged unchanged -> unchanged;
      case Rewrite.Rewritten rewritten ->
          new Rewrite.Rewritten(statement.printedWith(rewritten.text()), rewritten.tables());
    };
  }

  private Rewrite rewriteTree(
      GateResult.Parsed parsed,
      Dialect dialect,
      CatalogSnapshot catalog,
      List<Substitute> substitutes) {
    TableSubstitution substitution =
        new TableSubstitution(dialect, catalog, substitutes, parsed.sources(), worker);
    try {
      worker.run(
          () -> {
            substitution.apply(parsed.statement());
            return true;
          });
    } catch (NotAtSource unsupported) {
      return new Rewrite.Refused(unsupported.refusal());
    } catch (ParserWorker.ParserOverrun overrun) {
      return new Rewrite.Refused(
          new Refusal(
              "parser-overrun",
              overrun.getMessage(),
              parsed.sources().all(),
              "Split or simplify the statement."));
    }
    if (substitution.replaced().isEmpty()) {
      return new Rewrite.Unchanged();
    }
    return new Rewrite.Rewritten(
        TreeReader.printed(
            parsed.statement(), dialect, dev.sluice.governance.sql.LexicalModes.SERVER_DEFAULTS),
        substitution.replaced());
  }

  /// A statement that was only named must not name a table that may not be read.
  private static Optional<Refusal> namesNothing(
      String printed, Dialect dialect, List<Substitute> substitutes) {
    Set<String> names = new LinkedHashSet<>();
    for (Substitute substitute : substitutes) {
      names.add(substitute.table().name().toLowerCase(Locale.ROOT));
    }
    for (Token token : Lexer.lex(printed, dialect, LexicalModes.SERVER_DEFAULTS).significant()) {
      boolean name = token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
      if (name && names.contains(token.value().toLowerCase(Locale.ROOT))) {
        return Optional.of(
            new Refusal(
                "not-at-source",
                "This kind of statement cannot be given masked values of " + token.value() + ".",
                token.span(),
                "Query the table with SELECT."));
      }
    }
    return Optional.empty();
  }
}
