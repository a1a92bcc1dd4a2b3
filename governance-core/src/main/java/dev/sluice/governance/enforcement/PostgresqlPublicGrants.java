package dev.sluice.governance.enforcement;

import dev.sluice.governance.enforcement.DatabaseFacts.FunctionFact;
import dev.sluice.governance.enforcement.DatabaseFacts.PrivilegeFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.DatabaseFacts.SchemaFact;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Every leased login is also PUBLIC, so PUBLIC must hold nothing that matters. What it held goes
/// to one role that all other logins are members of; rolling back gives it back.
final class PostgresqlPublicGrants {

  /// Extensions whose functions only compute; leases keep them.
  private static final Set<String> HARMLESS_EXTENSIONS =
      Set.of(
          "btree_gin",
          "btree_gist",
          "citext",
          "cube",
          "earthdistance",
          "fuzzystrmatch",
          "hstore",
          "intarray",
          "isn",
          "ltree",
          "pg_trgm",
          "pgcrypto",
          "seg",
          "unaccent",
          "uuid-ossp");

  private static final String DEFAULT_ROUTINES = "DEFAULT ROUTINES";

  private final PlanBuilder plan;
  private final DatabaseFacts facts;
  private final EnforcementNames names;
  private final List<AccessProfile> profiles;
  private final Set<String> pureFunctions;

  PostgresqlPublicGrants(
      PlanBuilder plan,
      DatabaseFacts facts,
      EnforcementNames names,
      List<AccessProfile> profiles,
      Set<String> pureFunctions) {
    this.plan = plan;
    this.facts = facts;
    this.names = names;
    this.profiles = profiles;
    this.pureFunctions = pureFunctions;
  }

  void takeFromPublic() {
    for (PrivilegeFact privilege : movable()) {
      move(privilege, "PUBLIC", plan.quoted(names.formerPublic()), true);
    }
    for (String owner : owners()) {
      String forRole = "ALTER DEFAULT PRIVILEGES FOR ROLE " + plan.quoted(owner);
      plan.step(
          owner,
          "New functions would be executable by PUBLIC, leases included.",
          forRole + " REVOKE EXECUTE ON ROUTINES FROM PUBLIC");
      plan.step(
          owner,
          "New functions stay executable for the logins there were.",
          forRole + " GRANT EXECUTE ON ROUTINES TO " + plan.quoted(names.formerPublic()));
    }
    allowFunctions();
  }

  void giveBackToPublic() {
    for (PrivilegeFact privilege : movable()) {
      if (privilege.grantee().equals(names.formerPublic())) {
        move(privilege, plan.quoted(names.formerPublic()), "PUBLIC", false);
      }
    }
    if (facts.role(names.formerPublic()).isPresent()) {
      for (String owner : owners()) {
        String forRole = "ALTER DEFAULT PRIVILEGES FOR ROLE " + plan.quoted(owner);
        plan.step(
            owner,
            "As it was.",
            forRole + " REVOKE EXECUTE ON ROUTINES FROM " + plan.quoted(names.formerPublic()));
        plan.step(owner, "As it was.", forRole + " GRANT EXECUTE ON ROUTINES TO PUBLIC");
      }
    }
  }

  /// What PUBLIC holds now, and what it held before the plan was applied for the first time.
  private List<PrivilegeFact> movable() {
    Set<String> seen = new LinkedHashSet<>();
    return facts.privileges().stream()
        .filter(p -> p.grantee().isEmpty() || p.grantee().equals(names.formerPublic()))
        .filter(p -> !p.kind().equals(DEFAULT_ROUTINES))
        .filter(p -> p.table().map(table -> !EnforcementNames.ours(table.schema())).orElse(true))
        .filter(p -> !harmless(p))
        .sorted(
            java.util.Comparator.comparing(PrivilegeFact::kind)
                .thenComparing(PrivilegeFact::object)
                .thenComparing(PrivilegeFact::privilege))
        .filter(p -> seen.add(p.kind() + " " + p.object() + " " + p.privilege()))
        .toList();
  }

  private boolean harmless(PrivilegeFact privilege) {
    return switch (privilege.kind()) {
      case "DATABASE" -> privilege.privilege().equals("CONNECT");
      case "SCHEMA" -> privilege.privilege().equals("USAGE");
      case "ROUTINE" ->
          facts.functions().stream()
              .filter(function -> function.signature().equals(privilege.object()))
              .anyMatch(function -> EnforcementNames.ours(function.schema()) || keeps(function));
      default -> false;
    };
  }

  private static boolean keeps(FunctionFact function) {
    return !function.definer() && HARMLESS_EXTENSIONS.contains(function.extension());
  }

  private void move(PrivilegeFact privilege, String from, String to, boolean take) {
    if (privilege.kind().startsWith("DEFAULT")) {
      String change = "ALTER DEFAULT PRIVILEGES " + privilege.object();
      plan.step(
          privilege.object(),
          take ? "The logins there were keep it." : "As it was.",
          change + " GRANT " + privilege.privilege() + " TO " + to);
      plan.step(
          privilege.object(),
          take ? "Leases are PUBLIC too." : "As it was.",
          change + " REVOKE " + privilege.privilege() + " FROM " + from);
      return;
    }
    String on = privilege.privilege() + " ON " + keyword(privilege) + privilege.object();
    plan.step(
        privilege.object(),
        take ? "The logins there were keep it." : "As it was.",
        "GRANT " + on + " TO " + to);
    plan.step(
        privilege.object(),
        take ? "Leases are PUBLIC too." : "As it was.",
        "REVOKE " + on + " FROM " + from);
  }

  private static String keyword(PrivilegeFact privilege) {
    return switch (privilege.kind()) {
      case "COLUMN" -> "TABLE ";
      case "FOREIGN" -> "FOREIGN SERVER ";
      default -> privilege.kind() + " ";
    };
  }

  private void allowFunctions() {
    for (FunctionFact function : facts.functions()) {
      if (!pureFunctions.contains(function.schema() + "." + function.name())) {
        continue;
      }
      if (function.definer()) {
        plan.problem(
            function.signature(),
            "The policy calls it pure, but it runs with the rights of " + function.owner() + ".",
            "Make it SECURITY INVOKER, or take it off the policy's list.");
        continue;
      }
      for (AccessProfile profile : profiles) {
        plan.step(
            function.signature(),
            "The policy vouches for it.",
            "GRANT EXECUTE ON ROUTINE "
                + function.signature()
                + " TO "
                + plan.quoted(names.reader(profile)));
      }
    }
  }

  /// Whoever may create functions here in time to come.
  private Set<String> owners() {
    Set<String> owners = new TreeSet<>();
    facts.schemas().stream()
        .filter(schema -> !EnforcementNames.ours(schema.name()))
        .map(SchemaFact::owner)
        .forEach(owners::add);
    facts.relations().stream().map(RelationFact::owner).forEach(owners::add);
    facts.functions().stream().map(FunctionFact::owner).forEach(owners::add);
    owners.add(facts.login());
    owners.removeIf(owner -> owner.startsWith("sluice_") || owner.startsWith("pg_"));
    return owners;
  }
}
