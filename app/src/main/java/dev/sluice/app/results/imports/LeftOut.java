package dev.sluice.app.results.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows of a file that cannot be imported, kept in a CSV file beside it with the line and the
/// reason of each. While it is being written its name ends in `.partial`; it is gone again when
/// nothing was imported.
final class LeftOut implements AutoCloseable {

  /// Why, in the person's language.
  interface Words {
    String of(ImportTrouble trouble);
  }

  private final Path target;
  private final Path partial;
  private final Words words;
  private Optional<CsvWriter> writer = Optional.empty();

  /// @param wanted whether there is anything to keep
  /// @throws IOException when no file can be made there: then nothing may be sent either
  LeftOut(ImportPlan plan, boolean wanted, Words words) throws IOException {
    this.words = words;
    target = target(plan.file().path());
    partial = target.resolveSibling(target.getFileName() + ".partial");
    if (wanted) {
      CsvWriter opened = CsvWriter.builder().build(partial, StandardCharsets.UTF_8);
      writer = Optional.of(opened);
      List<String> head = new ArrayList<>(List.of("#line", "#column", "#reason"));
      head.addAll(plan.columns());
      opened.writeRecord(head);
    }
  }

  static Path target(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]+$", "");
    return file.resolveSibling(name + ".left-out.csv");
  }

  void add(ImportRow row, ImportTrouble trouble) {
    writer.ifPresent(
        open -> {
          List<String> fields =
              new ArrayList<>(
                  List.of(String.valueOf(row.line()), trouble.column(), words.of(trouble)));
          row.values().forEach(value -> fields.add(value.orElse("")));
          open.writeRecord(fields);
        });
  }

  /// @return where the rows are now
  Optional<Path> keepWhen(boolean imported) throws IOException {
    if (writer.isEmpty()) {
      return Optional.empty();
    }
    writer.get().close();
    writer = Optional.empty();
    if (!imported) {
      Files.deleteIfExists(partial);
      return Optional.empty();
    }
    Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    return Optional.of(target);
  }

  @Override
  public void close() throws IOException {
    if (writer.isPresent()) {
      try {
        writer.get().close();
      } catch (UncheckedIOException e) {
        throw new IOException(e);
      } finally {
        Files.deleteIfExists(partial);
      }
    }
  }
}
