package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a database that masks by itself looks like to people: the tables they know, and which
/// masked view is read in place of each. Our own schemas are left out.
public final class MaskedCatalog {

  private MaskedCatalog() {}

  /// What was made of one snapshot; as many as there are profiles.
  private record Made(Map<List<String>, CatalogSnapshot> byName) {}

  /// @param whole as a leased login, or the server, reads it
  /// @param prefix of the view schemas of whoever asks, see [AccessProfile#prefix()]
  /// @param hidden the base database of an engine that hides it from leased logins (MariaDB): its
  ///     views are then all there is to see, and are shown as the tables they stand for
  /// @return the same one for the same arguments: it is asked for with every statement
  public static CatalogSnapshot of(CatalogSnapshot whole, String prefix, Optional<String> hidden) {
    return whole
        .prepared(Made.class, none -> new Made(new ConcurrentHashMap<>()))
        .byName()
        .computeIfAbsent(List.of(prefix, hidden.orElse("")), none -> make(whole, prefix, hidden));
  }

  private static CatalogSnapshot make(
      CatalogSnapshot whole, String prefix, Optional<String> hidden) {
    List<Relation> known = new ArrayList<>();
    List<Relation> views = new ArrayList<>();
    for (Relation relation : whole.relations()) {
      if (!EnforcementNames.ours(relation.ref().schema())) {
        known.add(relation);
      } else if (relation.ref().schema().startsWith(prefix + "_")) {
        views.add(relation);
      }
    }
    Map<TableRef, TableRef> standIns = new LinkedHashMap<>();
    for (Relation view : views) {
      TableRef base =
          new TableRef(view.ref().schema().substring(prefix.length() + 1), view.ref().name());
      boolean shown = whole.find(base).isPresent();
      if (shown || hidden.filter(base.schema()::equals).isPresent()) {
        standIns.put(base, view.ref());
      }
      if (!shown && standIns.containsKey(base)) {
        known.add(Relation.table(base, view.columns()));
      }
    }
    List<String> path = new ArrayList<>();
    hidden.ifPresent(path::add);
    whole.searchPath().stream()
        .filter(schema -> !EnforcementNames.ours(schema) && !path.contains(schema))
        .forEach(path::add);
    List<DeclaredFunction> functions =
        whole.functions().stream()
            .filter(function -> !EnforcementNames.ours(function.schema()))
            .toList();
    return CatalogSnapshot.of(path, known, functions).withStandIns(standIns);
  }
}
