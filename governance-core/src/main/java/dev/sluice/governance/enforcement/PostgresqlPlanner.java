package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.DatabaseFacts.Kind;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.DatabaseFacts.SchemaFact;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// PostgreSQL: one view schema per base schema, a reader role per profile, and lease functions.
final class PostgresqlPlanner implements EnforcementPlanner {

  private static final int LONGEST_NAME = 63;

  private final ParserWorker worker;

  PostgresqlPlanner(ParserWorker worker) {
    this.worker = worker;
  }

  @Override
  public EnforcementPlan plan(
      DatabaseFacts facts, List<AccessProfile> profiles, Set<String> pureFunctions) {
    EnforcementNames names = new EnforcementNames(facts.database());
    PlanBuilder plan = new PlanBuilder(facts, masks(), worker);
    checkPreconditions(plan, facts, names, profiles);
    PostgresqlRoles roles = new PostgresqlRoles(plan, facts, names);
    roles.create(profiles);
    PostgresqlChanges changes = new PostgresqlChanges(plan, facts, names);
    changes.roles(roles);
    new PostgresqlPublicGrants(plan, facts, names, profiles, pureFunctions).takeFromPublic();
    for (AccessProfile profile : profiles) {
      views(plan, facts, names, profile);
    }
    dropStaleViews(plan, facts, names, profiles);
    roles.leaseFunctions(profiles);
    changes.functions();
    return plan.build(names, profiles);
  }

  @Override
  public List<PlanStep> rollback(DatabaseFacts facts) {
    EnforcementNames names = new EnforcementNames(facts.database());
    PlanBuilder plan = new PlanBuilder(facts, masks(), worker);
    new PostgresqlPublicGrants(plan, facts, names, List.of(), Set.of()).giveBackToPublic();
    new PostgresqlRoles(plan, facts, names).drop();
    return plan.steps();
  }

  private static SqlMasks masks() {
    return SqlMasks.forDialect(Dialect.POSTGRESQL).orElseThrow();
  }

  private static void checkPreconditions(
      PlanBuilder plan, DatabaseFacts facts, EnforcementNames names, List<AccessProfile> profiles) {
    if (!facts.administrator()) {
      plan.problem(
          facts.login(),
          "This login may not create roles, or revoke what PUBLIC holds in the system catalogs.",
          "Apply the plan as a superuser of the database server.");
    }
    if (!facts.database().matches("[a-z][a-z0-9_]{0,24}")) {
      plan.problem(
          facts.database(),
          "Roles are named after the database, and this name does not fit.",
          "Use a database name of at most 25 lower-case letters, digits and underscores.");
    }
    for (AccessProfile profile : profiles) {
      for (SchemaFact schema : facts.schemas()) {
        if (EnforcementNames.ours(schema.name())) {
          continue;
        }
        String viewSchema = names.viewSchema(profile, schema.name());
        if (viewSchema.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
          plan.problem(
              schema.name(),
              "The name of its view schema would be longer than 63 bytes.",
              "Rename the schema.");
        }
        requireOwner(plan, facts, viewSchema, names.viewOwner());
      }
    }
    requireOwner(plan, facts, names.brokerSchema(), names.leaseOwner());
  }

  private static void requireOwner(
      PlanBuilder plan, DatabaseFacts facts, String schema, String owner) {
    facts
        .schema(schema)
        .filter(found -> !found.owner().equals(owner))
        .ifPresent(
            found ->
                plan.problem(
                    schema,
                    "There is such a schema already, and it belongs to " + found.owner() + ".",
                    "Rename or drop it, or give it to " + owner + "."));
  }

  private void views(
      PlanBuilder plan, DatabaseFacts facts, EnforcementNames names, AccessProfile profile) {
    GovernedRelations governed = new GovernedRelations(facts, profile);
    governed.problems().forEach(p -> plan.problem(p.object(), p.message(), p.wayOut()));
    String reader = plan.quoted(names.reader(profile));
    String owner = plan.quoted(names.viewOwner());
    Map<TableRef, TableRef> maskedViews = new LinkedHashMap<>();
    for (RelationFact relation : governed.tables()) {
      maskedViews.put(relation.ref(), viewOf(names, profile, relation.ref()));
    }
    for (RelationFact relation : governed.views()) {
      maskedViews.put(relation.ref(), viewOf(names, profile, relation.ref()));
    }
    Set<String> schemas =
        maskedViews.keySet().stream()
            .map(TableRef::schema)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String schema : schemas) {
      String viewSchema = plan.quoted(names.viewSchema(profile, schema));
      plan.step(
          names.viewSchema(profile, schema),
          "Masked views for schema " + schema + ".",
          "CREATE SCHEMA IF NOT EXISTS " + viewSchema + " AUTHORIZATION " + owner);
      plan.step(
          names.viewSchema(profile, schema),
          "The view owner reads the base tables.",
          "GRANT USAGE ON SCHEMA " + plan.quoted(schema) + " TO " + owner);
      plan.step(
          names.viewSchema(profile, schema),
          "Leases see the masked views.",
          "GRANT USAGE ON SCHEMA " + viewSchema + " TO " + reader);
    }
    if (!maskedViews.isEmpty()) {
      plan.step(
          profile.prefix(),
          "The views are made anew, so that a changed table shows nothing it did not show before.",
          "DROP VIEW IF EXISTS "
              + maskedViews.values().stream().map(plan::quoted).collect(Collectors.joining(", ")));
    }
    for (RelationFact relation : governed.tables()) {
      checkTable(plan, relation, governed);
      List<String> filters = governed.filtersOf(relation.ref());
      plan.step(
          relation.ref().dotted(),
          "The view owner, who cannot log in, reads it.",
          "GRANT SELECT ON TABLE " + plan.quoted(relation.ref()) + " TO " + owner);
      String select =
          plan.maskedSelect(
              relation, governed.masksOf(relation.ref()), filters, plan.quoted(relation.ref()));
      createView(plan, names, reader, relation, maskedViews, select, !filters.isEmpty());
    }
    Set<TableRef> unexposed = new LinkedHashSet<>();
    for (RelationFact view : governed.views()) {
      rebuildView(plan, names, reader, view, governed, maskedViews, unexposed);
    }
    grantTheRest(plan, facts, governed, profile, names);
  }

  private static TableRef viewOf(EnforcementNames names, AccessProfile profile, TableRef base) {
    return new TableRef(names.viewSchema(profile, base.schema()), base.name());
  }

  private static void rebuildView(
      PlanBuilder plan,
      EnforcementNames names,
      String reader,
      RelationFact view,
      GovernedRelations governed,
      Map<TableRef, TableRef> maskedViews,
      Set<TableRef> unexposed) {
    if (view.reads().stream().anyMatch(unexposed::contains)) {
      plan.note(view.ref().dotted(), "It reads a view that is not exposed, so neither is it.");
      unexposed.add(view.ref());
      return;
    }
    if (view.kind() == Kind.MATERIALIZED_VIEW) {
      plan.note(
          view.ref().dotted(),
          "Leases see its query over masked tables, not its stored rows, which hold raw values.");
    }
    Optional<String> definition = plan.rebuilt(view, maskedViews, plan.catalog());
    if (definition.isEmpty()) {
      unexposed.add(view.ref());
      return;
    }
    for (TableRef read : view.reads()) {
      plan.step(
          view.ref().dotted(),
          "The view owner reads what the view reads.",
          "GRANT USAGE ON SCHEMA "
              + plan.quoted(read.schema())
              + " TO "
              + plan.quoted(names.viewOwner()));
      if (!governed.governs(read)) {
        plan.step(
            view.ref().dotted(),
            "The view owner reads what the view reads.",
            "GRANT SELECT ON TABLE " + plan.quoted(read) + " TO " + plan.quoted(names.viewOwner()));
      }
    }
    Map<String, MaskSpec> masks = governed.masksOf(view.ref());
    String columns =
        view.columns().stream()
            .map(ColumnFact::name)
            .map(plan::quoted)
            .collect(Collectors.joining(", "));
    String select = definition.get();
    if (!masks.isEmpty()) {
      select =
          plan.maskedSelect(view, masks, List.of(), "(" + select + ") AS masked (" + columns + ")");
    }
    createView(plan, names, reader, view, maskedViews, select, false);
  }

  private static void createView(
      PlanBuilder plan,
      EnforcementNames names,
      String reader,
      RelationFact relation,
      Map<TableRef, TableRef> maskedViews,
      String select,
      boolean barrier) {
    TableRef ref = java.util.Objects.requireNonNull(maskedViews.get(relation.ref()));
    String view = plan.quoted(ref);
    String columns =
        relation.columns().stream()
            .map(ColumnFact::name)
            .map(plan::quoted)
            .collect(Collectors.joining(", "));
    plan.step(
        ref.dotted(),
        barrier
            ? "Stands for " + relation.ref().dotted() + "; hides rows, so nothing may look past it."
            : "Stands for " + relation.ref().dotted() + ".",
        "CREATE VIEW "
            + view
            + " ("
            + columns
            + ")"
            + (barrier ? " WITH (security_barrier)" : "")
            + " AS\n"
            + select);
    plan.step(
        ref.dotted(),
        "Reads with the view owner's rights.",
        "ALTER VIEW " + view + " OWNER TO " + plan.quoted(names.viewOwner()));
    plan.step(ref.dotted(), "Leases may read it.", "GRANT SELECT ON " + view + " TO " + reader);
  }

  private static void checkTable(
      PlanBuilder plan, RelationFact relation, GovernedRelations governed) {
    if (relation.rowSecurity()) {
      plan.problem(
          relation.ref().dotted(),
          "Row security on it would judge the owner of the masked view, not the person.",
          "Express the rule as a row filter of the policy, and turn row security off.");
    }
    Map<String, MaskSpec> masks = governed.masksOf(relation.ref());
    for (String column : relation.partitionColumns()) {
      if (masks.containsKey(column)) {
        plan.problem(
            relation.ref().dotted() + "." + column,
            "It is a partition key, and everybody can read the bounds of partitions.",
            "Partition by another column, or by hash.");
      }
    }
    if (relation.kind() == Kind.FOREIGN_TABLE) {
      plan.note(
          relation.ref().dotted(),
          "A foreign table: the view owner needs a user mapping for its server.");
    }
  }

  /// Relations without anything sensitive are read directly; what is not named here is not granted.
  private static void grantTheRest(
      PlanBuilder plan,
      DatabaseFacts facts,
      GovernedRelations governed,
      AccessProfile profile,
      EnforcementNames names) {
    String reader = plan.quoted(names.reader(profile));
    Set<String> schemas = new LinkedHashSet<>();
    for (RelationFact relation : facts.relations()) {
      if (EnforcementNames.ours(relation.ref().schema())) {
        continue;
      }
      schemas.add(relation.ref().schema());
      switch (relation.kind()) {
        case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> {
          boolean storedCalls =
              relation.kind() == Kind.MATERIALIZED_VIEW && relation.callsFunctions();
          if (storedCalls && !governed.governs(relation.ref())) {
            plan.note(
                relation.ref().dotted(),
                "It stores what functions returned, which may be anything: not exposed.");
          } else if (!governed.governs(relation.ref())) {
            plan.step(
                relation.ref().dotted(),
                "Nothing sensitive: leases read it directly.",
                "GRANT SELECT ON TABLE " + plan.quoted(relation.ref()) + " TO " + reader);
          } else {
            plan.step(
                relation.ref().dotted(),
                "Leases must not read it directly.",
                "REVOKE ALL ON TABLE " + plan.quoted(relation.ref()) + " FROM " + reader);
          }
        }
        case SEQUENCE, OTHER ->
            plan.note(relation.ref().dotted(), "Not a table or view of the data: not granted.");
      }
    }
    for (String schema : schemas) {
      plan.step(
          schema,
          "Names in it resolve for leases.",
          "GRANT USAGE ON SCHEMA " + plan.quoted(schema) + " TO " + reader);
    }
  }

  /// Views of ours that no profile needs any more.
  private static void dropStaleViews(
      PlanBuilder plan, DatabaseFacts facts, EnforcementNames names, List<AccessProfile> profiles) {
    Set<TableRef> wanted = new LinkedHashSet<>();
    for (AccessProfile profile : profiles) {
      GovernedRelations governed = new GovernedRelations(facts, profile);
      governed.tables().forEach(table -> wanted.add(viewOf(names, profile, table.ref())));
      governed.views().forEach(view -> wanted.add(viewOf(names, profile, view.ref())));
    }
    for (RelationFact relation : facts.relations()) {
      if (relation.kind() == Kind.VIEW
          && relation.owner().equals(names.viewOwner())
          && !wanted.contains(relation.ref())) {
        plan.step(
            relation.ref().dotted(),
            "The policy no longer needs it.",
            "DROP VIEW IF EXISTS " + plan.quoted(relation.ref()));
      }
    }
  }
}
