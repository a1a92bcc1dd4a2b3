package dev.sluice.app.editor;

/// One thing that may come next.
///
/// @param label shown
/// @param insert what takes the place of the word at the caret
/// @param detail type, table or other short words
/// @param kind what it is
/// @param masked a column that would be masked for me
public record Suggestion(String label, String insert, String detail, Kind kind, boolean masked) {

  /// In the order in which equals are ranked.
  public enum Kind {
    JOIN("fth-git-merge"),
    COLUMN("fth-columns"),
    ALIAS("fth-at-sign"),
    CTE("fth-layers"),
    TABLE("fth-grid"),
    SCHEMA("fth-folder"),
    SNIPPET("fth-scissors"),
    FUNCTION("fth-code"),
    KEYWORD("fth-type");

    private final String icon;

    Kind(String icon) {
      this.icon = icon;
    }

    public String icon() {
      return icon;
    }
  }
}
