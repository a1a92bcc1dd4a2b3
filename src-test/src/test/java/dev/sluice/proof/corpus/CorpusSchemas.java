package dev.sluice.proof.corpus;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Schemas that corpus files name: `src-test/corpus/schemas/NAME.txt`, one relation a line.
///
/// ```text
/// search-path public
/// table public.customers (id integer, email text)
/// view public.contacts (id integer, email text) as SELECT id, email FROM customers
/// function public.region_of(integer) pure total
/// ```
final class CorpusSchemas {

  private static final Pattern RELATION =
      Pattern.compile("(table|view) (?:([^. ]+)\\.)?([^. ]+) \\((.*?)\\)(?: as (.*))?");
  private static final Pattern FUNCTION =
      Pattern.compile("function (?:([^. ]+)\\.)?([^. (]+)\\((.*?)\\)((?: pure| total)*)");
  private static final Map<String, CatalogSnapshot> READ = new ConcurrentHashMap<>();

  private CorpusSchemas() {}

  static CatalogSnapshot named(String name) {
    return READ.computeIfAbsent(
        name,
        key -> {
          Path path = Corpus.folder().resolve("schemas").resolve(key + ".txt");
          try {
            return read(path);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static CatalogSnapshot read(Path path) throws IOException {
    List<String> searchPath = List.of("");
    List<Relation> relations = new ArrayList<>();
    List<DeclaredFunction> functions = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(path)) {
      number++;
      Matcher relation = RELATION.matcher(line);
      Matcher function = FUNCTION.matcher(line);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      } else if (line.startsWith("search-path ")) {
        searchPath = List.of(line.substring("search-path ".length()).split(",\\s*"));
      } else if (relation.matches()) {
        relations.add(relation(relation));
      } else if (function.matches()) {
        functions.add(function(function));
      } else {
        throw new CorpusException(path + ":" + number + ": not a line of a schema: " + line);
      }
    }
    return CatalogSnapshot.of(searchPath, relations, functions);
  }

  private static Relation relation(Matcher line) {
    TableRef ref = new TableRef(orEmpty(line.group(2)), line.group(3));
    List<CatalogColumn> columns =
        Arrays.stream(line.group(4).split(",\\s*"))
            .map(column -> column.split(" ", 2))
            .map(parts -> CatalogColumn.of(parts[0], parts.length > 1 ? parts[1] : ""))
            .toList();
    return line.group(1).equals("table")
        ? Relation.table(ref, columns)
        : Relation.view(ref, columns, orEmpty(line.group(5)));
  }

  private static DeclaredFunction function(Matcher line) {
    List<String> types =
        line.group(3).isBlank() ? List.of() : List.of(line.group(3).split(",\\s*"));
    String words = line.group(4);
    return new DeclaredFunction(
        orEmpty(line.group(1)),
        line.group(2),
        types,
        words.contains("pure"),
        words.contains("total"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
