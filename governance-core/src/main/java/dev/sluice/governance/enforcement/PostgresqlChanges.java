package dev.sluice.governance.enforcement;

import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import java.util.List;
import java.util.TreeSet;

/// How approved changes run on PostgreSQL: two functions make and drop a login that holds the verbs
/// and tables of one statement and nothing else, through a role that may pass these on.
final class PostgresqlChanges {

  static final List<String> FUNCTIONS =
      List.of(
          ".begin_change(text, text, int, int, text[], text[], text[])",
          ".grant_change(text, text[], text[], text[])",
          ".release_change(text)",
          ".end_change(text)");

  /// One grant at a time: grants on one table in two transactions would fail each other.
  private static final String ONE_AT_A_TIME = "  PERFORM pg_advisory_xact_lock(7311846013);\n";

  private static final String CHECK_NAME =
      "  IF change !~ '^slu_change_[0-9a-f]{12}$' THEN\n"
          + "    RAISE EXCEPTION 'not the name of a change'; END IF;\n";

  private final PlanBuilder plan;
  private final DatabaseFacts facts;
  private final EnforcementNames names;
  private final String schema;
  private final String group;

  PostgresqlChanges(PlanBuilder plan, DatabaseFacts facts, EnforcementNames names) {
    this.plan = plan;
    this.facts = facts;
    this.names = names;
    this.schema = plan.quoted(names.brokerSchema());
    this.group = plan.quoted(names.changeGroup());
  }

  void roles(PostgresqlRoles roles) {
    roles.role(names.changeOwner(), "Passes on what approved changes need.", "NOLOGIN");
    roles.role(names.changeGroup(), "What logins of approved changes are members of.", "NOLOGIN");
    roles.role(names.changer(), "The server's login for approved changes.", "LOGIN");
    String database = plan.quoted(facts.database());
    plan.step(
        names.changeGroup(),
        "Approved changes connect to this database.",
        "GRANT CONNECT ON DATABASE " + database + " TO " + group);
    plan.step(
        names.changer(),
        "The server connects to this database.",
        "GRANT CONNECT ON DATABASE " + database + " TO " + plan.quoted(names.changer()));
    plan.step(
        names.changeGroup(),
        "Only the functions add members.",
        "GRANT "
            + group
            + " TO "
            + plan.quoted(names.leaseOwner())
            + " WITH ADMIN OPTION"
            + (facts.version() >= 16 ? ", INHERIT FALSE, SET FALSE" : ""));
    TreeSet<String> schemas = new TreeSet<>();
    for (RelationFact relation : facts.relations()) {
      if (!EnforcementNames.ours(relation.ref().schema())) {
        passOn(relation, schemas);
      }
    }
    for (String base : schemas) {
      plan.step(
          base,
          "Names in it resolve for approved changes.",
          "GRANT USAGE ON SCHEMA "
              + plan.quoted(base)
              + " TO "
              + plan.quoted(names.changeOwner())
              + ", "
              + group);
    }
  }

  private void passOn(RelationFact relation, TreeSet<String> schemas) {
    String what =
        switch (relation.kind()) {
          case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE ->
              "SELECT, INSERT, UPDATE, DELETE ON TABLE ";
          case VIEW, MATERIALIZED_VIEW -> "SELECT ON TABLE ";
          case SEQUENCE -> "USAGE ON SEQUENCE ";
          case OTHER -> "";
        };
    if (what.isEmpty()) {
      return;
    }
    schemas.add(relation.ref().schema());
    plan.step(
        relation.ref().dotted(),
        "May be passed on to an approved change, for as long as it runs.",
        "GRANT "
            + what
            + plan.quoted(relation.ref())
            + " TO "
            + plan.quoted(names.changeOwner())
            + " WITH GRANT OPTION");
  }

  void functions() {
    plan.step(
        names.brokerSchema() + ".grant_change",
        "Passes on what one change needs, and nothing of the system's or ours.",
        grantChange());
    plan.step(
        names.brokerSchema() + ".begin_change",
        "Creates the login of one approved change: checked name, hashed password, minutes to live.",
        beginChange());
    plan.step(names.brokerSchema() + ".end_change", "No login, no session, no role.", endChange());
    plan.step(
        names.brokerSchema() + ".release_change",
        "Takes back what one change was passed on.",
        releaseChange());
    owned(FUNCTIONS.get(0), names.leaseOwner(), names.changer());
    owned(FUNCTIONS.get(1), names.changeOwner(), names.leaseOwner());
    owned(FUNCTIONS.get(2), names.changeOwner(), names.leaseOwner());
    owned(FUNCTIONS.get(3), names.leaseOwner(), names.changer());
    plan.step(
        names.changer(),
        "The server's login calls the functions.",
        "GRANT USAGE ON SCHEMA "
            + schema
            + " TO "
            + plan.quoted(names.changer())
            + ", "
            + plan.quoted(names.changeOwner()));
  }

  private void owned(String function, String owner, String caller) {
    String name = schema + function;
    plan.step(
        names.brokerSchema() + function,
        "Runs with the rights of " + owner + ".",
        "ALTER FUNCTION " + name + " OWNER TO " + plan.quoted(owner));
    plan.step(
        names.brokerSchema() + function,
        "Nobody else may call it.",
        "REVOKE ALL ON FUNCTION " + name + " FROM PUBLIC");
    plan.step(
        names.brokerSchema() + function,
        "It is called by " + caller + ".",
        "GRANT EXECUTE ON FUNCTION " + name + " TO " + plan.quoted(caller));
  }

  private String head(String signature, String returns) {
    return "CREATE OR REPLACE FUNCTION "
        + schema
        + signature
        + " RETURNS "
        + returns
        + "\nLANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $sluice$\n";
  }

  private String beginChange() {
    String membership = facts.version() >= 16 ? " WITH INHERIT TRUE, SET FALSE" : "";
    return head(
            ".begin_change(change text, verifier text, seconds int, statement_seconds int,"
                + " schemas text[], tables text[], verbs text[])",
            "timestamptz")
        + "DECLARE until timestamptz := clock_timestamp() + make_interval(secs => seconds);\n"
        + "BEGIN\n"
        + CHECK_NAME
        + "  IF verifier !~ '^SCRAM-SHA-256[$][0-9]+:[A-Za-z0-9+/]+=*[$][A-Za-z0-9+/]+=*:"
        + "[A-Za-z0-9+/]+=*$' THEN\n"
        + "    RAISE EXCEPTION 'not a SCRAM verifier'; END IF;\n"
        + "  IF seconds NOT BETWEEN 1 AND 3600 OR statement_seconds NOT BETWEEN 1 AND 3600 THEN\n"
        + "    RAISE EXCEPTION 'not a limit for a change'; END IF;\n"
        + "  EXECUTE format('CREATE ROLE %I LOGIN INHERIT CONNECTION LIMIT 2 PASSWORD %L VALID"
        + " UNTIL %L', change, verifier, until);\n"
        + "  EXECUTE format('GRANT "
        + group
        + " TO %I"
        + membership
        + "', change);\n"
        + "  EXECUTE format('ALTER ROLE %I SET statement_timeout TO %L', change,\n"
        + "    statement_seconds || 's');\n"
        + "  EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout TO %L',"
        + " change,\n"
        + "    statement_seconds || 's');\n"
        + "  PERFORM "
        + schema
        + ".grant_change(change, schemas, tables, verbs);\n"
        + "  RETURN until;\n"
        + "END $sluice$";
  }

  private String grantChange() {
    return head(".grant_change(change text, schemas text[], tables text[], verbs text[])", "void")
        + "DECLARE sequence record;\n"
        + "BEGIN\n"
        + CHECK_NAME
        + ONE_AT_A_TIME
        + "  FOR i IN 1 .. coalesce(array_length(tables, 1), 0) LOOP\n"
        + "    IF schemas[i] ~ '^(pg_|sluice_)' OR schemas[i] = 'information_schema' THEN\n"
        + "      RAISE EXCEPTION 'not a table of the data'; END IF;\n"
        + "    IF verbs[i] NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') THEN\n"
        + "      RAISE EXCEPTION 'not a verb of a change'; END IF;\n"
        + "    EXECUTE format('GRANT %s ON TABLE %I.%I TO %I', verbs[i], schemas[i], tables[i],"
        + " change);\n"
        + "    IF verbs[i] = 'INSERT' THEN\n"
        + "      FOR sequence IN SELECT sn.nspname, s.relname FROM pg_class t\n"
        + "          JOIN pg_namespace tn ON tn.oid = t.relnamespace\n"
        + "          JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass\n"
        + "            AND d.refobjid = t.oid AND d.classid = 'pg_class'::regclass\n"
        + "            AND d.deptype IN ('a', 'i')\n"
        + "          JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'\n"
        + "          JOIN pg_namespace sn ON sn.oid = s.relnamespace\n"
        + "          WHERE tn.nspname = schemas[i] AND t.relname = tables[i] LOOP\n"
        + "        EXECUTE format('GRANT USAGE ON SEQUENCE %I.%I TO %I', sequence.nspname,\n"
        + "          sequence.relname, change);\n"
        + "      END LOOP;\n"
        + "    END IF;\n"
        + "  END LOOP;\n"
        + "END $sluice$";
  }

  private String releaseChange() {
    return head(".release_change(change text)", "void")
        + "DECLARE held record;\n"
        + "BEGIN\n"
        + CHECK_NAME
        + ONE_AT_A_TIME
        + "  FOR held IN SELECT n.nspname, c.relname, c.relkind FROM pg_shdepend d\n"
        + "      JOIN pg_roles r ON r.oid = d.refobjid AND r.rolname = change\n"
        + "      JOIN pg_class c ON c.oid = d.objid\n"
        + "      JOIN pg_namespace n ON n.oid = c.relnamespace\n"
        + "      WHERE d.refclassid = 'pg_authid'::regclass AND d.classid = 'pg_class'::regclass\n"
        + "        AND d.dbid = (SELECT b.oid FROM pg_database b\n"
        + "          WHERE b.datname = current_database()) LOOP\n"
        + "    EXECUTE format('REVOKE ALL ON %s %I.%I FROM %I', CASE held.relkind WHEN 'S' THEN\n"
        + "      'SEQUENCE' ELSE 'TABLE' END, held.nspname, held.relname, change);\n"
        + "  END LOOP;\n"
        + "END $sluice$";
  }

  private String endChange() {
    String selfGrant = facts.version() >= 16 ? " WITH INHERIT TRUE" : "";
    return head(".end_change(change text)", "boolean")
        + "BEGIN\n"
        + CHECK_NAME
        + "  IF NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.member\n"
        + "      JOIN pg_roles g ON g.oid = m.roleid WHERE l.rolname = change\n"
        + "        AND g.rolname = "
        + SqlText.literal(names.changeGroup())
        + ") THEN\n"
        + "    RETURN false; END IF;\n"
        + "  EXECUTE format('ALTER ROLE %I NOLOGIN CONNECTION LIMIT 0', change);\n"
        + "  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = change;\n"
        + "  PERFORM "
        + schema
        + ".release_change(change);\n"
        + "  EXECUTE format('GRANT %I TO %I"
        + selfGrant
        + "', change, current_user);\n"
        + "  EXECUTE format('DROP OWNED BY %I', change);\n"
        + "  EXECUTE format('DROP ROLE %I', change);\n"
        + "  RETURN true;\n"
        + "END $sluice$";
  }
}
