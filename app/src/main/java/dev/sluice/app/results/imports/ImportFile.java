package dev.sluice.app.results.imports;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// A file with rows, and how it is to be read. Reading streams: a file of any size costs the same
/// memory.
///
/// @param separator of a CSV file; unused by the others
/// @param charset of a CSV file without a byte order mark; unused by the others
/// @param sheet of a workbook, from 0; unused by the others
record ImportFile(Path path, Format format, char separator, Charset charset, int sheet) {

  private static final int SAMPLE_ROWS = 100;

  enum Format {
    CSV,
    XLSX,
    JSON;

    /// By the file's name; empty for one that cannot be imported.
    static Optional<Format> of(Path path) {
      String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
      if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".tab")) {
        return Optional.of(CSV);
      }
      if (name.endsWith(".xlsx") || name.endsWith(".xlsm")) {
        return Optional.of(XLSX);
      }
      return name.endsWith(".json") || name.endsWith(".ndjson") || name.endsWith(".jsonl")
          ? Optional.of(JSON)
          : Optional.empty();
    }
  }

  /// The file cannot be read on.
  static final class Unreadable extends Exception {
    private final String key;
    private final String detail;

    /// @param key of the words
    /// @param detail a line number or a name, never a value
    Unreadable(String key, String detail) {
      super(key + " " + detail);
      this.key = key;
      this.detail = detail;
    }

    String key() {
      return key;
    }

    String detail() {
      return detail;
    }
  }

  /// What reads one format.
  interface Reader {
    /// Names of the columns, as the file gives them.
    List<String> columns() throws IOException, Unreadable;

    /// Hands on each row until it is answered with `false`.
    void rows(List<String> columns, Predicate<ImportRow> sink) throws IOException, Unreadable;
  }

  /// The file's columns and its first rows.
  record Sample(List<String> columns, List<ImportRow> rows, List<String> sheets) {}

  /// @throws Unreadable when it is none of the formats, or too broken to tell
  static ImportFile open(Path path) throws IOException, Unreadable {
    Format format = Format.of(path).orElseThrow(() -> new Unreadable("import.file.unknown", ""));
    if (!Files.isRegularFile(path)) {
      throw new Unreadable("import.file.gone", "");
    }
    ImportFile file = new ImportFile(path, format, ',', StandardCharsets.UTF_8, 0);
    return format == Format.CSV ? file.withSeparator(CsvRows.separator(path)) : file;
  }

  ImportFile withSeparator(char other) {
    return new ImportFile(path, format, other, charset, sheet);
  }

  ImportFile withCharset(Charset other) {
    return new ImportFile(path, format, separator, other, sheet);
  }

  ImportFile withSheet(int other) {
    return new ImportFile(path, format, separator, charset, other);
  }

  private Reader reader() {
    return switch (format) {
      case CSV -> new CsvRows(this);
      case XLSX -> new WorkbookRows(this);
      case JSON -> new JsonRows(this);
    };
  }

  Sample sample() throws IOException, Unreadable {
    Reader reader = reader();
    List<String> columns = reader.columns();
    List<ImportRow> rows = new ArrayList<>();
    reader.rows(
        columns,
        row -> {
          rows.add(row);
          return rows.size() < SAMPLE_ROWS;
        });
    return new Sample(columns, rows, format == Format.XLSX ? WorkbookRows.sheets(path) : List.of());
  }

  /// Every row in the file's order, until the sink answers `false`.
  void rows(List<String> columns, Predicate<ImportRow> sink) throws IOException, Unreadable {
    reader().rows(columns, sink);
  }

  /// What tells whether the file was changed between two readings.
  String version() throws IOException {
    return Files.size(path) + " " + Files.getLastModifiedTime(path);
  }
}
