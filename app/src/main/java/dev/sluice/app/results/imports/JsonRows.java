package dev.sluice.app.results.imports;

import dev.sluice.app.results.imports.ImportFile.Unreadable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rows of a JSON file: an array of objects, or one object after the other. Numbers stay exact; a
/// value with parts stays the JSON it is.
final class JsonRows implements ImportFile.Reader {

  private static final int LOOKED_AT = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final ImportFile file;

  JsonRows(ImportFile file) {
    this.file = file;
  }

  private void each(BiPredicate<Long, JsonNode> sink) throws IOException, Unreadable {
    long line = 1;
    try (JsonParser parser = MAPPER.createParser(file.path())) {
      JsonToken token = parser.nextToken();
      boolean list = token == JsonToken.START_ARRAY;
      if (list) {
        token = parser.nextToken();
      }
      boolean more = true;
      while (more && token != null && token != JsonToken.END_ARRAY) {
        line = parser.currentTokenLocation().getLineNr();
        JsonNode node = parser.readValueAsTree();
        more = sink.test(line, node);
        token = parser.nextToken();
      }
    } catch (JacksonException e) {
      long at = e.getLocation() == null ? line : Math.max(line, e.getLocation().getLineNr());
      throw new Unreadable("import.file.broken", String.valueOf(at));
    }
  }

  /// The names of the first objects, in the order in which they come up.
  @Override
  public List<String> columns() throws IOException, Unreadable {
    Set<String> names = new LinkedHashSet<>();
    int[] looked = {0};
    each(
        (line, node) -> {
          if (node.isObject()) {
            names.addAll(node.propertyNames());
          }
          return ++looked[0] < LOOKED_AT;
        });
    if (names.isEmpty()) {
      throw new Unreadable("import.file.empty", "");
    }
    return List.copyOf(names);
  }

  @Override
  public void rows(List<String> columns, Predicate<ImportRow> sink) throws IOException, Unreadable {
    Map<String, Integer> places = new HashMap<>();
    columns.forEach(name -> places.put(name, places.size()));
    each((line, node) -> sink.test(row(line, node, columns, places)));
  }

  private static ImportRow row(
      long line, JsonNode node, List<String> columns, Map<String, Integer> places) {
    if (!node.isObject()) {
      return new ImportRow(
          line, List.of(), Optional.of(new ImportTrouble(line, "", "import.bad.object", "")));
    }
    List<Optional<String>> values = new ArrayList<>();
    for (String name : columns) {
      values.add(Optional.ofNullable(node.get(name)).flatMap(JsonRows::text));
    }
    // A name that came up too late to be given a place must not get lost.
    Optional<ImportTrouble> trouble =
        node.propertyNames().stream()
            .filter(name -> !places.containsKey(name))
            .findFirst()
            .map(name -> new ImportTrouble(line, name, "import.bad.name", ""));
    return new ImportRow(line, values, trouble);
  }

  private static Optional<String> text(JsonNode node) {
    if (node.isNull()) {
      return Optional.empty();
    }
    if (node.isString()) {
      return Optional.of(node.stringValue());
    }
    return Optional.of(node.isBigDecimal() ? node.decimalValue().toPlainString() : node.toString());
  }
}
