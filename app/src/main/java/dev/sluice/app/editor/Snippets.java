package dev.sluice.app.editor;

import java.util.List;

/// Beginnings of statements under short names, offered where a statement begins.
final class Snippets {

  static final List<Suggestion> ALL =
      List.of(
          snippet("ssf", "SELECT * FROM "),
          snippet("cnt", "SELECT count(*) FROM "),
          snippet("grp", "SELECT , count(*) AS n\nFROM \nGROUP BY 1\nORDER BY n DESC"),
          snippet("dup", "SELECT , count(*) AS n\nFROM \nGROUP BY 1\nHAVING count(*) > 1"),
          snippet("cte", "WITH part AS (\n  SELECT \n)\nSELECT * FROM part"),
          snippet("jn", "SELECT *\nFROM  a\nJOIN  b ON "),
          snippet("cs", "CASE WHEN  THEN  ELSE  END"),
          snippet("win", "row_number() OVER (PARTITION BY  ORDER BY )"),
          snippet("ins", "INSERT INTO  () VALUES ()"),
          snippet("upd", "UPDATE  SET  WHERE "),
          snippet("del", "DELETE FROM  WHERE "));

  private Snippets() {}

  private static Suggestion snippet(String name, String text) {
    String shown = text.replaceAll("\\s+", " ").strip();
    return new Suggestion(name, text, shown, Suggestion.Kind.SNIPPET, false);
  }
}
