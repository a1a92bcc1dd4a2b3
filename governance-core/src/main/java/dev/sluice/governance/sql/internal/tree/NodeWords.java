package dev.sluice.governance.sql.internal.tree;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a person calls the classes and fields of the parser's tree: `words.txt`.
public final class NodeWords {
  private static final Map<String, String> WORDS = load();

  private NodeWords() {}

  /// Words for a node, for sentences such as "... is not understood".
  public static String of(Class<?> type) {
    return find(simpleName(type)).orElse("this part");
  }

  /// Words for a field that is set; those of its class if it has none of its own.
  static String of(Class<?> declaring, String field) {
    return find(simpleName(declaring) + "." + field).orElseGet(() -> of(declaring));
  }

  static Optional<String> find(String name) {
    return Optional.ofNullable(WORDS.get(name));
  }

  static String simpleName(Class<?> type) {
    return type.getName().substring(type.getName().lastIndexOf('.') + 1);
  }

  private static Map<String, String> load() {
    Map<String, String> words = new HashMap<>();
    try (InputStream stream =
        NodeWords.class.getResourceAsStream("/dev/sluice/governance/sql/internal/tree/words.txt")) {
      if (stream == null) {
        throw new IllegalStateException("words.txt is missing.");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int equals = line.lastIndexOf(" = ");
        if (line.startsWith("#") || equals < 0) {
          continue;
        }
        for (String name : line.substring(equals + 3).strip().split("\\s+")) {
          words.put(name, line.substring(0, equals).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(words);
  }
}
