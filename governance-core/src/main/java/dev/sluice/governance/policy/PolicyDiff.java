package dev.sluice.governance.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What one policy says that another does not: rule by rule and section by section, not line by
/// line. The order of rules means nothing and is not compared.
public final class PolicyDiff {

  private PolicyDiff() {}

  /// Which way a change goes, as far as that can be told without looking at statements.
  public enum Direction {
    STRICTER,
    LOOSER,
    /// It depends on the statement, the person or the moment.
    EITHER
  }

  /// One difference.
  ///
  /// @param section such as `rule`, `mask`, `classification`, `exemption`
  /// @param id names it within the section
  /// @param kind `added`, `removed` or `changed`
  /// @param detail one line for people
  public record Change(
      String section, String id, String kind, String detail, Direction direction) {}

  /// The differences, in the order of the sections of the document.
  public static List<Change> of(PolicyBundle before, PolicyBundle after) {
    List<Change> changes = new ArrayList<>();
    value(changes, "mode", before.mode(), after.mode());
    value(changes, "expires", words(before.expires()), words(after.expires()));
    value(changes, "min-client", before.minClient(), after.minClient());
    section(
        changes,
        "connection",
        before.connections(),
        after.connections(),
        PolicyBundle.GovernedConnection::name,
        one -> one.environment() + " " + one.owner(),
        Direction.LOOSER);
    section(
        changes,
        "classification",
        before.classifications(),
        after.classifications(),
        one -> one.tag() + on(one.connections()),
        one -> String.join(", ", one.columns()),
        Direction.STRICTER);
    section(
        changes,
        "mask",
        before.masks(),
        after.masks(),
        TagMask::tag,
        PolicyDiff::mask,
        Direction.EITHER);
    section(
        changes,
        "exemption",
        before.exemptions(),
        after.exemptions(),
        PolicyBundle.Exemption::id,
        one -> one.who() + " sees " + String.join(", ", one.tags()) + " until " + one.until(),
        Direction.LOOSER);
    section(
        changes,
        "row-filter",
        before.rowFilters(),
        after.rowFilters(),
        PolicyBundle.RowFilter::id,
        one -> one.table() + " for " + one.who() + ": " + one.filter(),
        Direction.STRICTER);
    value(changes, "break-glass", glass(before), glass(after));
    value(changes, "exports", exports(before), exports(after));
    section(
        changes,
        "agent mask",
        before.agents().masks(),
        after.agents().masks(),
        TagMask::tag,
        PolicyDiff::mask,
        Direction.EITHER);
    value(
        changes,
        "agents",
        before.agents().limits() + " " + before.agents().requireLabels(),
        after.agents().limits() + " " + after.agents().requireLabels());
    rules(changes, byId(before.rules(), Rule::id), byId(after.rules(), Rule::id));
    section(
        changes,
        "function",
        before.functions(),
        after.functions(),
        one -> one.schema() + "." + one.name() + one.argumentTypes(),
        Object::toString,
        Direction.LOOSER);
    section(
        changes,
        "test",
        tests(before),
        tests(after),
        Function.identity(),
        Function.identity(),
        Direction.EITHER);
    return changes;
  }

  private static void rules(
      List<Change> changes, Map<String, Rule> before, Map<String, Rule> after) {
    for (String id : all(before.keySet(), after.keySet())) {
      Rule old = before.get(id);
      Rule now = after.get(id);
      if (old == null && now != null) {
        changes.add(new Change("rule", id, "added", describe(now), added(now)));
      } else if (now == null && old != null) {
        changes.add(new Change("rule", id, "removed", describe(old), opposite(added(old))));
      } else if (old != null && now != null) {
        changed(old, now).ifPresent(changes::add);
      }
    }
  }

  private static Optional<Change> changed(Rule old, Rule now) {
    List<String> details = new ArrayList<>();
    field(details, "effect", old.effect().word(), now.effect().word());
    field(details, "observe", String.valueOf(old.observe()), String.valueOf(now.observe()));
    field(details, "when", old.when(), now.when());
    field(details, "approvers", approvers(old), approvers(now));
    field(details, "limits", limits(old.limits()), limits(now.limits()));
    field(details, "message", old.message(), now.message());
    if (details.isEmpty()) {
      return Optional.empty();
    }
    if (old.observe() != now.observe()) {
      return Optional.of(
          new Change(
              "rule",
              now.id(),
              "changed",
              String.join("; ", details),
              now.observe() ? Direction.LOOSER : Direction.STRICTER));
    }
    int order = now.effect().compareTo(old.effect());
    Direction direction =
        order == 0 ? Direction.EITHER : order > 0 ? Direction.STRICTER : Direction.LOOSER;
    return Optional.of(
        new Change("rule", now.id(), "changed", String.join("; ", details), direction));
  }

  private static Direction added(Rule rule) {
    if (rule.observe()) {
      return Direction.EITHER;
    }
    return rule.effect() == Rule.Effect.ALLOW ? Direction.LOOSER : Direction.STRICTER;
  }

  private static String describe(Rule rule) {
    String approvers = approvers(rule);
    return (rule.observe() ? "only observed: " : "")
        + rule.effect().word()
        + " when "
        + rule.when()
        + (approvers.isEmpty() ? "" : "; " + approvers);
  }

  private static String approvers(Rule rule) {
    return rule.approvers()
        .map(
            who ->
                ApproverRules.inWords(who)
                    + ", to decide within "
                    + Durations.inWords(who.decideWithin())
                    + ", to use within "
                    + Durations.inWords(who.useWithin())
                    + ", "
                    + who.executions()
                    + " times"
                    + who.escalation()
                        .map(
                            next ->
                                ", after " + Durations.inWords(next.after()) + " also " + next.to())
                        .orElse(""))
        .orElse("");
  }

  private static String limits(Limits limits) {
    List<String> words = new ArrayList<>();
    limits.rows().ifPresent(rows -> words.add(rows + " rows"));
    limits.seconds().ifPresent(seconds -> words.add(seconds + " seconds"));
    limits.exportRows().ifPresent(rows -> words.add(rows + " rows exported"));
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  private static String mask(TagMask mask) {
    return mask.spec().algorithm()
        + (mask.spec().parameters().isEmpty() ? "" : " " + mask.spec().parameters())
        + ", uses "
        + mask.uses().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT)
        + (mask.uses() instanceof TagMask.Uses.Equality equality
            ? " " + equality.distinctPerDay() + " a day"
            : "")
        + mask.unmask()
            .map(
                lift ->
                    ", may be lifted by "
                        + ApproverRules.inWords(lift.approvers())
                        + " for "
                        + Durations.inWords(lift.maxDuration()))
            .orElse("");
  }

  private static String glass(PolicyBundle bundle) {
    return bundle
        .breakGlass()
        .map(
            terms ->
                terms.who()
                    + ", for "
                    + Durations.inWords(terms.maxDuration())
                    + ", reviewed within "
                    + Durations.inWords(terms.reviewWithin()))
        .orElse("");
  }

  private static String exports(PolicyBundle bundle) {
    return bundle
        .exports()
        .map(
            terms ->
                "up to "
                    + terms.maxRows()
                    + " rows by "
                    + ApproverRules.inWords(terms.approvers())
                    + ", to decide within "
                    + Durations.inWords(terms.approvers().decideWithin())
                    + ", to use within "
                    + Durations.inWords(terms.approvers().useWithin()))
        .orElse("");
  }

  private static List<String> tests(PolicyBundle bundle) {
    return bundle.tests().stream()
        .map(
            test ->
                test.actorKind()
                    + " of "
                    + test.groups()
                    + " on "
                    + test.on()
                    + ": "
                    + test.sql()
                    + " -> "
                    + test.expect())
        .distinct()
        .toList();
  }

  private static String on(List<String> connections) {
    return connections.isEmpty() ? "" : " on " + String.join(", ", connections);
  }

  private static <T> void section(
      List<Change> changes,
      String section,
      List<T> before,
      List<T> after,
      Function<T, String> id,
      Function<T, String> words,
      Direction added) {
    Map<String, T> old = byId(before, id);
    Map<String, T> now = byId(after, id);
    for (String name : all(old.keySet(), now.keySet())) {
      T was = old.get(name);
      T is = now.get(name);
      if (was == null && is != null) {
        changes.add(new Change(section, name, "added", words.apply(is), added));
      } else if (is == null && was != null) {
        changes.add(new Change(section, name, "removed", words.apply(was), opposite(added)));
      } else if (was != null && is != null && !was.equals(is)) {
        List<String> details = new ArrayList<>();
        field(details, "", words.apply(was), words.apply(is));
        changes.add(
            new Change(section, name, "changed", String.join("; ", details), Direction.EITHER));
      }
    }
  }

  private static void value(List<Change> changes, String name, Object before, Object after) {
    if (!before.equals(after)) {
      List<String> details = new ArrayList<>();
      field(details, "", before.toString(), after.toString());
      changes.add(new Change(name, "", "changed", String.join("; ", details), Direction.EITHER));
    }
  }

  private static void field(List<String> details, String name, String before, String after) {
    if (!Objects.equals(before, after)) {
      details.add(
          (name.isEmpty() ? "" : name + ": ")
              + (before.isBlank() ? "nothing" : before)
              + " -> "
              + (after.isBlank() ? "nothing" : after));
    }
  }

  private static Direction opposite(Direction direction) {
    return switch (direction) {
      case STRICTER -> Direction.LOOSER;
      case LOOSER -> Direction.STRICTER;
      case EITHER -> Direction.EITHER;
    };
  }

  private static String words(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }

  private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
    return all.stream()
        .collect(
            Collectors.toMap(id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
  }

  private static Set<String> all(Set<String> one, Set<String> other) {
    Set<String> ids = new LinkedHashSet<>(one);
    ids.addAll(other);
    return ids;
  }
}
