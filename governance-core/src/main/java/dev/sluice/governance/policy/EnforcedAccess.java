package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.masking.MaskSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a policy lets somebody see of a database, for a database that enforces it itself.
///
/// People who see the same get the same profile, under a name made from what they see. A row filter
/// of which it cannot be decided whether it binds somebody shows them no row.
public final class EnforcedAccess {

  /// Somebody in no group at all.
  public static final Actor NOBODY =
      new Actor.Person(
          new Principal("sluice", "nobody", null, "nobody in particular", Set.of(), Set.of()));

  private EnforcedAccess() {}

  /// The profile of a person or agent.
  public static AccessProfile of(
      PolicyBundle bundle,
      CatalogSnapshot catalog,
      Actor actor,
      ConnectionContext connection,
      Instant at) {
    AccessProfile everybody = unnamed(bundle, catalog, NOBODY, connection, at);
    AccessProfile own = unnamed(bundle, catalog, actor, connection, at);
    return own.equals(everybody) ? everybody : own.named();
  }

  /// The profile of somebody in no group at all.
  public static AccessProfile everybody(
      PolicyBundle bundle, CatalogSnapshot catalog, ConnectionContext connection, Instant at) {
    return unnamed(bundle, catalog, NOBODY, connection, at);
  }

  private static AccessProfile unnamed(
      PolicyBundle bundle,
      CatalogSnapshot catalog,
      Actor actor,
      ConnectionContext connection,
      Instant at) {
    Map<ColumnRef, MaskSpec> masks = new TreeMap<>();
    for (ColumnSights.Sight sight : ColumnSights.of(bundle).of(catalog, actor, connection, at)) {
      if (!sight.exempt()) {
        masks.put(sight.column(), undated(sight.spec(), at));
      }
    }
    return new AccessProfile("", masks, filters(bundle, catalog, actor, connection, at));
  }

  /// A view tells ages for the day of the query, not for the day it was made.
  private static MaskSpec undated(MaskSpec spec, Instant at) {
    String today = at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    if (!today.equals(spec.parameters().get("as-of"))) {
      return spec;
    }
    Map<String, Object> parameters = new HashMap<>(spec.parameters());
    parameters.remove("as-of");
    return new MaskSpec(spec.algorithm(), parameters);
  }

  private static Map<TableRef, List<String>> filters(
      PolicyBundle bundle,
      CatalogSnapshot catalog,
      Actor actor,
      ConnectionContext connection,
      Instant at) {
    Map<String, Object> facts = ColumnSights.whoAsks(actor, connection, at);
    Map<TableRef, List<String>> filters = new TreeMap<>();
    for (PolicyBundle.RowFilter filter : bundle.rowFilters()) {
      Condition condition = new Condition(ConditionLanguage.WHO, filter.who());
      String clause =
          switch (condition.of(facts)) {
            case Condition.Outcome.Failed failed -> "1 = 0";
            case Condition.Outcome.Holds holds -> holds.value() ? filter.filter() : "";
          };
      for (Relation relation : catalog.relations()) {
        if (!clause.isEmpty() && TablePattern.matches(filter.table(), relation.ref())) {
          filters.computeIfAbsent(relation.ref(), ref -> new ArrayList<>()).add(clause);
        }
      }
    }
    return filters;
  }
}
