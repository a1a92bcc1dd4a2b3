package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.identity.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Who may lift the masks of some columns for somebody, and for how long at most. Several columns
/// combine as several rules do: the strictest wins.
public final class Unmasking {

  private Unmasking() {}

  /// What the policy says.
  public sealed interface Answer {

    /// It can be asked for.
    ///
    /// @param columns as the catalog spells them, each with its tags
    /// @param longest the shortest of what the tags allow
    record Possible(Map<ColumnRef, Set<String>> columns, ApproverRule approvers, Duration longest)
        implements Answer {}

    /// It cannot.
    record Refused(String code, String why, String wayOut) implements Answer {}
  }

  /// @param columns `table.column` or `schema.table.column`, in any case of letters
  public static Answer of(
      PolicyBundle bundle,
      String connection,
      CatalogSnapshot catalog,
      Actor actor,
      Collection<String> columns) {
    if (!(actor instanceof Actor.Person)) {
      return new Answer.Refused(
          "only-people-unmask",
          "Masks are never lifted for agents and pipelines.",
          "The person whom it acts for must sign in and ask for themselves.");
    }
    if (columns.isEmpty()) {
      return new Answer.Refused(
          "no-columns", "No column is named.", "Name the columns, such as customers.email.");
    }
    ColumnTags tags = new ColumnTags(bundle.classifications(), connection);
    TagMasks masks = new TagMasks(bundle.masks(), List.of());
    Map<ColumnRef, Set<String>> found = new TreeMap<>();
    List<ApproverRule> rules = new ArrayList<>();
    Duration longest = Duration.ofDays(365);
    for (String name : columns) {
      Optional<ColumnRef> column = find(catalog, name);
      if (column.isEmpty()) {
        return new Answer.Refused(
            "unknown-column",
            "There is no single column \"" + name + "\" on " + connection + ".",
            "Write schema.table.column as the explorer shows it.");
      }
      Set<String> own = tags.of(column.get());
      if (own.isEmpty()) {
        return new Answer.Refused(
            "not-masked",
            column.get().dotted() + " is not masked on " + connection + ".",
            "Leave it out of the request; you see it as it is.");
      }
      for (String tag : own) {
        Optional<TagMask.Unmask> unmask = masks.forTag(tag).unmask();
        if (unmask.isEmpty()) {
          return new Answer.Refused(
              "never-unmasked",
              "The policy lets nobody lift the mask of "
                  + column.get().dotted()
                  + " ("
                  + tag
                  + ").",
              "Ask " + owner(bundle, connection) + " for an exemption, or work with it masked.");
        }
        rules.add(unmask.get().approvers());
        longest = shorter(longest, unmask.get().maxDuration());
      }
      found.put(column.get(), own);
    }
    return new Answer.Possible(found, Owners.combine(bundle, connection, rules), longest);
  }

  /// Whether the policy lets people lift the mask of a column at all.
  public static boolean mayLift(PolicyBundle bundle, String connection, ColumnRef column) {
    TagMasks masks = new TagMasks(bundle.masks(), List.of());
    return new ColumnTags(bundle.classifications(), connection)
        .of(column).stream().allMatch(tag -> masks.forTag(tag).unmask().isPresent());
  }

  /// What reviewers of an unmask request see and decide on.
  public static Capsule capsule(
      Answer.Possible possible,
      Right.Unmask wanted,
      ConnectionContext connection,
      CatalogSnapshot catalog,
      long policyVersion) {
    List<String> effects =
        possible.columns().entrySet().stream()
            .map(
                entry ->
                    "UNMASK "
                        + entry.getKey().dotted()
                        + " ("
                        + String.join(", ", entry.getValue())
                        + ")")
            .toList();
    String text =
        "See "
            + possible.columns().keySet().stream()
                .map(ColumnRef::dotted)
                .collect(Collectors.joining(", "))
            + " unmasked for "
            + Durations.inWords(wanted.lasts());
    return new Capsule(
        text,
        "",
        List.of(),
        connection.name(),
        connection.environment(),
        catalog.fingerprint(),
        policyVersion,
        Map.of(),
        effects,
        Map.of("lasts", Durations.inWords(wanted.lasts())),
        -1);
  }

  private static Optional<ColumnRef> find(CatalogSnapshot catalog, String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    List<ColumnRef> matches = new ArrayList<>();
    for (Relation relation : catalog.relations()) {
      if (relation.isView()) {
        continue;
      }
      relation
          .columns()
          .forEach(
              column -> {
                ColumnRef ref = new ColumnRef(relation.ref(), column.name());
                String full = ref.dotted().toLowerCase(Locale.ROOT);
                String shorter =
                    (relation.ref().name() + "." + column.name()).toLowerCase(Locale.ROOT);
                if (full.equals(wanted) || shorter.equals(wanted)) {
                  matches.add(ref);
                }
              });
    }
    return matches.size() == 1 ? Optional.of(matches.getFirst()) : Optional.empty();
  }

  private static String owner(PolicyBundle bundle, String connection) {
    return bundle.connections().stream()
        .filter(known -> known.name().equals(connection))
        .map(PolicyBundle.GovernedConnection::owner)
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElse("the owner of the policy");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
