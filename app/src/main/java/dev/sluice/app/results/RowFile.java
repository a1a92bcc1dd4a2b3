package dev.sluice.app.results;

import dev.sluice.gateway.export.ParquetFile;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/// A file that takes one shown row after the other. Closing it without [#finish] leaves what was
/// written so far.
interface RowFile extends AutoCloseable {

  void row(int index) throws IOException;

  /// Writes what comes after the last row.
  void finish() throws IOException;

  @Override
  void close() throws IOException;

  static RowFile open(ExportFormat format, GridModel model, Path target) throws IOException {
    return switch (format) {
      case CSV -> new Text(CopyFormat.CSV, model, target);
      case TSV -> new Text(CopyFormat.TSV, model, target);
      case JSON -> new Text(CopyFormat.JSON, model, target);
      case MARKDOWN -> new Text(CopyFormat.MARKDOWN, model, target);
      case SQL -> new Text(CopyFormat.INSERT, model, target);
      case NDJSON -> new Lines(model, target);
      case XLSX -> new Sheet(model, target);
      case PARQUET -> new Parquet(model, target);
    };
  }

  /// What copies can also be written.
  final class Text implements RowFile {
    private final CopyFormat format;
    private final GridModel model;
    private final BufferedWriter writer;
    private final int last;
    private boolean first = true;

    Text(CopyFormat format, GridModel model, Path target) throws IOException {
      this.format = format;
      this.model = model;
      this.writer = Files.newBufferedWriter(target);
      this.last = model.width() - 1;
      format.begin(writer, model, 0, last, true);
    }

    @Override
    public void row(int index) {
      format.row(writer, model, index, 0, last, first);
      first = false;
    }

    @Override
    public void finish() {
      format.end(writer);
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  /// One JSON object a line.
  final class Lines implements RowFile {
    private final GridModel model;
    private final BufferedWriter writer;

    Lines(GridModel model, Path target) throws IOException {
      this.model = model;
      this.writer = Files.newBufferedWriter(target);
    }

    @Override
    public void row(int index) throws IOException {
      StringBuilder line = new StringBuilder("{");
      for (int column = 0; column < model.width(); column++) {
        line.append(column == 0 ? "" : ",")
            .append(CopyFormat.json(model.column(column).label()))
            .append(':')
            .append(CopyFormat.jsonValue(model, index, column));
      }
      writer.write(line.append("}\n").toString());
    }

    @Override
    public void finish() {}

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  /// A workbook with one sheet. Text stays text, so nothing in it can become a formula; a number
  /// that a spreadsheet would round is written as text.
  final class Sheet implements RowFile {
    private static final int MOST_ROWS = 1_048_575;
    private static final int MOST_CHARACTERS = 32_767;
    private static final int EXACT_DIGITS = 15;

    private final GridModel model;
    private final OutputStream out;
    private final Workbook workbook;
    private final Worksheet sheet;
    private int next = 1;

    Sheet(GridModel model, Path target) throws IOException {
      this.model = model;
      this.out = new BufferedOutputStream(Files.newOutputStream(target));
      this.workbook = new Workbook(out, "Sluice", "1.0");
      this.sheet = workbook.newWorksheet("Result");
      for (int column = 0; column < model.width(); column++) {
        sheet.value(0, column, model.column(column).label());
        sheet.style(0, column).bold().set();
      }
      sheet.freezePane(0, 1);
    }

    @Override
    public void row(int index) throws IOException {
      if (next > MOST_ROWS) {
        throw new IOException("A sheet holds 1,048,576 rows.");
      }
      for (int column = 0; column < model.width(); column++) {
        if (model.isNull(index, column)) {
          continue;
        }
        String text = model.text(index, column);
        if (model.isNumeric(column) && isExact(text)) {
          sheet.value(next, column, new java.math.BigDecimal(text));
        } else {
          sheet.value(next, column, cut(text));
        }
      }
      next++;
      if (next % 1000 == 0) {
        sheet.flush();
      }
    }

    private static boolean isExact(String text) {
      return CopyFormat.isJsonNumber(text)
          && text.chars().filter(Character::isDigit).count() <= EXACT_DIGITS;
    }

    private static String cut(String text) {
      return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS - 1) + "…" : text;
    }

    @Override
    public void finish() throws IOException {
      workbook.finish();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /// A Parquet file; it appears as a whole, when it is finished.
  final class Parquet implements RowFile {
    private final GridModel model;
    private final Path target;
    private final ParquetFile file;

    Parquet(GridModel model, Path target) throws IOException {
      this.model = model;
      this.target = target;
      List<ParquetFile.Column> columns = new ArrayList<>();
      for (int column = 0; column < model.width(); column++) {
        var head = model.column(column);
        // A masked value need not be of its column's type any more.
        columns.add(
            new ParquetFile.Column(head.label(), head.mask().isPresent() ? "" : head.typeName()));
      }
      this.file = ParquetFile.of(columns);
    }

    @Override
    public void row(int index) throws IOException {
      List<@Nullable String> values = new ArrayList<>(model.width());
      for (int column = 0; column < model.width(); column++) {
        values.add(model.isNull(index, column) ? null : model.text(index, column));
      }
      file.add(values);
    }

    @Override
    public void finish() throws IOException {
      file.writeTo(target);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
