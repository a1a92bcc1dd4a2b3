package dev.sluice.governance.enforcement;

/// PostgreSQL. Functions are named with their schema, so that no search path can change them.
final class PostgresqlSyntax implements SqlSyntax {

  @Override
  public String length(String text) {
    return "pg_catalog.char_length(" + text + ")";
  }

  @Override
  public String left(String text, int count) {
    return "pg_catalog.left(" + text + ", " + count + ")";
  }

  @Override
  public String right(String text, int count) {
    return "pg_catalog.right(" + text + ", " + count + ")";
  }

  @Override
  public String from(String text, String position) {
    return "pg_catalog.substr(" + text + ", " + position + ")";
  }

  @Override
  public String part(String text, int position, int length) {
    return "pg_catalog.substr(" + text + ", " + position + ", " + length + ")";
  }

  @Override
  public String stars(String count) {
    return "pg_catalog.repeat('*', " + count + ")";
  }

  @Override
  public String find(String text, String constant) {
    return "pg_catalog.strpos(" + text + ", " + SqlText.literal(constant) + ")";
  }

  @Override
  public String lastFullStop(String text) {
    String fromEnd = "pg_catalog.strpos(pg_catalog.reverse(" + text + "), '.')";
    return "(CASE WHEN "
        + fromEnd
        + " = 0 THEN 0 ELSE "
        + length(text)
        + " - "
        + fromEnd
        + " + 1 END)";
  }

  @Override
  public String concatenate(String... parts) {
    return "(" + String.join(" || ", parts) + ")";
  }

  @Override
  public String least(String a, String b) {
    return "LEAST(" + a + ", " + b + ")";
  }

  @Override
  public String greatest(String a, String b) {
    return "GREATEST(" + a + ", " + b + ")";
  }

  @Override
  public boolean hasLookAhead() {
    return true;
  }

  @Override
  public String matches(String text, String pattern) {
    return "(" + text + " COLLATE \"C\" ~ " + SqlText.literal(pattern) + ")";
  }

  @Override
  public String hideMatches(String text, String pattern) {
    return "pg_catalog.regexp_replace("
        + text
        + " COLLATE \"C\", "
        + SqlText.literal(pattern)
        + ", '*', 'g')";
  }

  @Override
  public String firstMatch(String text, String pattern) {
    return "pg_catalog.substring(" + text + " COLLATE \"C\", " + SqlText.literal(pattern) + ")";
  }

  @Override
  public String without(String text, String characters) {
    return "pg_catalog.translate(" + text + ", " + SqlText.literal(characters) + ", '')";
  }
}
