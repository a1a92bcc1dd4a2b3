package dev.sluice.app.results.imports;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.app.results.imports.ImportFile.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Rows of a CSV file (RFC 4180, any of the usual separators, byte order marks understood).
final class CsvRows implements ImportFile.Reader {

  private static final char[] SEPARATORS = {',', ';', '\t', '|'};
  private static final int LOOKED_AT = 20;

  /// What stands where bytes were no text.
  private static final char UNREADABLE = '\uFFFD';

  private final ImportFile file;

  CsvRows(ImportFile file) {
    this.file = file;
  }

  private static CsvReader<CsvRecord> open(Path path, char separator, Charset charset)
      throws IOException {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(false)
        .skipEmptyLines(true)
        .detectBomHeader(true)
        .ofCsvRecord(path, charset);
  }

  /// The separator by which the first lines have equally many fields, and most of them.
  static char separator(Path path) throws IOException {
    char best = ',';
    int most = 1;
    for (char candidate : SEPARATORS) {
      int fields = fields(path, candidate);
      if (fields > most) {
        most = fields;
        best = candidate;
      }
    }
    return best;
  }

  private static int fields(Path path, char separator) throws IOException {
    int known = 0;
    int looked = 0;
    try (CsvReader<CsvRecord> reader = open(path, separator, StandardCharsets.UTF_8);
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      while (looked < LOOKED_AT && records.hasNext()) {
        int fields = records.next().getFieldCount();
        if (looked > 0 && fields != known) {
          // Rows that differ are possible; the header then counts for less.
          return Math.min(known, fields);
        }
        known = fields;
        looked++;
      }
    } catch (CsvParseException | UncheckedIOException e) {
      return looked == 0 ? 0 : known;
    }
    return known;
  }

  @Override
  public List<String> columns() throws IOException, Unreadable {
    try (CsvReader<CsvRecord> reader = open(file.path(), file.separator(), file.charset());
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      if (!records.hasNext()) {
        throw new Unreadable("import.file.empty", "");
      }
      return distinct(records.next().getFields());
    } catch (CsvParseException e) {
      throw new Unreadable("import.file.broken", "1");
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  /// Names that tell the columns apart: without one it is the place, doubled ones are numbered.
  static List<String> distinct(List<String> names) {
    List<String> distinct = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int at = 0; at < names.size(); at++) {
      String name = names.get(at).isBlank() ? "#" + (at + 1) : names.get(at).strip();
      int count = seen.merge(name, 1, Integer::sum);
      distinct.add(count == 1 ? name : name + " (" + count + ")");
    }
    return distinct;
  }

  @Override
  public void rows(List<String> columns, Predicate<ImportRow> sink) throws IOException, Unreadable {
    long line = 1;
    try (CsvReader<CsvRecord> reader = open(file.path(), file.separator(), file.charset());
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      if (records.hasNext()) {
        records.next();
      }
      while (records.hasNext()) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        if (!sink.test(row(record, columns))) {
          return;
        }
      }
    } catch (CsvParseException e) {
      throw new Unreadable("import.file.broken", String.valueOf(line + 1));
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  private static ImportRow row(CsvRecord record, List<String> columns) {
    long line = record.getStartingLineNumber();
    List<Optional<String>> values = new ArrayList<>(record.getFieldCount());
    Optional<ImportTrouble> trouble = Optional.empty();
    for (int at = 0; at < record.getFieldCount(); at++) {
      String value = record.getField(at);
      values.add(Optional.of(value));
      if (trouble.isEmpty() && value.indexOf(UNREADABLE) >= 0) {
        String column = at < columns.size() ? columns.get(at) : "";
        trouble = Optional.of(new ImportTrouble(line, column, "import.bad.bytes", ""));
      }
    }
    if (record.getFieldCount() != columns.size()) {
      trouble =
          Optional.of(
              new ImportTrouble(
                  line,
                  "",
                  record.getFieldCount() < columns.size() ? "import.bad.few" : "import.bad.many",
                  record.getFieldCount() + "/" + columns.size()));
    }
    return new ImportRow(line, values, trouble);
  }
}
