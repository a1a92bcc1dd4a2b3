package dev.sluice.governance.enforcement;

/// SQLite, and DuckDB where both agree: no regular expressions with look-ahead.
final class SqliteSyntax implements SqlSyntax {

  private final boolean duckdb;

  SqliteSyntax(boolean duckdb) {
    this.duckdb = duckdb;
  }

  @Override
  public String length(String text) {
    return "length(" + text + ")";
  }

  @Override
  public String left(String text, int count) {
    return part(text, 1, count);
  }

  @Override
  public String right(String text, int count) {
    return "substr(" + text + ", length(" + text + ") - " + (count - 1) + ", " + count + ")";
  }

  @Override
  public String from(String text, String position) {
    return "substr(" + text + ", " + position + ")";
  }

  @Override
  public String part(String text, int position, int length) {
    return "substr(" + text + ", " + position + ", " + length + ")";
  }

  @Override
  public String stars(String count) {
    return duckdb
        ? "repeat('*', " + count + ")"
        : "replace(hex(zeroblob(" + count + ")), '00', '*')";
  }

  @Override
  public String find(String text, String constant) {
    return "instr(" + text + ", " + SqlText.literal(constant) + ")";
  }

  @Override
  public String lastFullStop(String text) {
    return "length(rtrim(" + text + ", replace(" + text + ", '.', '')))";
  }

  @Override
  public String concatenate(String... parts) {
    return "(" + String.join(" || ", parts) + ")";
  }

  @Override
  public String least(String a, String b) {
    return (duckdb ? "least(" : "min(") + a + ", " + b + ")";
  }

  @Override
  public String greatest(String a, String b) {
    return (duckdb ? "greatest(" : "max(") + a + ", " + b + ")";
  }

  @Override
  public boolean hasLookAhead() {
    return false;
  }

  @Override
  public String matches(String text, String pattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String hideMatches(String text, String pattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String firstMatch(String text, String pattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String without(String text, String characters) {
    throw new UnsupportedOperationException();
  }
}
