package dev.sluice.governance.enforcement;

/// Trino. Lengths and positions count code points, as the core's masks do.
final class TrinoSyntax implements SqlSyntax {

  @Override
  public String length(String text) {
    return "length(" + text + ")";
  }

  @Override
  public String left(String text, int count) {
    return part(text, 1, count);
  }

  /// From the end; a start before the first character is the first character.
  @Override
  public String right(String text, int count) {
    return "substr(" + text + ", greatest(length(" + text + ") - " + (count - 1) + ", 1))";
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
    return "rpad('', " + count + ", '*')";
  }

  @Override
  public String find(String text, String constant) {
    return "strpos(" + text + ", " + SqlText.literal(constant) + ")";
  }

  @Override
  public String lastFullStop(String text) {
    return "IF(strpos("
        + text
        + ", '.') = 0, 0, length("
        + text
        + ") - strpos(reverse("
        + text
        + "), '.') + 1)";
  }

  @Override
  public String concatenate(String... parts) {
    return "(" + String.join(" || ", parts) + ")";
  }

  @Override
  public String least(String a, String b) {
    return "least(" + a + ", " + b + ")";
  }

  @Override
  public String greatest(String a, String b) {
    return "greatest(" + a + ", " + b + ")";
  }

  /// Its regular expressions were not compared with the core's.
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
