package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Which columns a policy classifies and what somebody sees of them, for showing it beside the
/// columns. Decisions are made by a [PolicyEngine] alone. Safe for use by several threads.
public final class ColumnSights {

  private final PolicyBundle bundle;
  private final List<PolicyBundle.Classification> proposals;
  private final TagMasks masks;
  private final Map<String, ColumnTags> byConnection = new HashMap<>();
  private final List<Condition> exemptions;

  /// A classified column.
  ///
  /// @param tags its classifications, never empty
  /// @param spec what is shown instead
  /// @param exempt whoever asks sees it as it is
  public record Sight(ColumnRef column, Set<String> tags, MaskSpec spec, boolean exempt) {
    public Sight {
      tags = Set.copyOf(tags);
    }
  }

  private ColumnSights(PolicyBundle bundle, List<PolicyBundle.Classification> proposals) {
    this.bundle = bundle;
    this.proposals = List.copyOf(proposals);
    this.masks = new TagMasks(bundle.masks(), bundle.agents().masks());
    this.exemptions =
        bundle.exemptions().stream()
            .map(exemption -> new Condition(ConditionLanguage.WHO, exemption.who()))
            .toList();
  }

  public static ColumnSights of(PolicyBundle bundle) {
    return new ColumnSights(bundle, List.of());
  }

  /// With what discovery is sure of, for columns that the policy does not classify.
  public static ColumnSights of(PolicyBundle bundle, EngineParts parts) {
    return new ColumnSights(bundle, parts.proposals());
  }

  /// Whether a base column carries any classification on a connection.
  public boolean classified(String connection, ColumnRef column) {
    return !tags(connection).of(column).isEmpty();
  }

  private synchronized ColumnTags tags(String connection) {
    return byConnection.computeIfAbsent(
        connection,
        name -> new ColumnTags(bundle.classifications(), name, new ColumnTags(proposals, name)));
  }

  /// Every classified column of a catalog.
  public List<Sight> of(
      CatalogSnapshot catalog, Actor actor, ConnectionContext connection, Instant at) {
    ColumnTags tags = tags(connection.name());
    SensitiveView view =
        new SensitiveView(
            tags, masks, exempt(actor, connection, at), request(actor, connection, at));
    List<Sight> sights = new ArrayList<>();
    for (Relation relation : catalog.relations()) {
      if (relation.isView()) {
        continue;
      }
      relation
          .columns()
          .forEach(
              column -> {
                ColumnRef ref = new ColumnRef(relation.ref(), column.name());
                Set<String> all = tags.of(ref);
                if (!all.isEmpty()) {
                  Set<String> binding = view.tagsOf(ref);
                  sights.add(
                      new Sight(
                          ref,
                          all,
                          view.specOf(binding.isEmpty() ? all : binding),
                          binding.isEmpty()));
                }
              });
    }
    return sights;
  }

  private List<String> exempt(Actor actor, ConnectionContext connection, Instant at) {
    List<String> patterns = new ArrayList<>();
    if (actor instanceof Actor.Agent) {
      return patterns;
    }
    Map<String, Object> facts = Facts.who(request(actor, connection, at), connection);
    for (int index = 0; index < exemptions.size(); index++) {
      PolicyBundle.Exemption exemption = bundle.exemptions().get(index);
      if (at.isBefore(exemption.until())
          && exemptions.get(index).of(facts) instanceof Condition.Outcome.Holds(boolean value)
          && value) {
        patterns.addAll(exemption.tags());
      }
    }
    return patterns;
  }

  /// What `who` conditions may ask of somebody.
  static Map<String, Object> whoAsks(Actor actor, ConnectionContext connection, Instant at) {
    return Facts.who(request(actor, connection, at), connection);
  }

  /// A request about nothing: only who asks, where and when are looked at.
  private static DecisionRequest request(Actor actor, ConnectionContext connection, Instant at) {
    StatementAnalysis nothing =
        new StatementAnalysis(
            StatementText.of(""),
            connection.engine(),
            "UNRECOGNISED",
            false,
            false,
            Optional.empty(),
            List.of(Effect.of(EffectKind.UNRECOGNISED)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            OptionalLong.empty(),
            List.of());
    return new DecisionRequest(
        nothing,
        CatalogSnapshot.empty(),
        actor,
        connection,
        at,
        "window",
        "",
        false,
        0,
        List.of(),
        Optional.empty());
  }
}
