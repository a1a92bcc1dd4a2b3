package dev.sluice.governance.enforcement;

/// MariaDB and MySQL. Operands are compared by code point, see [#binary].
final class MariadbSyntax implements SqlSyntax {

  /// A text in a collation that tells all code points apart.
  static String binary(String column) {
    return "(CONVERT(" + column + " USING utf8mb4) COLLATE utf8mb4_bin)";
  }

  @Override
  public String length(String text) {
    return "CHAR_LENGTH(" + text + ")";
  }

  @Override
  public String left(String text, int count) {
    return "LEFT(" + text + ", " + count + ")";
  }

  @Override
  public String right(String text, int count) {
    return "RIGHT(" + text + ", " + count + ")";
  }

  @Override
  public String from(String text, String position) {
    return "SUBSTRING(" + text + ", " + position + ")";
  }

  @Override
  public String part(String text, int position, int length) {
    return "SUBSTRING(" + text + ", " + position + ", " + length + ")";
  }

  @Override
  public String stars(String count) {
    return "REPEAT('*', " + count + ")";
  }

  @Override
  public String find(String text, String constant) {
    return "LOCATE(" + SqlText.literal(constant) + ", " + text + ")";
  }

  @Override
  public String lastFullStop(String text) {
    String fromEnd = "LOCATE('.', REVERSE(" + text + "))";
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
    return "CONCAT(" + String.join(", ", parts) + ")";
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
    return "(" + text + " REGEXP " + SqlText.literal(pattern) + ")";
  }

  @Override
  public String hideMatches(String text, String pattern) {
    return "REGEXP_REPLACE(" + text + ", " + SqlText.literal(pattern) + ", '*')";
  }

  @Override
  public String firstMatch(String text, String pattern) {
    return "REGEXP_SUBSTR(" + text + ", " + SqlText.literal(pattern) + ")";
  }

  @Override
  public String without(String text, String characters) {
    String result = text;
    for (int i = 0; i < characters.length(); i++) {
      result =
          "REPLACE(" + result + ", " + SqlText.literal(characters.substring(i, i + 1)) + ", '')";
    }
    return result;
  }
}
