package dev.sluice.governance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  @Test
  void numbersAreSpelledAsInTheRfc() {
    for (String[] vector : Vectors.lines("numbers.txt")) {
      double number = Double.longBitsToDouble(Long.parseUnsignedLong(vector[0], 16));
      assertThat(CanonicalJson.write(number)).as(vector[0]).isEqualTo(vector[1]);
    }
  }

  @Test
  void keysAreSortedByCodeUnitAndTextIsEscapedAsLittleAsPossible() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("\u20ac", "Euro Sign");
    object.put("\r", "Carriage Return");
    object.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
    object.put("1", "One");
    object.put("\ud83d\ude00", "Emoji: Grinning Face");
    object.put("\u0080", "Control");
    object.put("\u00f6", "Latin Small Letter O With Diaeresis");
    assertThat(CanonicalJson.write(object))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    assertThat(CanonicalJson.write("\u20ac$\u000f\nA'B\"\\\\\"/\u2028\u007f"))
        .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u2028\u007f\"");
  }

  @Test
  void nestedValuesKeepTheirOrder() {
    assertThat(CanonicalJson.write(Map.of("b", Arrays.asList(3, null, true, List.of()), "a", 1L)))
        .isEqualTo("{\"a\":1,\"b\":[3,null,true,[]]}");
  }

  @Test
  void whatHasNoCommonSpellingIsRefused() {
    for (Object value :
        new Object[] {
          Double.NaN,
          Double.POSITIVE_INFINITY,
          (1L << 53) + 1,
          new BigDecimal("0.1"),
          "\ud83d",
          Map.of(1, "x"),
          new Object()
        }) {
      assertThatThrownBy(() -> CanonicalJson.write(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
