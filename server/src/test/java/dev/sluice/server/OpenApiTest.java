package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.http.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The description of the interface says exactly what is read.
class OpenApiTest {

  @TempDir Path folder;

  @Test
  void everyBodyIsReadAsItIsDescribedAndNotWithLessOrMore() throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      Map<String, Object> description =
          object(
              JsonCodec.read(
                  RawClient.signIn(server.server().address(), "analyst")
                      .send("GET", "/openapi.json", "")
                      .body(),
                  Map.class));
      Map<String, Object> schemas = object(object(description.get("components")).get("schemas"));
      int bodies = 0;
      for (Route route : server.server().routes()) {
        if (route.takes() == Void.class) {
          continue;
        }
        Map<String, Object> operation =
            object(
                object(object(description.get("paths")).get(route.path()))
                    .get(route.method().name().toLowerCase(Locale.ROOT)));
        Map<String, Object> content = object(object(operation.get("requestBody")).get("content"));
        Map<String, Object> sample =
            object(sample(object(object(content.get("application/json")).get("schema")), schemas));
        assertThat(read(sample, route.takes())).as(route.path()).isIn("", "not allowed");
        for (String name : sample.keySet()) {
          Map<String, Object> less = new TreeMap<>(sample);
          less.remove(name);
          assertThat(read(less, route.takes())).as(route.path() + " " + name).isEqualTo("missing");
        }
        Map<String, Object> more = new TreeMap<>(sample);
        more.put("surely", "x");
        assertThat(read(more, route.takes())).as(route.path()).isEqualTo("not known");
        bodies++;
      }
      assertThat(bodies).isGreaterThan(35);
    }
  }

  private static String read(Map<String, Object> sample, Class<?> type) {
    try {
      JsonCodec.read(JsonCodec.write(sample), type);
      return "";
    } catch (JsonCodec.MalformedJson e) {
      for (String word : List.of("not allowed", "missing", "not known")) {
        if (String.valueOf(e.getMessage()).contains(word)) {
          return word;
        }
      }
      return String.valueOf(e.getMessage());
    }
  }

  /// The smallest value of a shape.
  private static Object sample(Map<String, Object> shape, Map<String, Object> schemas) {
    if (shape.get("$ref") instanceof String name) {
      return sample(object(schemas.get(name.substring(name.lastIndexOf('/') + 1))), schemas);
    }
    if (shape.get("anyOf") instanceof List<?> either) {
      return sample(object(either.getFirst()), schemas);
    }
    if (shape.get("enum") instanceof List<?> words) {
      return words.getFirst();
    }
    return switch (String.valueOf(shape.get("type"))) {
      case "string" ->
          switch (String.valueOf(shape.get("format"))) {
            case "date-time" -> "2026-01-01T00:00:00Z";
            case "duration" -> "PT1M";
            default -> "x";
          };
      case "integer" -> 1;
      case "boolean" -> true;
      case "array" -> new ArrayList<>(List.of(sample(object(shape.get("items")), schemas)));
      case "object" -> {
        Map<String, Object> made = new TreeMap<>();
        if (shape.get("properties") instanceof Map<?, ?>) {
          object(shape.get("properties"))
              .forEach((name, inner) -> made.put(name, sample(object(inner), schemas)));
          assertThat(shape).containsEntry("additionalProperties", false);
        }
        yield made;
      }
      default -> throw new AssertionError("no sample of " + shape);
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }
}
