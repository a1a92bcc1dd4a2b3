package dev.sluice.governance.enforcement;

/// Logins of approved changes on MariaDB: each holds the verbs and tables of its statement and is
/// dropped with it. The login that begins and ends them can do nothing else.
final class MariadbChanges {

  private static final String CHECK_NAME =
      MariadbAccounts.refuse(
          "change_login NOT REGEXP '^slu_change_[0-9a-f]{12}$'",
          "45000",
          "not the login of a change");

  private final PlanBuilder plan;
  private final DatabaseFacts facts;
  private final EnforcementNames names;
  private final MariadbAccounts accounts;
  private final String database;

  MariadbChanges(
      PlanBuilder plan, DatabaseFacts facts, EnforcementNames names, MariadbAccounts accounts) {
    this.plan = plan;
    this.facts = facts;
    this.names = names;
    this.accounts = accounts;
    this.database = plan.quoted(MariadbAccounts.brokerDatabase(names));
  }

  private String owner() {
    return plan.quoted(names.changeOwner()) + "@" + plan.quoted("localhost");
  }

  private String changer() {
    return plan.quoted(names.changer()) + "@" + plan.quoted("%");
  }

  void create() {
    accounts.account(
        names.changeOwner(), owner(), "Passes on what approved changes need; cannot log in.", true);
    accounts.account(names.changer(), changer(), "The server's login for approved changes.", false);
    plan.step(
        MariadbAccounts.brokerDatabase(names),
        "Which logins of changes there are, so that what a crash leaves behind is ended.",
        "CREATE TABLE IF NOT EXISTS "
            + database
            + ".change_login (name VARCHAR(80) CHARACTER SET ascii"
            + " COLLATE ascii_bin PRIMARY KEY, valid_until DATETIME NOT NULL)");
    plan.step(
        MariadbAccounts.brokerDatabase(names) + ".begin_change",
        "Creates the login of one approved change: checked name, hashed password, only the verbs"
            + " and tables it needs.",
        begin());
    plan.step(
        MariadbAccounts.brokerDatabase(names) + ".end_change",
        "Ends it: locked, its sessions killed, dropped with its grants.",
        end());
  }

  void grants() {
    plan.step(
        names.changeOwner(),
        "May be passed on to an approved change, for as long as it runs.",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON "
            + accounts.pattern(facts.database())
            + ".* TO "
            + owner()
            + " WITH GRANT OPTION");
    plan.step(
        names.changeOwner(),
        "Creates and drops logins of changes, and ends their sessions.",
        "GRANT CREATE USER, CONNECTION ADMIN ON *.* TO " + owner());
    plan.step(
        names.changeOwner(),
        "Keeps the list of them.",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON " + database + ".change_login TO " + owner());
    for (String routine : new String[] {"begin_change", "end_change"}) {
      accounts.execute("PROCEDURE", routine, owner(), names.changeOwner());
      accounts.execute("PROCEDURE", routine, changer(), names.changer());
    }
    plan.step(
        names.changer(),
        "Sees which were left behind.",
        "GRANT SELECT ON " + database + ".change_login TO " + changer());
  }

  private String head(String signature) {
    return "CREATE OR REPLACE DEFINER = "
        + owner()
        + " PROCEDURE "
        + database
        + signature
        + "\nMODIFIES SQL DATA SQL SECURITY DEFINER\nBEGIN\n";
  }

  private String begin() {
    String isTable =
        "EXISTS (SELECT 1 FROM information_schema.TABLES\n      WHERE TABLE_SCHEMA = "
            + SqlText.literal(facts.database())
            + " AND CAST(TABLE_NAME AS BINARY) = CAST(wanted AS BINARY)\n"
            + "      AND (verb = 'SELECT' OR TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')))";
    return head(
            ".begin_change(change_login VARCHAR(80) CHARACTER SET ascii,"
                + " verifier VARCHAR(80) CHARACTER SET ascii, seconds INT, statement_seconds INT,"
                + " rights LONGTEXT CHARACTER SET utf8mb4)")
        + "  DECLARE i INT DEFAULT 0;\n"
        + "  DECLARE wanted VARCHAR(80) CHARACTER SET utf8mb4;\n"
        + "  DECLARE verb VARCHAR(20) CHARACTER SET utf8mb4;\n"
        + CHECK_NAME
        + MariadbAccounts.refuse(
            "NOT (CHAR_LENGTH(verifier) = 41 AND LEFT(verifier, 1) = '*'\n"
                + "      AND SUBSTRING(verifier, 2) NOT REGEXP '[^0-9A-F]')",
            "45000",
            "not a password hash")
        + MariadbAccounts.refuse(
            "seconds NOT BETWEEN 1 AND 3600 OR statement_seconds NOT BETWEEN 1 AND 3600",
            "45000",
            "not a limit for a change")
        + "  WHILE i < JSON_LENGTH(rights) DO\n"
        + "    SET wanted = JSON_VALUE(rights, CONCAT('$[', i, '].table'));\n"
        + "    SET verb = JSON_VALUE(rights, CONCAT('$[', i, '].verb'));\n"
        + MariadbAccounts.refuse(
            "NOT (IFNULL(verb, '') IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') AND "
                + isTable
                + ")",
            "45000",
            "not a verb and a table of a change")
        + "    SET i = i + 1;\n"
        + "  END WHILE;\n"
        + "  INSERT INTO "
        + database
        + ".change_login VALUES (change_login, UTC_TIMESTAMP() + INTERVAL seconds SECOND);\n"
        + "  EXECUTE IMMEDIATE CONCAT('CREATE USER `', change_login, '`@`%` IDENTIFIED BY PASSWORD"
        + " ''', verifier, ''' WITH MAX_USER_CONNECTIONS 2 MAX_STATEMENT_TIME ',"
        + " statement_seconds);\n"
        + "  SET i = 0;\n"
        + "  WHILE i < JSON_LENGTH(rights) DO\n"
        + "    EXECUTE IMMEDIATE CONCAT('GRANT ', JSON_VALUE(rights, CONCAT('$[', i, '].verb')),\n"
        + "      ' ON "
        + plan.quoted(facts.database())
        + ".`', REPLACE(JSON_VALUE(rights, CONCAT('$[', i, '].table')), '`', '``'), '` TO `',\n"
        + "      change_login, '`@`%`');\n"
        + "    SET i = i + 1;\n"
        + "  END WHILE;\n"
        + "END";
  }

  private String end() {
    return head(".end_change(change_login VARCHAR(80) CHARACTER SET ascii)")
        + CHECK_NAME
        + "  EXECUTE IMMEDIATE CONCAT('ALTER USER IF EXISTS `', change_login, '`@`%` ACCOUNT"
        + " LOCK');\n"
        + "  EXECUTE IMMEDIATE CONCAT('KILL HARD USER `', change_login, '`');\n"
        + "  EXECUTE IMMEDIATE CONCAT('DROP USER IF EXISTS `', change_login, '`@`%`');\n"
        + "  DELETE FROM "
        + database
        + ".change_login WHERE name = change_login;\n"
        + "END";
  }
}
