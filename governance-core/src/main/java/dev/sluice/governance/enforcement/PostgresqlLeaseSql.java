package dev.sluice.governance.enforcement;

import dev.sluice.governance.enforcement.DatabaseFacts.SchemaFact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The lease functions of PostgreSQL. Both check every argument themselves: the login that calls
/// them is not trusted.
final class PostgresqlLeaseSql {

  static final String LEASE_PATTERN = "^slu_[a-z0-9_]{1,40}_[0-9a-f]{8}$";

  /// What must not change, for the function above and whoever asks what changed.
  static String state(PlanBuilder plan, EnforcementNames names) {
    return "CREATE OR REPLACE FUNCTION "
        + plan.quoted(names.brokerSchema())
        + ".state() RETURNS text\n"
        + "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS"
        + " $sluice$\n"
        + PostgresqlStateSql.QUERY
        + "$sluice$";
  }

  private PostgresqlLeaseSql() {}

  static String issue(
      PlanBuilder plan, DatabaseFacts facts, EnforcementNames names, List<AccessProfile> profiles) {
    String readers =
        profiles.stream()
            .map(profile -> SqlText.literal(names.reader(profile)))
            .collect(Collectors.joining(", "));
    StringBuilder paths = new StringBuilder("CASE reader");
    for (AccessProfile profile : profiles) {
      paths.append(" WHEN ").append(SqlText.literal(names.reader(profile)));
      paths.append(" THEN ").append(SqlText.literal(searchPath(plan, facts, names, profile)));
    }
    paths.append(" END");
    String membership = facts.version() >= 16 ? " WITH INHERIT TRUE, SET FALSE" : "";
    return "CREATE OR REPLACE FUNCTION "
        + plan.quoted(names.brokerSchema())
        + ".issue(lease text, verifier text, reader text, seconds int, connections int,"
        + " statement_seconds int, profile text) RETURNS timestamptz\n"
        + "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $sluice$\n"
        + "DECLARE until timestamptz := clock_timestamp() + make_interval(secs => seconds);\n"
        + "  known record;\n"
        + "BEGIN\n"
        + "  SELECT a.state, a.profiles INTO known FROM "
        + plan.quoted(names.brokerSchema())
        + ".applied a ORDER BY a.id DESC LIMIT 1;\n"
        + "  IF NOT FOUND THEN\n"
        + "    RAISE EXCEPTION 'no plan was applied' USING ERRCODE = '"
        + EnforcementNames.NOT_APPLIED
        + "'; END IF;\n"
        + "  IF known.state IS DISTINCT FROM "
        + plan.quoted(names.brokerSchema())
        + ".state() THEN\n"
        + "    RAISE EXCEPTION 'the database changed' USING ERRCODE = '"
        + EnforcementNames.DRIFTED
        + "'; END IF;\n"
        + "  IF profile <> '' AND reader || '=' || profile <> ALL\n"
        + "      (string_to_array(known.profiles, E'\\n')) THEN\n"
        + "    RAISE EXCEPTION 'another policy was applied' USING ERRCODE = '"
        + EnforcementNames.OTHER_POLICY
        + "'; END IF;\n"
        + "  IF lease !~ '"
        + LEASE_PATTERN
        + "' THEN\n"
        + "    RAISE EXCEPTION 'not a lease name'; END IF;\n"
        + "  IF verifier <> '' AND verifier !~"
        + " '^SCRAM-SHA-256[$][0-9]+:[A-Za-z0-9+/]+=*[$][A-Za-z0-9+/]+=*:[A-Za-z0-9+/]+=*$' THEN\n"
        + "    RAISE EXCEPTION 'not a SCRAM verifier'; END IF;\n"
        + "  IF reader <> ALL (ARRAY["
        + readers
        + "]) THEN\n"
        + "    RAISE EXCEPTION 'not a reader of this database'; END IF;\n"
        + "  IF seconds NOT BETWEEN 1 AND 3600 OR connections NOT BETWEEN 1 AND 16\n"
        + "      OR statement_seconds NOT BETWEEN 1 AND 86400 THEN\n"
        + "    RAISE EXCEPTION 'not a limit for a lease'; END IF;\n"
        + "  IF EXISTS (SELECT FROM pg_roles WHERE rolname = lease) THEN\n"
        + "    IF NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.member\n"
        + "        JOIN pg_roles g ON g.oid = m.roleid\n"
        + "        WHERE l.rolname = lease AND g.rolname = reader) THEN\n"
        + "      RAISE EXCEPTION 'not a lease of this reader'; END IF;\n"
        + "    EXECUTE format('ALTER ROLE %I VALID UNTIL %L', lease, until);\n"
        + "    IF verifier <> '' THEN\n"
        + "      EXECUTE format('ALTER ROLE %I PASSWORD %L', lease, verifier); END IF;\n"
        + "    RETURN until;\n"
        + "  END IF;\n"
        + "  IF verifier = '' THEN RAISE EXCEPTION 'no such lease'; END IF;\n"
        + "  EXECUTE format('CREATE ROLE %I LOGIN INHERIT CONNECTION LIMIT %s PASSWORD %L VALID"
        + " UNTIL %L', lease, connections, verifier, until);\n"
        + "  EXECUTE format('GRANT %I TO %I"
        + membership
        + "', reader, lease);\n"
        + "  EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path TO %s', lease,\n"
        + "    current_database(), "
        + paths
        + ");\n"
        + "  EXECUTE format('ALTER ROLE %I SET default_transaction_read_only TO on', lease);\n"
        + "  EXECUTE format('ALTER ROLE %I SET statement_timeout TO %L', lease,\n"
        + "    statement_seconds || 's');\n"
        + "  EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout TO %L', lease,\n"
        + "    statement_seconds || 's');\n"
        + "  RETURN until;\n"
        + "END $sluice$";
  }

  static String revoke(
      PlanBuilder plan, DatabaseFacts facts, EnforcementNames names, List<AccessProfile> profiles) {
    String readers =
        profiles.stream()
            .map(profile -> SqlText.literal(names.reader(profile)))
            .collect(Collectors.joining(", "));
    String selfGrant = facts.version() >= 16 ? " WITH INHERIT TRUE" : "";
    return "CREATE OR REPLACE FUNCTION "
        + plan.quoted(names.brokerSchema())
        + ".revoke(lease text) RETURNS boolean\n"
        + "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $sluice$\n"
        + "BEGIN\n"
        + "  IF lease !~ '"
        + LEASE_PATTERN
        + "' THEN\n"
        + "    RAISE EXCEPTION 'not a lease name'; END IF;\n"
        + "  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = lease) THEN\n"
        + "    RETURN false; END IF;\n"
        + "  IF NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.member\n"
        + "      JOIN pg_roles g ON g.oid = m.roleid\n"
        + "      WHERE l.rolname = lease AND g.rolname = ANY (ARRAY["
        + readers
        + "])) THEN\n"
        + "    RAISE EXCEPTION 'not a lease of this database'; END IF;\n"
        + "  EXECUTE format('ALTER ROLE %I NOLOGIN CONNECTION LIMIT 0 VALID UNTIL %L', lease,\n"
        + "    '-infinity');\n"
        + "  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = lease;\n"
        + "  EXECUTE format('GRANT %I TO %I"
        + selfGrant
        + "', lease, current_user);\n"
        + "  EXECUTE format('DROP OWNED BY %I', lease);\n"
        + "  EXECUTE format('DROP ROLE %I', lease);\n"
        + "  RETURN true;\n"
        + "END $sluice$";
  }

  /// Each view schema stands right before the schema whose tables it stands for.
  static String searchPath(
      PlanBuilder plan, DatabaseFacts facts, EnforcementNames names, AccessProfile profile) {
    GovernedRelations governed = new GovernedRelations(facts, profile);
    List<String> path = new ArrayList<>();
    for (String base : facts.searchPath()) {
      if (EnforcementNames.ours(base)
          || facts.schemas().stream().map(SchemaFact::name).noneMatch(base::equals)) {
        continue;
      }
      boolean hasViews =
          java.util.stream.Stream.concat(governed.tables().stream(), governed.views().stream())
              .anyMatch(relation -> relation.ref().schema().equals(base));
      if (hasViews) {
        path.add(plan.quoted(names.viewSchema(profile, base)));
      }
      path.add(plan.quoted(base));
    }
    return path.isEmpty() ? "pg_catalog" : String.join(", ", path);
  }
}
