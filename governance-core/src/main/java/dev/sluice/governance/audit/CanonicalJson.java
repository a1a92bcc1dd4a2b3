package dev.sluice.governance.audit;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The one spelling of a JSON value: RFC 8785 (JSON Canonicalization Scheme).
///
/// Takes `Map` with string keys, `Collection`, `String`, `Boolean`, `Byte`, `Short`, `Integer`,
/// `Long`, `Double`, `Float` and null. Whole numbers beyond 2^53, numbers that are not finite,
/// decimals of any length and text with half a surrogate pair have no interoperable spelling and
/// are refused: write them as text.
public final class CanonicalJson {

  private static final long LARGEST_EXACT = 1L << 53;

  private CanonicalJson() {}

  /// @throws IllegalArgumentException for a value that has no canonical spelling
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String text -> string(text, out);
      case Boolean truth -> out.append(truth.booleanValue());
      case Byte number -> out.append(number.intValue());
      case Short number -> out.append(number.intValue());
      case Integer number -> out.append(number.intValue());
      case Long number -> whole(number, out);
      case Double number -> number(number, out);
      case Float number -> number(Double.parseDouble(number.toString()), out);
      case Map<?, ?> map -> object(map, out);
      case Collection<?> items -> array(items, out);
      default ->
          throw new IllegalArgumentException(
              "No canonical JSON for a " + value.getClass().getName() + ".");
    }
  }

  private static void whole(long number, StringBuilder out) {
    if (number > LARGEST_EXACT || number < -LARGEST_EXACT) {
      throw new IllegalArgumentException("A whole number beyond 2^53 must be written as text.");
    }
    out.append(number);
  }

  private static void object(Map<?, ?> map, StringBuilder out) {
    // String order is UTF-16 code unit order, as the RFC asks.
    TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("A JSON object has text keys.");
          }
          sorted.put(name, value);
        });
    out.append('{');
    String separator = "";
    for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
      out.append(separator);
      string(entry.getKey(), out);
      out.append(':');
      write(entry.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void array(Collection<?> items, StringBuilder out) {
    out.append('[');
    String separator = "";
    for (Object item : items) {
      out.append(separator);
      write(item, out);
      separator = ",";
    }
    out.append(']');
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(++i));
          } else if (Character.isSurrogate(c)) {
            throw new IllegalArgumentException("Text holds half a surrogate pair at " + i + ".");
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /// ECMAScript `Number::toString`: the shortest digits that read back as the same number.
  private static void number(double number, StringBuilder out) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no number for " + number + ".");
    }
    if (number == 0) {
      out.append('0');
      return;
    }
    if (number < 0) {
      out.append('-');
    }
    BigDecimal shortest = shortest(Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    int count = digits.length();
    int point = count - shortest.scale();
    if (count <= point && point <= 21) {
      out.append(digits).append("0".repeat(point - count));
    } else if (0 < point && point <= 21) {
      out.append(digits, 0, point).append('.').append(digits, point, count);
    } else if (-6 < point && point <= 0) {
      out.append("0.").append("0".repeat(-point)).append(digits);
    } else {
      out.append(digits.charAt(0));
      if (count > 1) {
        out.append('.').append(digits, 1, count);
      }
      out.append('e').append(point > 0 ? "+" : "-").append(Math.abs(point - 1));
    }
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (exact.precision() != 2) {
      return exact;
    }
    // Double.toString gives two digits where one would do; ECMAScript gives one.
    BigDecimal one = exact.round(new java.math.MathContext(1)).stripTrailingZeros();
    return one.doubleValue() == number ? one : exact;
  }
}
