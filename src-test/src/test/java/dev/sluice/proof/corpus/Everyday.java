package dev.sluice.proof.corpus;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The statements of `corpus/everyday`: one after the other, each ending a line with a semicolon.
public final class Everyday {
  public static final List<Dialect> ENGINES =
      List.of(
          Dialect.POSTGRESQL,
          Dialect.MYSQL,
          Dialect.MARIADB,
          Dialect.SQLITE,
          Dialect.DUCKDB,
          Dialect.SQLSERVER,
          Dialect.TRINO);

  private static final Map<String, List<String>> READ = new ConcurrentHashMap<>();
  private static final Map<String, CatalogSnapshot> CATALOGS = new ConcurrentHashMap<>();

  private Everyday() {}

  /// @param name an engine's id, or `warehouse`
  public static List<String> statements(String name) {
    return READ.computeIfAbsent(name, Everyday::read);
  }

  /// The schema that the statements of the engine are written for.
  public static CatalogSnapshot catalog(Dialect engine) {
    return catalog("everyday-" + engine.id());
  }

  static CatalogSnapshot catalog(String schema) {
    return CATALOGS.computeIfAbsent(schema, CorpusSchemas::named);
  }

  private static List<String> read(String name) {
    Path file = Corpus.folder().resolve("everyday").resolve(name + ".sql");
    List<String> statements = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    try {
      for (String line : Files.readAllLines(file)) {
        if (current.isEmpty() && line.startsWith("-- ")) {
          continue;
        }
        current.append(line).append('\n');
        if (line.endsWith(";")) {
          String text = current.toString().strip();
          statements.add(text.substring(0, text.length() - 1));
          current.setLength(0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!current.toString().isBlank()) {
      throw new CorpusException(file + ": the last statement has no semicolon");
    }
    return List.copyOf(statements);
  }
}
