package dev.sluice.app.results.imports;

import dev.sluice.app.results.imports.ImportFile.Unreadable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/// Rows of one sheet of an XLSX workbook; the first row that has a value gives the names. Formulas
/// count by the value that was kept with them.
final class WorkbookRows implements ImportFile.Reader {

  /// A workbook keeps binary floating point numbers and shows at most this many digits.
  private static final MathContext SHOWN = new MathContext(15);

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final ImportFile file;

  WorkbookRows(ImportFile file) {
    this.file = file;
  }

  static List<String> sheets(Path path) throws IOException {
    try (ReadableWorkbook book = new ReadableWorkbook(path.toFile());
        Stream<Sheet> sheets = book.getSheets()) {
      return sheets.map(Sheet::getName).toList();
    }
  }

  /// What is done with the rows of the sheet.
  private interface Use<T> {
    T with(Iterator<Row> rows);
  }

  private <T> T rowsOf(Use<T> use) throws IOException, Unreadable {
    try (ReadableWorkbook book =
        new ReadableWorkbook(file.path().toFile(), new ReadingOptions(true, true))) {
      Sheet sheet =
          book.getSheet(file.sheet()).orElseThrow(() -> new Unreadable("import.file.empty", ""));
      try (Stream<Row> rows = sheet.openStream()) {
        return use.with(rows.filter(row -> row.getFirstNonEmptyCell().isPresent()).iterator());
      }
    } catch (RuntimeException e) {
      // The library's own failure on a file that is no workbook, or a damaged one.
      throw new Unreadable("import.file.workbook", "");
    }
  }

  @Override
  public List<String> columns() throws IOException, Unreadable {
    List<String> names =
        rowsOf(
            rows -> {
              List<String> found = new ArrayList<>();
              if (rows.hasNext()) {
                Row row = rows.next();
                for (int at = 0; at < row.getCellCount(); at++) {
                  found.add(text(row.getOptionalCell(at)).orElse(""));
                }
              }
              return found;
            });
    if (names.isEmpty()) {
      throw new Unreadable("import.file.empty", "");
    }
    return CsvRows.distinct(names);
  }

  @Override
  public void rows(List<String> columns, Predicate<ImportRow> sink) throws IOException, Unreadable {
    rowsOf(
        rows -> {
          if (rows.hasNext()) {
            rows.next();
          }
          boolean more = true;
          while (more && rows.hasNext()) {
            more = sink.test(row(rows.next(), columns));
          }
          return more;
        });
  }

  private static ImportRow row(Row row, List<String> columns) {
    List<Optional<String>> values = new ArrayList<>();
    Optional<ImportTrouble> trouble = Optional.empty();
    for (int at = 0; at < Math.max(columns.size(), row.getCellCount()); at++) {
      Optional<Cell> cell = row.getOptionalCell(at);
      Optional<String> value = text(cell);
      if (at >= columns.size()) {
        if (value.isPresent()) {
          String counts = (at + 1) + "/" + columns.size();
          trouble = Optional.of(new ImportTrouble(row.getRowNum(), "", "import.bad.many", counts));
        }
        continue;
      }
      values.add(value);
      if (cell.filter(each -> each.getType() == CellType.ERROR).isPresent()) {
        trouble =
            Optional.of(new ImportTrouble(row.getRowNum(), columns.get(at), "import.bad.cell", ""));
      }
    }
    return new ImportRow(row.getRowNum(), values, trouble);
  }

  private static Optional<String> text(Optional<Cell> cell) {
    return cell.filter(each -> each.getType() != CellType.EMPTY).flatMap(WorkbookRows::text);
  }

  private static Optional<String> text(Cell cell) {
    if (cell.getValue() instanceof BigDecimal number) {
      return Optional.of(isMoment(cell) ? moment(cell, number) : plain(number));
    }
    if (cell.getValue() instanceof Boolean truth) {
      return Optional.of(truth.toString());
    }
    return Optional.ofNullable(cell.getText()).filter(text -> !text.isEmpty());
  }

  private static String plain(BigDecimal number) {
    BigDecimal shown = number.precision() > 15 ? number.round(SHOWN) : number;
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }

  private static String moment(Cell cell, BigDecimal number) {
    LocalDateTime moment = cell.asDate();
    if (number.signum() >= 0 && number.compareTo(BigDecimal.ONE) < 0) {
      return moment.toLocalTime().toString();
    }
    return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? moment.toLocalDate().toString()
        : moment.format(MOMENT);
  }

  /// A date is a number that is shown by a format with parts of a date.
  private static boolean isMoment(Cell cell) {
    String format = cell.getDataFormatString();
    if (format == null) {
      return false;
    }
    String bare = format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").toLowerCase(Locale.ROOT);
    return bare.matches(".*[ymdhs].*") && !bare.contains("general");
  }
}
