package dev.sluice.governance.enforcement;

import java.util.List;
import java.util.stream.Collectors;

/// The accounts of a MariaDB plan and the procedures through which the server's login issues and
/// ends leases.
final class MariadbAccounts {

  private final PlanBuilder plan;
  private final DatabaseFacts facts;
  private final EnforcementNames names;

  MariadbAccounts(PlanBuilder plan, DatabaseFacts facts, EnforcementNames names) {
    this.plan = plan;
    this.facts = facts;
    this.names = names;
  }

  static String brokerDatabase(EnforcementNames names) {
    return names.brokerSchema() + "_" + names.database();
  }

  String viewOwner() {
    return plan.quoted(names.viewOwner()) + "@" + plan.quoted("localhost");
  }

  private String leaseOwner() {
    return plan.quoted(names.leaseOwner()) + "@" + plan.quoted("localhost");
  }

  private String broker() {
    return plan.quoted(names.broker()) + "@" + plan.quoted("%");
  }

  void create() {
    brokerDatabase();
    account(names.viewOwner(), viewOwner(), "Owns the masked views; cannot log in.", true);
    account(
        names.leaseOwner(),
        leaseOwner(),
        "Owns the lease procedures; the only account of ours that may create accounts; cannot log"
            + " in.",
        true);
    account(names.broker(), broker(), "The server's login.", false);
    plan.step(
        names.viewOwner(),
        "Reads the base tables.",
        "GRANT SELECT, SHOW VIEW ON " + pattern(facts.database()) + ".* TO " + viewOwner());
  }

  void account(String name, String account, String why, boolean locked) {
    plan.step(
        name,
        why,
        "CREATE USER IF NOT EXISTS "
            + account
            + " IDENTIFIED VIA mysql_native_password USING 'invalid'");
    if (locked) {
      plan.step(name, "Nobody logs in with it.", "ALTER USER " + account + " ACCOUNT LOCK");
    }
  }

  void viewOwnerReads(String masked) {
    plan.step(
        masked,
        "Views there may read each other.",
        "GRANT SELECT, SHOW VIEW ON " + pattern(masked) + ".* TO " + viewOwner());
  }

  /// First of all: what tells our own objects from others of the same name.
  void brokerDatabase() {
    String database = plan.quoted(brokerDatabase(names));
    plan.step(
        brokerDatabase(names),
        "The lease procedures and what was applied.",
        "CREATE DATABASE IF NOT EXISTS " + database + " CHARACTER SET utf8mb4");
    plan.step(
        brokerDatabase(names),
        "What was applied, to notice drift.",
        "CREATE TABLE IF NOT EXISTS "
            + database
            + ".applied (id BIGINT PRIMARY KEY AUTO_INCREMENT,"
            + " plan VARCHAR(64) NOT NULL, state LONGTEXT NOT NULL, applied_at TIMESTAMP NOT NULL"
            + " DEFAULT CURRENT_TIMESTAMP, profiles TEXT NOT NULL)");
  }

  void leaseProcedures(List<AccessProfile> profiles) {
    String database = plan.quoted(brokerDatabase(names));
    plan.step(
        brokerDatabase(names),
        "Accounts have no expiry of minutes, so the sweeper goes by this.",
        "CREATE TABLE IF NOT EXISTS "
            + database
            + ".lease (name VARCHAR(80) CHARACTER SET ascii"
            + " COLLATE ascii_bin PRIMARY KEY, valid_until DATETIME NOT NULL)");
    plan.step(
        brokerDatabase(names) + ".state",
        "What must not change behind the plan.",
        MariadbStateSql.function(viewOwner(), database, schemas(profiles)));
    plan.step(
        brokerDatabase(names) + ".definitions",
        "What views read, for the server, whose own login may read no row of theirs.",
        MariadbStateSql.definitions(viewOwner(), database, facts.database()));
    plan.step(
        brokerDatabase(names) + ".issue",
        "Creates a leased login: unchanged database, checked name, hashed password, the masked"
            + " database only.",
        issue(database, profiles));
    plan.step(
        brokerDatabase(names) + ".revoke",
        "Ends a lease: locked, its sessions killed, dropped.",
        revoke(database));
  }

  private List<String> schemas(List<AccessProfile> profiles) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(facts.database()),
            profiles.stream().map(profile -> names.viewSchema(profile, facts.database())))
        .toList();
  }

  void grants(List<AccessProfile> profiles) {
    String database = plan.quoted(brokerDatabase(names));
    execute("PROCEDURE", "issue", leaseOwner(), names.leaseOwner());
    execute("PROCEDURE", "revoke", leaseOwner(), names.leaseOwner());
    execute("FUNCTION", "state", leaseOwner(), names.leaseOwner());
    execute("FUNCTION", "state", viewOwner(), names.viewOwner());
    execute("PROCEDURE", "definitions", viewOwner(), names.viewOwner());
    plan.step(
        names.leaseOwner(),
        "Creates and drops leased logins, and ends their sessions.",
        "GRANT CREATE USER, CONNECTION ADMIN ON *.* TO " + leaseOwner());
    plan.step(
        names.leaseOwner(),
        "Keeps the list of leases.",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON " + database + ".lease TO " + leaseOwner());
    plan.step(
        names.leaseOwner(),
        "Compares the database with what was applied.",
        "GRANT SELECT ON " + database + ".applied TO " + leaseOwner());
    for (AccessProfile profile : profiles) {
      String masked = names.viewSchema(profile, facts.database());
      plan.step(
          masked,
          "Passed on to each lease.",
          "GRANT SELECT, SHOW VIEW ON "
              + pattern(masked)
              + ".* TO "
              + leaseOwner()
              + " WITH GRANT OPTION");
    }
    for (String table : MariadbStateSql.GRANT_TABLES) {
      plan.step(
          names.viewOwner(),
          "Sees who else was granted what leases are granted.",
          "GRANT SELECT ON mysql." + table + " TO " + viewOwner());
    }
    execute("PROCEDURE", "issue", broker(), names.broker());
    execute("PROCEDURE", "revoke", broker(), names.broker());
    execute("FUNCTION", "state", broker(), names.broker());
    execute("PROCEDURE", "definitions", broker(), names.broker());
    for (String table : List.of("applied", "lease")) {
      plan.step(
          names.broker(),
          "Reads what was applied and which leases there are.",
          "GRANT SELECT ON " + database + "." + table + " TO " + broker());
    }
    for (String schema : schemas(profiles)) {
      // REFERENCES allows nothing here but to see that tables and columns exist.
      plan.step(
          names.broker(),
          "Sees which tables and columns there are, and no row of them.",
          "GRANT REFERENCES ON " + pattern(schema) + ".* TO " + broker());
    }
  }

  void execute(String kind, String routine, String account, String object) {
    plan.step(
        object,
        "Runs " + routine + ", whose text decides what it may do.",
        "GRANT EXECUTE ON "
            + kind
            + " "
            + plan.quoted(brokerDatabase(names))
            + "."
            + routine
            + " TO "
            + account);
  }

  private String issue(String database, List<AccessProfile> profiles) {
    String targets =
        profiles.stream()
            .map(
                profile ->
                    "WHEN "
                        + SqlText.literal(names.reader(profile))
                        + " THEN "
                        + SqlText.literal(
                            names.viewSchema(profile, facts.database()).replace("_", "!_"))
                        + " ")
            .collect(Collectors.joining());
    return "CREATE OR REPLACE DEFINER = "
        + leaseOwner()
        + " PROCEDURE "
        + database
        + ".issue("
        + "lease VARCHAR(80) CHARACTER SET ascii, verifier VARCHAR(80) CHARACTER SET ascii,"
        + " reader VARCHAR(80) CHARACTER SET ascii, seconds INT, connections INT,"
        + " statement_seconds INT, profile VARCHAR(80) CHARACTER SET ascii)\n"
        + "MODIFIES SQL DATA SQL SECURITY DEFINER\n"
        + "BEGIN\n"
        + "  DECLARE masked VARCHAR(200) CHARACTER SET ascii;\n"
        + "  DECLARE known_state LONGTEXT CHARACTER SET utf8mb4;\n"
        + "  DECLARE known_profiles TEXT CHARACTER SET utf8mb4;\n"
        + "  SELECT a.state, a.profiles INTO known_state, known_profiles FROM "
        + database
        + ".applied a\n"
        + "    ORDER BY a.id DESC LIMIT 1;\n"
        + refuse("known_state IS NULL", EnforcementNames.NOT_APPLIED, "no plan was applied")
        + refuse(
            "NOT (CAST(known_state AS BINARY) <=> CAST(" + database + ".state() AS BINARY))",
            EnforcementNames.DRIFTED,
            "the database changed")
        + refuse(
            "profile <> '' AND LOCATE(CONCAT(CHAR(10), reader, '=', profile, CHAR(10)),\n"
                + "      CONCAT(CHAR(10), known_profiles, CHAR(10))) = 0",
            EnforcementNames.OTHER_POLICY,
            "another policy was applied")
        + "  SET masked = CASE reader "
        + targets
        + "END;\n"
        + checkLease()
        + "  IF verifier = '' THEN\n"
        + "    UPDATE "
        + database
        + ".lease SET valid_until = UTC_TIMESTAMP() + INTERVAL seconds SECOND\n"
        + "      WHERE name = lease;\n"
        + "    IF NOT EXISTS (SELECT 1 FROM "
        + database
        + ".lease WHERE name = lease) THEN\n"
        + "      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no such lease'; END IF;\n"
        + "  ELSE\n"
        + "  IF NOT (CHAR_LENGTH(verifier) = 41 AND LEFT(verifier, 1) = '*'\n"
        + "      AND SUBSTRING(verifier, 2) NOT REGEXP '[^0-9A-F]') THEN\n"
        + "    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not a password hash'; END IF;\n"
        + "  IF masked IS NULL THEN\n"
        + "    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not a reader of this database';"
        + " END IF;\n"
        + "  IF seconds NOT BETWEEN 1 AND 3600 OR connections NOT BETWEEN 1 AND 16\n"
        + "      OR statement_seconds NOT BETWEEN 1 AND 86400 THEN\n"
        + "    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not a limit for a lease'; END IF;\n"
        + "  INSERT INTO "
        + database
        + ".lease VALUES\n"
        + "    (lease, UTC_TIMESTAMP() + INTERVAL seconds SECOND)\n"
        + "    ON DUPLICATE KEY UPDATE valid_until = VALUES(valid_until);\n"
        + "  EXECUTE IMMEDIATE CONCAT('CREATE USER IF NOT EXISTS `', lease, '`@`%` IDENTIFIED BY"
        + " PASSWORD ''', verifier, ''' WITH MAX_USER_CONNECTIONS ', connections, '"
        + " MAX_STATEMENT_TIME ', statement_seconds);\n"
        + "  EXECUTE IMMEDIATE CONCAT('GRANT SELECT, SHOW VIEW ON `', REPLACE(masked, '!',"
        + " CHAR(92)), '`.* TO `', lease, '`@`%`');\n"
        + "  END IF;\n"
        + "  SELECT UNIX_TIMESTAMP() + seconds;\n"
        + "END";
  }

  private static String checkLease() {
    return "  IF NOT (lease LIKE 'slu!_%' ESCAPE '!' AND CHAR_LENGTH(lease) <= 60\n"
        + "      AND CAST(lease AS BINARY) NOT REGEXP '[^a-z0-9_]') THEN\n"
        + "    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not a lease name'; END IF;\n";
  }

  private String revoke(String database) {
    return "CREATE OR REPLACE DEFINER = "
        + leaseOwner()
        + " PROCEDURE "
        + database
        + ".revoke("
        + "lease VARCHAR(80) CHARACTER SET ascii)\n"
        + "MODIFIES SQL DATA SQL SECURITY DEFINER\n"
        + "BEGIN\n"
        + checkLease()
        + "  EXECUTE IMMEDIATE CONCAT('ALTER USER IF EXISTS `', lease, '`@`%` ACCOUNT LOCK');\n"
        + "  EXECUTE IMMEDIATE CONCAT('KILL HARD USER `', lease, '`');\n"
        + "  EXECUTE IMMEDIATE CONCAT('DROP USER IF EXISTS `', lease, '`@`%`');\n"
        + "  DELETE FROM "
        + database
        + ".lease WHERE name = lease;\n"
        + "END";
  }

  static String refuse(String when, String state, String message) {
    return "  IF "
        + when
        + " THEN\n    SIGNAL SQLSTATE '"
        + state
        + "' SET MESSAGE_TEXT = '"
        + message
        + "'; END IF;\n";
  }

  /// A database in a GRANT, where underscores would otherwise stand for any character.
  String pattern(String database) {
    return plan.quoted(database.replace("_", "\\_"));
  }
}
