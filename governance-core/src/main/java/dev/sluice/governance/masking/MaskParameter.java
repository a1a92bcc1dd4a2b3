package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// One parameter of a masking algorithm.
///
/// @param name the word in the policy
/// @param kind what values it takes
/// @param required it has no default
/// @param min smallest number, or fewest characters or entries
/// @param max largest number, or most characters or entries
public record MaskParameter(String name, Kind kind, boolean required, long min, long max) {

  /// What a parameter takes.
  public enum Kind {
    TEXT("a text"),
    WHOLE_NUMBER("a whole number"),
    NUMBER("a number"),
    FLAG("true or false"),
    TEXT_LIST("a text or a list of texts"),
    SCALAR("a text, a number, true or false");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static MaskParameter wholeNumber(String name, long min, long max) {
    return new MaskParameter(name, Kind.WHOLE_NUMBER, false, min, max);
  }

  static MaskParameter text(String name) {
    return new MaskParameter(name, Kind.TEXT, false, 0, 1_000);
  }

  static MaskParameter flag(String name) {
    return new MaskParameter(name, Kind.FLAG, false, 0, 0);
  }

  MaskParameter asRequired() {
    return new MaskParameter(name, kind, true, min, max);
  }

  /// What is wrong with a value for this parameter, or null.
  @Nullable String problemWith(Object value) {
    boolean fits =
        switch (kind) {
          case TEXT -> value instanceof String text && fitsLength(text.length());
          case WHOLE_NUMBER ->
              (value instanceof Integer || value instanceof Long)
                  && fitsLength(((Number) value).longValue());
          case NUMBER ->
              value instanceof Number number
                  && Double.isFinite(number.doubleValue())
                  && number.doubleValue() >= min
                  && number.doubleValue() <= max;
          case FLAG -> value instanceof Boolean;
          case TEXT_LIST ->
              value instanceof String
                  || (value instanceof java.util.List<?> list
                      && fitsLength(list.size())
                      && list.stream().allMatch(String.class::isInstance));
          case SCALAR ->
              value instanceof String || value instanceof Number || value instanceof Boolean;
        };
    return fits ? null : "\"" + name + "\" takes " + expected() + ", not " + shown(value) + ".";
  }

  private boolean fitsLength(long number) {
    return number >= min && number <= max;
  }

  private String expected() {
    return switch (kind) {
      case WHOLE_NUMBER, NUMBER -> kind.words + " from " + min + " to " + max;
      case TEXT, FLAG, TEXT_LIST, SCALAR -> kind.words;
    };
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return "\"" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "\"";
  }
}
