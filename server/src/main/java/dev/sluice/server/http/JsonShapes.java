package dev.sluice.server.http;

import dev.sluice.governance.identity.Actor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// What records look like as JSON, as JSON Schema 2020-12: every component is there, and nothing
/// else, as [dev.sluice.governance.codec.JsonCodec] reads them. A component of a kind that is not
/// known here is an error when the server starts, not a gap in the description.
final class JsonShapes {

  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, long.class, Integer.class, Long.class);

  private final Map<String, Object> records = new TreeMap<>();

  /// The shape of a type; records are kept by name and referred to.
  Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Class<?> raw = (Class<?>) generic.getRawType();
      if (raw == Optional.class) {
        return Map.of("anyOf", List.of(of(arguments[0]), Map.of("type", "null")));
      }
      if (Collection.class.isAssignableFrom(raw)) {
        return Map.of("type", "array", "items", of(arguments[0]));
      }
      if (Map.class.isAssignableFrom(raw)) {
        return Map.of("type", "object", "additionalProperties", of(arguments[1]));
      }
    }
    if (type instanceof Class<?> plain) {
      return of(plain);
    }
    throw new IllegalStateException("There is no shape for " + type + ".");
  }

  private Map<String, Object> of(Class<?> type) {
    if (type == String.class || type == URI.class) {
      return Map.of("type", "string");
    }
    if (WHOLE.contains(type)) {
      return Map.of("type", "integer");
    }
    if (type == OptionalInt.class || type == OptionalLong.class) {
      return Map.of("anyOf", List.of(Map.of("type", "integer"), Map.of("type", "null")));
    }
    if (type == boolean.class || type == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (type == Instant.class) {
      return Map.of("type", "string", "format", "date-time");
    }
    if (type == Duration.class) {
      return Map.of("type", "string", "format", "duration");
    }
    if (type.isEnum()) {
      return Map.of(
          "type",
          "string",
          "enum",
          Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList());
    }
    if (type == Actor.class) {
      return Map.of("type", "object", "description", "a person, an agent or a pipeline");
    }
    if (type.isRecord()) {
      return record(type);
    }
    throw new IllegalStateException("There is no shape for " + type + ".");
  }

  private Map<String, Object> record(Class<?> type) {
    // A record inside another one may be called like a third one.
    String name = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    if (records.putIfAbsent(name, Map.of()) == null) {
      Map<String, Object> properties = new TreeMap<>();
      List<String> required = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        properties.put(component.getName(), of(component.getGenericType()));
        required.add(component.getName());
      }
      records.put(
          name,
          Map.of(
              "type",
              "object",
              "properties",
              properties,
              "required",
              required,
              "additionalProperties",
              false));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /// The shapes of the records that were asked for, and of those in them, by name.
  Map<String, Object> records() {
    return records;
  }
}
