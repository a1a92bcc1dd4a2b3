package dev.sluice.governance.policy;

import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Changes to a statement's text that may help. Suggestions only: the changed text is decided anew.
final class StatementFixes {

  private StatementFixes() {}

  static WayOut addWhere(StatementAnalysis analysis) {
    String text = analysis.statement().text();
    String folded = " " + text.toLowerCase(Locale.ROOT).replaceAll("\\s", " ") + " ";
    boolean simple =
        List.of("update", "delete").contains(analysis.kind().toLowerCase(Locale.ROOT))
            && List.of(" where ", " returning ", " limit ", " order by ", " using ", "--", "/*")
                .stream()
                .noneMatch(folded::contains);
    return simple
        ? new WayOut.Fix("Add a WHERE that chooses the rows", WaysOut.end(analysis), " WHERE ")
        : new WayOut.Advice("Let WHERE choose the rows by a condition on their columns.");
  }

  /// A limit for a plain query in a dialect that ends queries with LIMIT.
  static Optional<WayOut> addLimit(StatementAnalysis analysis) {
    boolean atTheEnd =
        switch (analysis.dialect()) {
          case POSTGRESQL, MYSQL, MARIADB, SQLITE, DUCKDB, TRINO, ANSI -> true;
          case SQLSERVER -> false;
        };
    String folded = analysis.statement().text().toLowerCase(Locale.ROOT);
    boolean plain =
        analysis.kind().equals("SELECT")
            && !folded.contains("--")
            && !folded.contains(" for ")
            && !folded.contains("fetch");
    return atTheEnd && plain
        ? Optional.of(new WayOut.Fix("Add a LIMIT", WaysOut.end(analysis), " LIMIT 1000"))
        : Optional.empty();
  }

  /// The statement without the clause that uses the column.
  static List<WayOut> without(StatementAnalysis analysis, MaskingVerdict.Refused refused) {
    String text = analysis.statement().text();
    Span span = refused.use().span();
    if (span.end() > text.length()) {
      return List.of();
    }
    return switch (refused.use().role()) {
      case PREDICATE, HAVING, QUALIFY ->
          Clauses.conditionAround(text, span)
              .map(cut -> fix("Leave this condition out", cut))
              .orElse(advice("Choose the rows by another column."));
      case ORDER ->
          Clauses.afterKeyword(text, span, "order by")
              .map(cut -> fix("Leave ORDER BY out", cut))
              .orElse(advice("Order by another column."));
      case GROUP, DISTINCT ->
          advice("Count with count(DISTINCT column), or group by another column.");
      case SET_OPERATION ->
          Optional.of(text.substring(span.start(), span.end()))
              .filter(word -> word.equalsIgnoreCase("union"))
              .map(word -> List.<WayOut>of(new WayOut.Fix("Use UNION ALL", span, "UNION ALL")))
              .orElse(advice("Use UNION ALL, or leave the column out."));
      case JOIN -> advice("Join by an identifier that is not protected.");
      case FALLIBLE -> advice("Show the column as it is, without casting or calculating.");
      case COPY -> advice("Leave the column out of what is copied.");
      case EXPLAIN -> advice("Explain the statement without this column.");
      case WINDOW, FILTER, LIMIT, ROWS, PIVOT, COSTLY, UNKNOWN_FUNCTION, DECLASSIFIED ->
          advice("Use another column here.");
    };
  }

  private static List<WayOut> fix(String label, Span span) {
    return List.of(new WayOut.Fix(label, span, ""));
  }

  private static List<WayOut> advice(String label) {
    return List.of(new WayOut.Advice(label));
  }
}
