package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.DatabaseFacts.Kind;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RoleFact;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// MariaDB: one masked database per profile with a view for every table, since leases are granted
/// that database and nothing else: NATURAL JOIN and USING get round grants on single columns.
///
/// MariaDB commits each definition by itself. Grants come last, so a plan that fails half way has
/// opened nothing.
final class MariadbPlanner implements EnforcementPlanner {

  private static final int LONGEST_NAME = 64;

  private final ParserWorker worker;

  MariadbPlanner(ParserWorker worker) {
    this.worker = worker;
  }

  @Override
  public EnforcementPlan plan(
      DatabaseFacts facts, List<AccessProfile> profiles, Set<String> pureFunctions) {
    EnforcementNames names = new EnforcementNames(facts.database());
    PlanBuilder plan = new PlanBuilder(facts, masks(), worker);
    checkPreconditions(plan, facts, names, profiles);
    MariadbAccounts accounts = new MariadbAccounts(plan, facts, names);
    MariadbChanges changes = new MariadbChanges(plan, facts, names, accounts);
    accounts.create();
    for (AccessProfile profile : profiles) {
      views(plan, facts, names, accounts, profile);
    }
    accounts.leaseProcedures(profiles);
    changes.create();
    accounts.grants(profiles);
    changes.grants();
    if (!pureFunctions.isEmpty()) {
      plan.note(
          facts.database(),
          "Stored functions are not granted to leases, whatever the policy vouches for.");
    }
    return plan.build(names, profiles);
  }

  @Override
  public List<PlanStep> rollback(DatabaseFacts facts) {
    EnforcementNames names = new EnforcementNames(facts.database());
    PlanBuilder plan = new PlanBuilder(facts, masks(), worker);
    for (RoleFact role : facts.roles()) {
      if (names.owns(withoutHost(role.name()))) {
        plan.step(role.name(), "The account.", "DROP USER IF EXISTS " + account(plan, role.name()));
      }
    }
    Set<String> databases = new LinkedHashSet<>();
    for (RelationFact relation : facts.relations()) {
      if (relation.owner().startsWith(names.viewOwner() + "@")) {
        databases.add(relation.ref().schema());
      }
    }
    databases.add(MariadbAccounts.brokerDatabase(names));
    for (String database : databases) {
      plan.step(
          database, "Holds nothing but ours.", "DROP DATABASE IF EXISTS " + plan.quoted(database));
    }
    return plan.steps();
  }

  private static String account(PlanBuilder plan, String account) {
    int at = account.lastIndexOf('@');
    return plan.quoted(account.substring(0, at)) + "@" + plan.quoted(account.substring(at + 1));
  }

  private static String withoutHost(String account) {
    return account.substring(0, account.lastIndexOf('@'));
  }

  private static SqlMasks masks() {
    return SqlMasks.forDialect(Dialect.MARIADB).orElseThrow();
  }

  private static void checkPreconditions(
      PlanBuilder plan, DatabaseFacts facts, EnforcementNames names, List<AccessProfile> profiles) {
    if (!facts.administrator()) {
      plan.problem(
          facts.login(),
          "This login may not create accounts and pass on grants.",
          "Apply the plan with ALL PRIVILEGES and GRANT OPTION.");
    }
    if (!facts.database().matches("[a-z][a-z0-9_]{0,24}")) {
      plan.problem(
          facts.database(),
          "Accounts are named after the database, and this name does not fit.",
          "Use a database name of at most 25 lower-case letters, digits and underscores.");
    }
    boolean before =
        facts.relations().stream()
            .anyMatch(
                relation -> relation.ref().schema().equals(MariadbAccounts.brokerDatabase(names)));
    for (RoleFact role : facts.roles()) {
      if (!before && names.owns(withoutHost(role.name()))) {
        plan.problem(
            role.name(),
            "An account of this name is there already, and no plan of ours made it.",
            "Drop or rename it: its grants would become ours.");
      }
    }
    for (AccessProfile profile : profiles) {
      String masked = names.viewSchema(profile, facts.database());
      if (masked.length() > LONGEST_NAME) {
        plan.problem(masked, "The name of the masked database is too long.", "Shorten the name.");
      }
      for (RelationFact relation : facts.relations()) {
        if (relation.ref().schema().equals(masked)
            && !relation.owner().equals(names.viewOwner() + "@localhost")) {
          plan.problem(
              relation.ref().dotted(),
              "It is in the masked database but is not ours.",
              "Drop it, or move it to another database.");
        }
      }
    }
  }

  private static void views(
      PlanBuilder plan,
      DatabaseFacts facts,
      EnforcementNames names,
      MariadbAccounts accounts,
      AccessProfile profile) {
    GovernedRelations governed = new GovernedRelations(facts, profile);
    governed.problems().forEach(p -> plan.problem(p.object(), p.message(), p.wayOut()));
    String masked = names.viewSchema(profile, facts.database());
    plan.step(
        masked,
        "All that leases may read.",
        "CREATE DATABASE IF NOT EXISTS " + plan.quoted(masked) + " CHARACTER SET utf8mb4");
    accounts.viewOwnerReads(masked);
    Map<TableRef, TableRef> maskedViews = new LinkedHashMap<>();
    List<RelationFact> order = new java.util.ArrayList<>();
    for (RelationFact relation : facts.relations()) {
      if (relation.ref().schema().equals(facts.database())
          && !governed.views().contains(relation)
          && exposed(plan, relation)) {
        order.add(relation);
      }
    }
    governed.views().stream().filter(view -> exposed(plan, view)).forEach(order::add);
    order.forEach(
        relation -> maskedViews.put(relation.ref(), new TableRef(masked, relation.ref().name())));
    Set<TableRef> made = new LinkedHashSet<>();
    for (RelationFact relation : order) {
      if (relation.reads().stream()
          .anyMatch(
              read ->
                  governed.views().stream().anyMatch(v -> v.ref().equals(read))
                      && !made.contains(read))) {
        plan.note(
            relation.ref().dotted(), "It reads a view that is not exposed, so neither is it.");
        continue;
      }
      Optional<String> select =
          governed.views().contains(relation)
              ? rebuilt(plan, relation, governed, maskedViews)
              : Optional.of(selectFrom(plan, relation, governed));
      if (select.isPresent()) {
        createView(
            plan, accounts, relation, new TableRef(masked, relation.ref().name()), select.get());
        made.add(relation.ref());
      }
    }
    for (RelationFact existing : facts.relations()) {
      if (existing.ref().schema().equals(masked)
          && made.stream().noneMatch(base -> base.name().equals(existing.ref().name()))) {
        plan.step(
            existing.ref().dotted(),
            "The policy no longer needs it.",
            "DROP VIEW IF EXISTS " + plan.quoted(existing.ref()));
      }
    }
  }

  private static boolean exposed(PlanBuilder plan, RelationFact relation) {
    if (relation.callsFunctions()) {
      plan.note(
          relation.ref().dotted(),
          "It calls stored functions or reads other databases, with its owner's rights: not"
              + " exposed.");
      return false;
    }
    return switch (relation.kind()) {
      case TABLE, PARTITIONED_TABLE, VIEW -> true;
      case FOREIGN_TABLE, MATERIALIZED_VIEW, SEQUENCE, OTHER -> {
        plan.note(relation.ref().dotted(), "Not a table or view of the data: not exposed.");
        yield false;
      }
    };
  }

  private static String selectFrom(
      PlanBuilder plan, RelationFact relation, GovernedRelations governed) {
    List<String> filters = governed.filtersOf(relation.ref());
    String select =
        plan.maskedSelect(
            relation, governed.masksOf(relation.ref()), filters, plan.quoted(relation.ref()));
    // A limit keeps conditions of a statement from being tried on rows that the filter hides.
    return filters.isEmpty() ? select : select + "\nLIMIT 18446744073709551615";
  }

  private static Optional<String> rebuilt(
      PlanBuilder plan,
      RelationFact view,
      GovernedRelations governed,
      Map<TableRef, TableRef> maskedViews) {
    Optional<String> definition = plan.rebuilt(view, maskedViews, plan.catalog());
    Map<String, MaskSpec> masks = governed.masksOf(view.ref());
    if (definition.isEmpty() || masks.isEmpty()) {
      return definition;
    }
    return Optional.of(
        plan.maskedSelect(view, masks, List.of(), "(" + definition.get() + ") AS masked"));
  }

  private static void createView(
      PlanBuilder plan,
      MariadbAccounts accounts,
      RelationFact relation,
      TableRef view,
      String select) {
    String columns =
        relation.columns().stream()
            .map(ColumnFact::name)
            .map(plan::quoted)
            .collect(Collectors.joining(", "));
    plan.step(
        view.dotted(),
        "Stands for " + relation.ref().dotted() + ".",
        "CREATE OR REPLACE DEFINER = "
            + accounts.viewOwner()
            + " SQL SECURITY DEFINER VIEW "
            + plan.quoted(view)
            + " ("
            + columns
            + ") AS\n"
            + select);
    if (relation.kind() == Kind.VIEW && relation.columns().isEmpty()) {
      plan.note(relation.ref().dotted(), "Its columns are not known.");
    }
  }
}
