package dev.sluice.governance.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MasksTest {

  private static final MaskKeys KEYS =
      name -> Optional.of("k".repeat(32).getBytes(StandardCharsets.UTF_8));
  private static final Set<String> MAY_SHOW_NUMBERS =
      Set.of("fixed", "round", "bucket", "age-band", "json-path", "shape");

  static List<MaskSpec> everyMask() {
    return List.of(
        MaskSpec.redact(),
        MaskSpec.of("nullify"),
        new MaskSpec("fixed", Map.of("value", "x")),
        new MaskSpec("fixed", Map.of("value", 7L)),
        new MaskSpec("keep-first", Map.of("count", 3L)),
        new MaskSpec("keep-last", Map.of("count", 4L)),
        new MaskSpec("keep-both", Map.of("first", 1L, "last", 2L)),
        new MaskSpec("range", Map.of("show", List.of("2-3", "9-9"))),
        MaskSpec.of("email"),
        new MaskSpec("email", Map.of("keep-domain", true)),
        MaskSpec.of("phone"),
        new MaskSpec("card", Map.of("first", 6L)),
        MaskSpec.of("iban"),
        new MaskSpec("regex", Map.of("pattern", "[0-9]+", "replacement", "$0")),
        new MaskSpec("regex", Map.of("pattern", "(a)|b*", "replacement", "<$1>")),
        MaskSpec.of("shape"),
        MaskSpec.of("hash"),
        MaskSpec.of("token"),
        MaskSpec.of("date-to-year"),
        MaskSpec.of("date-to-month"),
        new MaskSpec("age-band", Map.of("as-of", "2026-06-15")),
        MaskSpec.of("age-band"),
        new MaskSpec("round", Map.of("to", 1000L)),
        new MaskSpec("bucket", Map.of("size", 7L)),
        MaskSpec.of("ip-prefix"),
        new MaskSpec("json-path", Map.of("hide", List.of("$..a", "$.b[*].c"))),
        new MaskSpec("json-path", Map.of("show", "$.*.a")),
        new MaskSpec("fake", Map.of("kind", "email")));
  }

  private static List<Object> oddValues() {
    List<Object> values =
        new ArrayList<>(
            Arrays.asList(
                "",
                " ",
                "\0",
                "@",
                "a@b",
                "a@b.c",
                "@.",
                "\ud83d",
                "\ude00\ud83d",
                "e\u0301\u202e",
                "1e999999999",
                "-0",
                "NaN",
                "7".repeat(5_000),
                "2026-02-30",
                "+999999999-01-01",
                "0000-00-00",
                "1984-05-12 10:00",
                "::ffff:1.2.3.4",
                "1.2.3.4%eth0",
                "fe80::1%1",
                "[".repeat(5_000),
                "{\"a\":1e400}",
                "{\"a\":{\"a\":{\"a\":[1,\"x\",null,true]}}}",
                "{",
                new StringBuilder("builder"),
                'c',
                '\ud83d',
                true,
                (byte) -128,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                BigInteger.TWO.pow(400),
                new BigDecimal("1e-2000"),
                new BigDecimal("1e2000000000"),
                new BigDecimal("1.10"),
                Double.NaN,
                Double.MAX_VALUE,
                -0.0d,
                Double.NEGATIVE_INFINITY,
                Float.NaN,
                Float.MAX_VALUE,
                new AtomicInteger(4),
                new byte[] {1, 2},
                new int[] {1},
                new Object[] {"x", null},
                List.of("x"),
                Map.of("k", "v"),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                LocalDate.MIN,
                LocalDate.MAX,
                LocalDate.parse("1984-05-12"),
                LocalTime.NOON,
                LocalDateTime.MAX,
                OffsetDateTime.MIN,
                Instant.MAX,
                Instant.MIN,
                ZonedDateTime.parse("2026-03-29T02:30:00+01:00[Europe/Berlin]"),
                new java.util.Date(0),
                new java.sql.Date(0),
                new java.sql.Timestamp(0),
                new java.sql.Time(0),
                new Object()));
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(24);
      for (int j = 0; j < length; j++) {
        text.appendCodePoint(
            random.nextInt(4) == 0
                ? random.nextInt(Character.MAX_CODE_POINT + 1)
                : "0123456789abcXYZ@.-+ /:{}[]\"".codePointAt(random.nextInt(28)));
      }
      values.add(text.toString());
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("everyMask")
  void noValueMakesAMaskThrowAndTypesStay(MaskSpec spec) {
    Mask mask = Masks.of(spec, KEYS);
    for (Object value : oddValues()) {
      Object masked = mask.mask(value);
      if (value instanceof CharSequence || value instanceof Character) {
        assertThat(masked == null || masked instanceof String).isTrue();
      } else if (value instanceof Number) {
        assertThat(masked == null || masked instanceof Number).isTrue();
      } else if (value instanceof Boolean || value instanceof byte[]) {
        assertThat(masked).isNull();
      } else {
        assertThat(masked instanceof String).isFalse();
      }
    }
    assertThat(mask.mask(null)).isNull();
  }

  @ParameterizedTest
  @MethodSource("everyMask")
  void noTextOfAnyLengthComesOutAsItWentIn(MaskSpec spec) {
    Mask mask = Masks.of(spec, KEYS);
    boolean coarse =
        MAY_SHOW_NUMBERS.contains(spec.algorithm()) || spec.algorithm().contains("-to-");
    for (Object value : oddValues()) {
      if (value instanceof String text && !coarse && !text.isEmpty() && !isAllStars(text)) {
        assertThat(mask.mask(text)).as("%s of %s", spec, text).isNotEqualTo(text);
      }
    }
  }

  private static boolean isAllStars(String text) {
    return text.chars()
        .allMatch(character -> "{}[] \n".indexOf(character) >= 0 || character == '*');
  }

  @Test
  void partialMasksNeverShowMoreThanHalf() {
    Random random = new Random(3);
    for (MaskSpec spec : everyMask()) {
      if (!Set.of("keep-first", "keep-last", "keep-both", "range").contains(spec.algorithm())) {
        continue;
      }
      Mask mask = Masks.of(spec, KEYS);
      for (int i = 0; i < 200; i++) {
        String text = "a".repeat(random.nextInt(30));
        String masked = (String) mask.mask(text);
        long shown = masked.chars().filter(character -> character == 'a').count();
        assertThat(masked.equals("[redacted]") || shown * 2 <= text.length()).isTrue();
      }
    }
  }

  @Test
  void tokensOfNumbersAreOneToOne() {
    Mask token = Masks.of(MaskSpec.of("token"), KEYS);
    Set<Object> tokens = new HashSet<>();
    for (int i = -5_000; i < 5_000; i++) {
      assertThat(tokens.add(token.mask(i))).isTrue();
    }
    assertThat(token.mask(42))
        .isEqualTo(token.mask(42L))
        .isEqualTo(token.mask(new BigDecimal("42.0")));
  }

  @Test
  void keyedMasksWithoutAKeyRedact() {
    for (MaskAlgorithm algorithm : Masks.algorithms()) {
      if (algorithm.keyed()) {
        MaskSpec spec =
            algorithm.name().equals("fake")
                ? new MaskSpec("fake", Map.of("kind", "city"))
                : MaskSpec.of(algorithm.name());
        assertThat(Masks.of(spec, MaskKeys.none()).mask("Berlin")).isEqualTo("[redacted]");
        assertThat(Masks.of(spec, name -> Optional.of(new byte[31])).mask("Berlin"))
            .isEqualTo("[redacted]");
      }
    }
  }

  @Test
  void differentKeysAndPurposesGiveDifferentStandIns() {
    MaskKeys other = name -> Optional.of("o".repeat(32).getBytes(StandardCharsets.UTF_8));
    assertThat(Masks.of(MaskSpec.of("token"), KEYS).mask("x"))
        .isNotEqualTo(Masks.of(MaskSpec.of("token"), other).mask("x"));
  }

  @Test
  void sqlDatesBecomePlainDates() {
    Mask mask = Masks.of(MaskSpec.of("date-to-year"), KEYS);
    assertThat(mask.mask(java.sql.Date.valueOf("1984-05-12")))
        .isEqualTo(LocalDate.parse("1984-01-01"));
    assertThat(mask.mask(java.sql.Timestamp.valueOf("1984-05-12 10:30:00")))
        .isEqualTo(LocalDateTime.parse("1984-01-01T00:00:00"));
  }

  @Test
  void whatIsWrongWithASpecificationIsSaid() {
    assertThat(Masks.problems(MaskSpec.of("scramble")).getFirst())
        .startsWith("There is no mask \"scramble\"; there are redact, nullify");
    assertThat(Masks.problems(new MaskSpec("keep-last", Map.of("cuont", 4L))))
        .containsExactly(
            "The mask keep-last has no \"cuont\"; it takes count.",
            "The mask keep-last needs \"count\".");
    assertThat(Masks.problems(new MaskSpec("card", Map.of("first", 7L))))
        .containsExactly("\"first\" takes a whole number from 0 to 6, not \"7\".");
    assertThat(Masks.problems(new MaskSpec("regex", Map.of("pattern", "("))).getFirst())
        .contains("not a regular expression");
    assertThat(Masks.problems(new MaskSpec("regex", Map.of("pattern", "a", "replacement", "$1"))))
        .hasSize(1);
    assertThat(Masks.problems(new MaskSpec("range", Map.of("show", "3-1")))).hasSize(1);
    assertThat(Masks.problems(MaskSpec.of("json-path"))).hasSize(1);
    assertThatThrownBy(() -> Masks.of(MaskSpec.of("keep-last"), KEYS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRowIsMaskedByOrdinalAndOnlyWhenItsWidthFits() {
    MaskingPlan plan =
        new MaskingPlan(
            List.of("id", "email", "email"),
            List.of(
                new ColumnMask(1, Set.of("pii"), Set.of(), MaskSpec.redact(), false),
                new ColumnMask(2, Set.of("pii"), Set.of(), MaskSpec.redact(), true)));
    RowMasker masker = RowMaskers.of(plan, KEYS);
    Object[] row = {1, "a@b.test", "masked by the database"};
    masker.mask(row);
    assertThat(row).containsExactly(1, "[redacted]", "masked by the database");
    assertThatThrownBy(() -> masker.mask(new Object[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPlanThatDoesNotFitItselfMasksNothingAtAll() {
    ColumnMask first = new ColumnMask(0, Set.of(), Set.of(), MaskSpec.redact(), false);
    ColumnMask beyond = new ColumnMask(1, Set.of(), Set.of(), MaskSpec.redact(), true);
    for (List<ColumnMask> masks : List.of(List.of(beyond), List.of(first, first))) {
      assertThatThrownBy(() -> RowMaskers.of(new MaskingPlan(List.of("a"), masks), KEYS))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
