package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.CatalogSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Reads policies: YAML, or JSON as a part of it. Unknown keys, repeated keys and aliases are
/// refused; each problem carries its line and column. Never throws for any text.
public final class PolicyParser {

  private PolicyParser() {}

  /// Reads a policy and checks all that can be checked without a database, conditions included.
  ///
  /// @param text the whole document
  /// @param source name of the document for messages
  public static ParsedPolicy parse(String text, String source) {
    return parse(text, source, true, Map.of());
  }

  /// Reads a policy and compares it with the databases it is for, as is done before publishing: a
  /// classification that matches no column is a problem.
  ///
  /// @param catalogs by connection name
  public static ParsedPolicy parse(
      String text, String source, Map<String, CatalogSnapshot> catalogs) {
    return parse(text, source, true, catalogs);
  }

  /// Reads a policy that was checked when it was published: conditions are compiled only when they
  /// are needed, so that large policies load at once. Everything else is checked as in [#parse].
  public static ParsedPolicy parsePublished(String text, String source) {
    return parse(text, source, false, Map.of());
  }

  private static ParsedPolicy parse(
      String text, String source, boolean compile, Map<String, CatalogSnapshot> catalogs) {
    PolicyDocument document = PolicyDocument.read(text, source);
    if (!document.problems().isEmpty()) {
      return new ParsedPolicy.Problems(document.problems());
    }
    List<PolicyProblem> problems = PolicySchema.problems(document);
    if (!problems.isEmpty()) {
      return new ParsedPolicy.Problems(inOrder(problems));
    }
    PolicyChecks checks = new PolicyChecks(document, compile);
    checks.run();
    if (!catalogs.isEmpty() && checks.problems().isEmpty()) {
      new CatalogChecks(document, catalogs, checks.problems(), checks.warnings()).run();
    }
    if (!checks.problems().isEmpty()) {
      return new ParsedPolicy.Problems(inOrder(checks.problems()));
    }
    return new ParsedPolicy.Parsed(new PolicyReader(document).bundle(), inOrder(checks.warnings()));
  }

  private static List<PolicyProblem> inOrder(List<PolicyProblem> problems) {
    List<PolicyProblem> sorted = new ArrayList<>(problems);
    sorted.sort(
        Comparator.comparingInt(PolicyProblem::line).thenComparingInt(PolicyProblem::column));
    return sorted;
  }
}
