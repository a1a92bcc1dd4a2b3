package dev.sluice.app.editor;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Words that are coloured as keywords or offered by completion. Only for the eye: what a statement
/// means is the core's business.
final class SqlWords {

  static final List<String> COMPLETED =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "HAVING",
          "LIMIT",
          "OFFSET",
          "JOIN",
          "LEFT JOIN",
          "RIGHT JOIN",
          "FULL JOIN",
          "CROSS JOIN",
          "INNER JOIN",
          "ON",
          "USING",
          "AS",
          "AND",
          "OR",
          "NOT",
          "IN",
          "EXISTS",
          "BETWEEN",
          "LIKE",
          "ILIKE",
          "IS NULL",
          "IS NOT NULL",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "DISTINCT",
          "UNION",
          "UNION ALL",
          "INTERSECT",
          "EXCEPT",
          "WITH",
          "RECURSIVE",
          "INSERT INTO",
          "VALUES",
          "UPDATE",
          "SET",
          "DELETE FROM",
          "RETURNING",
          "CREATE TABLE",
          "CREATE VIEW",
          "ALTER TABLE",
          "DROP TABLE",
          "EXPLAIN",
          "ASC",
          "DESC",
          "NULLS FIRST",
          "NULLS LAST",
          "OVER",
          "PARTITION BY",
          "FILTER");

  static final List<String> FUNCTIONS =
      List.of(
          "count",
          "sum",
          "avg",
          "min",
          "max",
          "coalesce",
          "nullif",
          "lower",
          "upper",
          "length",
          "substring",
          "trim",
          "round",
          "abs",
          "now",
          "current_date",
          "current_timestamp",
          "extract",
          "date_trunc",
          "row_number",
          "rank",
          "dense_rank",
          "lag",
          "lead",
          "string_agg",
          "concat",
          "cast",
          "greatest",
          "least");

  private static final Set<String> KEYWORDS =
      Set.of(
          ("select from where group by order having limit offset join left right full cross inner"
               + " outer natural on using as and or not in exists between like ilike is null case"
               + " when then else end distinct all union intersect except with recursive insert"
               + " into values update set delete returning create table view alter drop explain asc"
               + " desc nulls first last over partition filter truncate grant revoke begin commit"
               + " rollback merge matched index unique primary key foreign references constraint"
               + " default check add column rename to cascade restrict materialized temporary temp"
               + " if replace function procedure call do execute prepare deallocate analyze vacuum"
               + " copy lock transaction isolation level read only write lateral window rows range"
               + " preceding following unbounded current row fetch next for true false any some"
               + " cast interval array user role schema database trigger language returns declare"
               + " conflict nothing collate escape pragma attach detach")
              .split(" "));

  private SqlWords() {}

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
  }
}
