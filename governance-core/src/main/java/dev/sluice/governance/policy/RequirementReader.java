package dev.sluice.governance.policy;

import dev.sluice.governance.policy.Requirement.Dimension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads from a condition's text what it requires, without compiling it. It understands
/// conjunctions of simple tests and leaves everything else alone: whatever it reports is implied by
/// the condition, so a rule whose requirement is not met can be skipped. In CEL `false && error` is
/// false, so a skipped rule could not have failed either.
final class RequirementReader {

  private static final Map<String, Dimension> SCALARS =
      Map.of(
          "connection.environment", Dimension.ENVIRONMENT,
          "connection.name", Dimension.CONNECTION,
          "connection.engine", Dimension.ENGINE,
          "connection.ring", Dimension.RING,
          "user.subject", Dimension.SUBJECT,
          "actor.kind", Dimension.ACTOR_KIND,
          "statement.kind", Dimension.STATEMENT_KIND);
  private static final Map<String, Dimension> LISTS =
      Map.of(
          "user.groups", Dimension.GROUP,
          "user.roles", Dimension.ROLE,
          "statement.tables", Dimension.TABLE,
          "statement.tags_read", Dimension.TAG_READ,
          "statement.tags_used", Dimension.TAG_USED);
  private static final Map<String, String> FLAGS =
      Map.of(
          "statement.reads_only", "reads_only",
          "statement.writes", "writes",
          "statement.parsed", "parsed");
  private static final String EFFECTS = "statement.effects.exists";

  private RequirementReader() {}

  static List<Requirement> read(String condition) {
    Optional<List<String>> tokens = ConditionTokens.of(condition);
    List<Requirement> found = new ArrayList<>();
    tokens.ifPresent(all -> conjunction(all, found));
    return List.copyOf(found);
  }

  private static void conjunction(List<String> tokens, List<Requirement> found) {
    if (ConditionTokens.splitAtDepthZero(tokens, "||").size() > 1
        || ConditionTokens.splitAtDepthZero(tokens, "?").size() > 1) {
      disjunction(tokens).ifPresent(found::add);
      return;
    }
    List<List<String>> parts = ConditionTokens.splitAtDepthZero(tokens, "&&");
    if (parts.size() > 1) {
      parts.forEach(part -> conjunction(part, found));
    } else if (ConditionTokens.isParenthesised(tokens)) {
      conjunction(tokens.subList(1, tokens.size() - 1), found);
    } else {
      test(tokens).ifPresent(found::add);
    }
  }

  /// A disjunction of tests of one dimension is one test of it.
  private static Optional<Requirement> disjunction(List<String> tokens) {
    Dimension dimension = null;
    Set<String> values = new HashSet<>();
    for (List<String> part : ConditionTokens.splitAtDepthZero(tokens, "||")) {
      Optional<Requirement> requirement = test(part);
      if (requirement.isEmpty()
          || (dimension != null && requirement.get().dimension() != dimension)) {
        return Optional.empty();
      }
      dimension = requirement.get().dimension();
      values.addAll(requirement.get().anyOf());
    }
    return dimension == null ? Optional.empty() : Optional.of(new Requirement(dimension, values));
  }

  private static Optional<Requirement> test(List<String> tokens) {
    if (tokens.size() == 1 && FLAGS.containsKey(tokens.getFirst())) {
      return flag(FLAGS.get(tokens.getFirst()));
    }
    if (tokens.size() == 2 && tokens.getFirst().equals("!") && FLAGS.containsKey(tokens.get(1))) {
      return flag("!" + FLAGS.get(tokens.get(1)));
    }
    if (tokens.size() == 3 && tokens.get(1).equals("==")) {
      return equality(tokens.getFirst(), tokens.get(2))
          .or(() -> equality(tokens.get(2), tokens.getFirst()));
    }
    if (tokens.size() == 3 && tokens.get(1).equals("in") && LISTS.containsKey(tokens.get(2))) {
      return ConditionTokens.text(tokens.getFirst())
          .map(value -> new Requirement(LISTS.get(tokens.get(2)), Set.of(value)));
    }
    if (tokens.size() >= 3 && tokens.get(1).equals("in")) {
      return Optional.ofNullable(SCALARS.get(tokens.getFirst()))
          .flatMap(
              dimension ->
                  ConditionTokens.listOfTexts(tokens.subList(2, tokens.size()))
                      .map(values -> new Requirement(dimension, values)));
    }
    return effects(tokens);
  }

  private static Optional<Requirement> equality(String path, String value) {
    if (FLAGS.containsKey(path) && (value.equals("true") || value.equals("false"))) {
      return flag((value.equals("true") ? "" : "!") + FLAGS.get(path));
    }
    Dimension dimension = SCALARS.get(path);
    return dimension == null
        ? Optional.empty()
        : ConditionTokens.text(value).map(text -> new Requirement(dimension, Set.of(text)));
  }

  /// `statement.effects.exists(e, e.kind == "DROP" && ...)`.
  private static Optional<Requirement> effects(List<String> tokens) {
    if (tokens.size() < 6
        || !tokens.getFirst().equals(EFFECTS)
        || !tokens.get(1).equals("(")
        || !tokens.get(3).equals(",")
        || !ConditionTokens.isParenthesised(tokens.subList(1, tokens.size()))) {
      return Optional.empty();
    }
    String kind = tokens.get(2) + ".kind";
    List<String> body = tokens.subList(4, tokens.size() - 1);
    if (ConditionTokens.splitAtDepthZero(body, "||").size() > 1
        || ConditionTokens.splitAtDepthZero(body, "?").size() > 1) {
      return Optional.empty();
    }
    for (List<String> part : ConditionTokens.splitAtDepthZero(body, "&&")) {
      if (part.size() >= 3 && part.getFirst().equals(kind)) {
        Optional<Set<String>> kinds =
            part.get(1).equals("==") && part.size() == 3
                ? ConditionTokens.text(part.get(2)).map(Set::of)
                : part.get(1).equals("in")
                    ? ConditionTokens.listOfTexts(part.subList(2, part.size()))
                    : Optional.empty();
        if (kinds.isPresent()) {
          return kinds.map(values -> new Requirement(Dimension.EFFECT, values));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Requirement> flag(String value) {
    return Optional.of(new Requirement(Dimension.FLAG, Set.of(value)));
  }
}
