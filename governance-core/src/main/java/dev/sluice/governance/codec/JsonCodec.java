package dev.sluice.governance.codec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.identity.Actor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes the records of this package, `wire` and the core as JSON. Strict: what is not
/// expected is refused with its name and place, and never with the value that stood there.
public final class JsonCodec {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(4 << 20)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .addMixIn(Actor.class, ActorByKind.class)
          .addMixIn(Right.class, RightByKind.class)
          .build();

  private JsonCodec() {}

  /// The mapper itself, for a server library that wants one. Immutable.
  public static JsonMapper mapper() {
    return MAPPER;
  }

  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// @throws MalformedJson when the text is not exactly one such value
  public static <T> T read(String json, Class<T> type) throws MalformedJson {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new MalformedJson("A " + type.getSimpleName() + " is expected, not null.");
      }
      return value;
    } catch (JacksonException e) {
      throw new MalformedJson(explain(e));
    } catch (IllegalArgumentException e) {
      throw new MalformedJson("A value is not allowed where it stands.");
    }
  }

  /// The words for a reading error: names and places, never values.
  private static String explain(JacksonException problem) {
    String place =
        problem.getLocation() == null
            ? ""
            : " (line "
                + problem.getLocation().getLineNr()
                + ", column "
                + problem.getLocation().getColumnNr()
                + ")";
    return switch (problem) {
      case UnrecognizedPropertyException unknown ->
          "The field \"" + clean(unknown.getPropertyName()) + "\" is not known" + place + ".";
      case MismatchedInputException mismatch ->
          "The value at \"" + path(mismatch) + "\" is missing or of the wrong kind" + place + ".";
      default -> "This is not the JSON that is expected" + place + ".";
    };
  }

  private static String path(JacksonException problem) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : problem.getPath()) {
      String name = step.getPropertyName();
      path.append(path.isEmpty() ? "" : ".").append(name == null ? step.getIndex() : clean(name));
    }
    return path.toString();
  }

  private static String clean(String name) {
    String shown = name.replaceAll("[^A-Za-z0-9_.\\-]", "?");
    return shown.length() > 60 ? shown.substring(0, 60) : shown;
  }

  /// The text is not the JSON it should be. The message is fit for people.
  public static final class MalformedJson extends Exception {
    public MalformedJson(String message) {
      super(message);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Actor.Person.class, name = "person"),
    @JsonSubTypes.Type(value = Actor.Agent.class, name = "agent"),
    @JsonSubTypes.Type(value = Actor.Pipeline.class, name = "pipeline")
  })
  private interface ActorByKind {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Right.Run.class, name = "run"),
    @JsonSubTypes.Type(value = Right.Unmask.class, name = "unmask"),
    @JsonSubTypes.Type(value = Right.Export.class, name = "export")
  })
  private interface RightByKind {}
}
