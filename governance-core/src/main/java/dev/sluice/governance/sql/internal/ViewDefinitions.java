package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.internal.analysis.StatementReader.Tree;
import dev.sluice.governance.sql.internal.resolve.Misunderstood;
import java.util.LinkedHashMap;
import java.util.Map;

/// The trees of view definitions, through the same gate as statements. The most recently used are
/// kept.
final class ViewDefinitions {
  private static final int KEPT = 512;

  private record Key(Dialect dialect, String definition) {}

  private final Map<Key, Tree> trees =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Tree> eldest) {
          return size() > KEPT;
        }
      };

  /// @throws Misunderstood when the gate refuses the definition
  synchronized Tree tree(String definition, Dialect dialect) {
    Key key = new Key(dialect, definition);
    Tree known = trees.get(key);
    if (known == null) {
      known = read(definition, dialect);
      trees.put(key, known);
    }
    return known;
  }

  private static Tree read(String definition, Dialect dialect) {
    StatementText text = StatementText.of(definition);
    return switch (Gate.read(text, dialect, ParserWorker.onCallerThread())) {
      case GateResult.Parsed parsed ->
          new Tree(
              parsed.statement(),
              definition,
              span -> parsed.sources().ofParsed(span.start(), span.end()));
      case GateResult.Recognised recognised ->
          recognised
              .statement()
              .inner()
              .filter(inner -> inner.role() != RecognisedStatement.Role.PREPARED)
              .map(inner -> read(inner.text().text(), dialect))
              .orElseThrow(() -> new Misunderstood(notAQuery(definition)));
      case GateResult.Refused refused -> throw new Misunderstood(refused.refusal());
    };
  }

  private static dev.sluice.governance.sql.Refusal notAQuery(String definition) {
    return new dev.sluice.governance.sql.Refusal(
        "view-not-expanded",
        "Its definition is not a query.",
        new dev.sluice.governance.sql.Span(0, definition.length()),
        "Refresh the schema.");
  }
}
