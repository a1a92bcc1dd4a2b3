package dev.sluice.app.results.imports;

import java.util.List;
import java.util.Optional;

/// One row of a file.
///
/// @param line where it begins, from 1; in a workbook the row's number
/// @param values in the order of the file's columns; empty for what the file says is nothing
/// @param trouble what keeps it from being read as a row; empty when nothing does
record ImportRow(long line, List<Optional<String>> values, Optional<ImportTrouble> trouble) {

  ImportRow {
    values = List.copyOf(values);
  }

  static ImportRow of(long line, List<Optional<String>> values) {
    return new ImportRow(line, values, Optional.empty());
  }

  Optional<String> value(int column) {
    return column < values.size() ? values.get(column) : Optional.empty();
  }
}
