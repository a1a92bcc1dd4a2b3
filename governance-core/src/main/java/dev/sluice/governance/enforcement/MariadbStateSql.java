package dev.sluice.governance.enforcement;

import java.util.List;
import java.util.stream.Collectors;

/// What must not change behind a plan applied to MariaDB, as one text of sorted lines: columns,
/// views, and what leased logins or everybody were granted beside the masked databases.
final class MariadbStateSql {

  /// Where MariaDB keeps grants.
  static final List<String> GRANT_TABLES =
      List.of("db", "tables_priv", "columns_priv", "procs_priv", "roles_mapping", "global_priv");

  private static final String LEASED = "LEFT(User, 4) = 'slu_' AND LEFT(User, 11) <> 'slu_change_'";

  private MariadbStateSql() {}

  static String function(String owner, String database, List<String> schemas) {
    String list = schemas.stream().map(SqlText::literal).collect(Collectors.joining(", "));
    return "CREATE OR REPLACE DEFINER = "
        + owner
        + " FUNCTION "
        + database
        + ".state() RETURNS LONGTEXT CHARACTER SET utf8mb4\n"
        + "READS SQL DATA SQL SECURITY DEFINER\n"
        + "BEGIN\n"
        + "  DECLARE found LONGTEXT CHARACTER SET utf8mb4;\n"
        + "  SET SESSION group_concat_max_len = 1073741824;\n"
        + "  SELECT GROUP_CONCAT(line ORDER BY CAST(line AS BINARY) SEPARATOR '\n') INTO found"
        + " FROM (\n"
        + "    SELECT CONCAT('column ', TABLE_SCHEMA, '.', TABLE_NAME, '.', COLUMN_NAME, ' ',"
        + " ORDINAL_POSITION, ' ', COLUMN_TYPE, ' ', IFNULL(GENERATION_EXPRESSION, '')) AS line\n"
        + "      FROM information_schema.COLUMNS WHERE TABLE_SCHEMA IN ("
        + list
        + ")\n"
        + "    UNION ALL SELECT CONCAT('view ', TABLE_SCHEMA, '.', TABLE_NAME, ' ', DEFINER, ' ',"
        + " SECURITY_TYPE, ' ', MD5(VIEW_DEFINITION)) FROM information_schema.VIEWS\n"
        + "      WHERE TABLE_SCHEMA IN ("
        + list
        + ")\n"
        + "    UNION ALL SELECT CONCAT('grant ', Host, ' ', Db, ' ', User) FROM mysql.db"
        + " WHERE User IN ('', 'PUBLIC')\n"
        + "      OR (LEFT(User, 4) = 'slu_' AND Db NOT LIKE 'sluice%')\n"
        + granted("CONCAT(Host, ' ', Db, ' ', Table_name, ' ', User)", "tables_priv")
        + granted(
            "CONCAT(Host, ' ', Db, ' ', Table_name, ' ', Column_name, ' ', User)", "columns_priv")
        + granted("CONCAT(Host, ' ', Db, ' ', Routine_name, ' ', User)", "procs_priv")
        + "    UNION ALL SELECT CONCAT('role ', Role, ' of ', User) FROM mysql.roles_mapping"
        + " WHERE LEFT(User, 4) = 'slu_'\n"
        + "    UNION ALL SELECT CONCAT('global ', User) FROM mysql.global_priv"
        + " WHERE LEFT(User, 4) = 'slu_'\n"
        + "      AND IFNULL(JSON_VALUE(Priv, '$.access'), 0) <> 0\n"
        + "  ) AS seen;\n"
        + "  RETURN IFNULL(found, '');\n"
        + "END";
  }

  private static String granted(String words, String table) {
    return "    UNION ALL SELECT CONCAT('grant ', "
        + words
        + ") FROM mysql."
        + table
        + " WHERE User IN ('', 'PUBLIC')\n      OR ("
        + LEASED
        + ")\n";
  }

  /// Views of the base database with their texts, which only who may read the rows may see.
  static String definitions(String owner, String database, String base) {
    return "CREATE OR REPLACE DEFINER = "
        + owner
        + " PROCEDURE "
        + database
        + ".definitions()\n"
        + "READS SQL DATA SQL SECURITY DEFINER\n"
        + "SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS"
        + " WHERE TABLE_SCHEMA = "
        + SqlText.literal(base);
  }
}
