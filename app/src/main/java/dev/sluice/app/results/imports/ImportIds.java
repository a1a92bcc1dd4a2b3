package dev.sluice.app.results.imports;

/// Names of controls, for style sheets and tests.
public final class ImportIds {

  public static final String PANE = "import-pane";
  public static final String CHOOSE = "import-choose";
  public static final String SEPARATOR = "import-separator";
  public static final String CHARSET = "import-charset";
  public static final String SHEET = "import-sheet";
  public static final String EMPTY_NULL = "import-empty-null";
  public static final String PREVIEW = "import-preview";
  public static final String FINDINGS = "import-findings";
  public static final String PROBLEM = "import-problem";
  public static final String BAD = "import-bad";
  public static final String LEAVE_OUT = "import-leave-out";
  public static final String SEND = "import-send";
  public static final String CANCEL = "import-cancel";

  private ImportIds() {}
}
