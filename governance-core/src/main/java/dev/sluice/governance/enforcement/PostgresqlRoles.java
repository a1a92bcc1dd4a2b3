package dev.sluice.governance.enforcement;

import dev.sluice.governance.enforcement.DatabaseFacts.RoleFact;
import dev.sluice.governance.enforcement.DatabaseFacts.SchemaFact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The roles of a plan and the two functions through which the server's login issues and revokes
/// leases without the right to create roles itself.
final class PostgresqlRoles {

  private static final List<String> LEASE_FUNCTIONS =
      List.of(".state()", ".issue(text, text, text, int, int, int, text)", ".revoke(text)");

  private final PlanBuilder plan;
  private final DatabaseFacts facts;
  private final EnforcementNames names;

  PostgresqlRoles(PlanBuilder plan, DatabaseFacts facts, EnforcementNames names) {
    this.plan = plan;
    this.facts = facts;
    this.names = names;
  }

  void create(List<AccessProfile> profiles) {
    role(names.viewOwner(), "Owns the masked views.", "NOLOGIN");
    role(
        names.leaseOwner(),
        "Owns the lease functions; the only role of ours that may create roles.",
        "NOLOGIN CREATEROLE");
    role(names.broker(), "The server's login.", "LOGIN");
    role(names.formerPublic(), "Keeps what PUBLIC held.", "NOLOGIN");
    for (AccessProfile profile : profiles) {
      String reader = names.reader(profile);
      role(reader, "What leases are members of.", "NOLOGIN");
      plan.step(
          reader,
          "Only the lease functions add members.",
          "GRANT "
              + plan.quoted(reader)
              + " TO "
              + plan.quoted(names.leaseOwner())
              + " WITH ADMIN OPTION"
              + (facts.version() >= 16 ? ", INHERIT FALSE, SET FALSE" : ""));
      plan.step(
          reader,
          "Leases connect to this database.",
          "GRANT CONNECT ON DATABASE "
              + plan.quoted(facts.database())
              + " TO "
              + plan.quoted(reader));
    }
    plan.step(
        names.leaseOwner(),
        "Revoking a lease ends its sessions.",
        "GRANT pg_signal_backend TO " + plan.quoted(names.leaseOwner()));
    plan.step(
        names.leaseOwner(),
        "Revoking a lease finds its sessions.",
        "GRANT SELECT ON pg_catalog.pg_stat_activity TO " + plan.quoted(names.leaseOwner()));
    plan.step(
        names.leaseOwner(),
        "Revoking a lease finds its sessions.",
        "GRANT EXECUTE ON FUNCTION pg_catalog.pg_stat_get_activity(int4) TO "
            + plan.quoted(names.leaseOwner()));
    plan.step(
        names.broker(),
        "The server connects to this database.",
        "GRANT CONNECT ON DATABASE "
            + plan.quoted(facts.database())
            + " TO "
            + plan.quoted(names.broker()));
    for (RoleFact role : facts.roles()) {
      if (role.login() && !role.superuser() && !ours(role.name())) {
        plan.step(
            role.name(),
            "It was here before and keeps what PUBLIC held.",
            "GRANT " + plan.quoted(names.formerPublic()) + " TO " + plan.quoted(role.name()));
      }
    }
  }

  private boolean ours(String role) {
    return role.startsWith("sluice_") || role.startsWith(EnforcementNames.LEASE_PREFIX);
  }

  void role(String name, String why, String login) {
    String quoted = plan.quoted(name);
    String block =
        "BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = "
            + SqlText.literal(name)
            + ") THEN CREATE ROLE "
            + quoted
            + "; END IF; END";
    plan.step(name, why, "DO $sluice$ " + block + " $sluice$");
    plan.step(
        name,
        "Nothing more than it needs.",
        "ALTER ROLE "
            + quoted
            + " NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS "
            + (login.contains("CREATEROLE") ? "" : "NOCREATEROLE ")
            + login);
  }

  void leaseFunctions(List<AccessProfile> profiles) {
    String schema = plan.quoted(names.brokerSchema());
    String owner = plan.quoted(names.leaseOwner());
    String broker = plan.quoted(names.broker());
    plan.step(
        names.brokerSchema(),
        "The lease functions and what was applied.",
        "CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + owner);
    plan.step(
        names.brokerSchema(),
        "What was applied, to notice drift.",
        "CREATE TABLE IF NOT EXISTS "
            + schema
            + ".applied (id bigint PRIMARY KEY GENERATED ALWAYS"
            + " AS IDENTITY, plan text NOT NULL, state text NOT NULL, applied_at timestamptz NOT"
            + " NULL DEFAULT pg_catalog.now(), profiles text NOT NULL DEFAULT '')");
    plan.step(
        names.brokerSchema(),
        "Not the server's login's own.",
        "ALTER TABLE " + schema + ".applied OWNER TO " + owner);
    plan.step(
        names.brokerSchema() + ".state",
        "What must not change behind the plan.",
        PostgresqlLeaseSql.state(plan, names));
    plan.step(
        names.brokerSchema() + ".issue",
        "Creates a leased login: checked name, hashed password, minutes to live.",
        PostgresqlLeaseSql.issue(plan, facts, names, profiles));
    plan.step(
        names.brokerSchema() + ".revoke",
        "Ends a lease: no login, no session, no role.",
        PostgresqlLeaseSql.revoke(plan, facts, names, profiles));
    for (String function : LEASE_FUNCTIONS) {
      String name = schema + function;
      plan.step(
          names.brokerSchema() + function,
          "Runs with the rights of the lease owner.",
          "ALTER FUNCTION " + name + " OWNER TO " + owner);
      plan.step(
          names.brokerSchema() + function,
          "Nobody else may call it.",
          "REVOKE ALL ON FUNCTION " + name + " FROM PUBLIC");
      plan.step(
          names.brokerSchema() + function,
          "The server's login calls it.",
          "GRANT EXECUTE ON FUNCTION " + name + " TO " + broker);
    }
    plan.step(
        names.brokerSchema(),
        "The server's login calls the functions and reads what was applied.",
        "GRANT USAGE ON SCHEMA " + schema + " TO " + broker);
    plan.step(
        names.brokerSchema(),
        "The server's login reads what was applied.",
        "GRANT SELECT ON " + schema + ".applied TO " + broker);
  }

  /// Drops everything of ours. Leases must be revoked first; what they own keeps their roles.
  void drop() {
    List<String> schemas = new ArrayList<>();
    for (SchemaFact schema : facts.schemas()) {
      if (EnforcementNames.ours(schema.name())
          && (schema.owner().equals(names.viewOwner())
              || schema.owner().equals(names.leaseOwner()))) {
        schemas.add(schema.name());
      }
    }
    Set<String> roles = new LinkedHashSet<>();
    for (RoleFact role : facts.roles()) {
      if (names.owns(role.name())
          || (role.name().startsWith(EnforcementNames.LEASE_PREFIX)
              && role.memberOf().stream()
                  .anyMatch(
                      group ->
                          group.startsWith("sluice_" + facts.database() + "_reader")
                              || group.equals(names.changeGroup())))) {
        roles.add(role.name());
      }
    }
    String list =
        facts.relations().stream()
            .filter(relation -> schemas.contains(relation.ref().schema()))
            .filter(relation -> relation.kind().isView())
            .map(relation -> plan.quoted(relation.ref()))
            .collect(Collectors.joining(", "));
    if (!list.isEmpty()) {
      plan.step(facts.database(), "The masked views.", "DROP VIEW IF EXISTS " + list);
    }
    if (schemas.contains(names.brokerSchema())) {
      String schema = plan.quoted(names.brokerSchema());
      plan.step(
          names.brokerSchema(),
          "The lease functions.",
          "DROP FUNCTION IF EXISTS "
              + java.util.stream.Stream.concat(
                      LEASE_FUNCTIONS.stream(), PostgresqlChanges.FUNCTIONS.stream())
                  .map(function -> schema + function)
                  .collect(Collectors.joining(", ")));
      plan.step(
          names.brokerSchema(), "What was applied.", "DROP TABLE IF EXISTS " + schema + ".applied");
    }
    for (String schema : schemas) {
      plan.step(schema, "Empty by now.", "DROP SCHEMA IF EXISTS " + plan.quoted(schema));
    }
    for (String role : roles) {
      plan.step(role, "What it was granted.", "DROP OWNED BY " + plan.quoted(role));
    }
    for (String role : roles) {
      plan.step(role, "The role.", "DROP ROLE IF EXISTS " + plan.quoted(role));
    }
  }
}
