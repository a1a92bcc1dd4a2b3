package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.PrivilegeFact;
import dev.sluice.governance.sql.Dialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Lists who can read governed tables around Sluice. A connection may be called `enforced` only
/// when the list is empty or every entry was accepted by name.
public final class AccessAudit {

  private AccessAudit() {}

  /// @param profiles what is governed
  /// @param accepted names of findings that an administrator has accepted
  public static List<AccessFinding> findings(
      DatabaseFacts facts, List<AccessProfile> profiles, Set<String> accepted) {
    Set<TableRef> governed = new TreeSet<>();
    for (AccessProfile profile : profiles) {
      GovernedRelations relations = new GovernedRelations(facts, profile);
      relations.tables().forEach(table -> governed.add(table.ref()));
      relations.views().forEach(view -> governed.add(view.ref()));
    }
    Map<String, AccessFinding> findings = new LinkedHashMap<>();
    List<AccessFinding> all =
        facts.dialect() == Dialect.POSTGRESQL
            ? PostgresqlAccess.findings(facts, governed)
            : MariadbAccess.findings(facts, governed);
    all.forEach(finding -> findings.putIfAbsent(finding.name(), finding));
    findings.keySet().removeAll(accepted);
    return List.copyOf(findings.values());
  }

  /// What somebody holds on one object, for the one statement that takes all of it.
  static String privileges(List<PrivilegeFact> held) {
    return held.stream().map(PrivilegeFact::privilege).distinct().collect(Collectors.joining(", "));
  }

  /// At most three names, and how many more there are.
  static String shortList(Set<String> names) {
    String first = names.stream().limit(3).collect(Collectors.joining(", "));
    return names.size() > 3 ? first + " and " + (names.size() - 3) + " more" : first;
  }
}
