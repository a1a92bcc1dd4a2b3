package dev.sluice.app.results;

import java.util.Locale;

/// The files a result can be written to.
public enum ExportFormat {
  CSV("csv"),
  TSV("tsv"),
  XLSX("xlsx"),
  JSON("json"),
  NDJSON("ndjson"),
  MARKDOWN("md"),
  SQL("sql"),
  PARQUET("parquet");

  private final String suffix;

  ExportFormat(String suffix) {
    this.suffix = suffix;
  }

  public String suffix() {
    return suffix;
  }

  /// Key of its name for people.
  String key() {
    return "export." + name().toLowerCase(Locale.ROOT);
  }
}
