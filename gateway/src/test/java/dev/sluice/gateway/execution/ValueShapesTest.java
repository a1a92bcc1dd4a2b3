package dev.sluice.gateway.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is passed over must never have been one of the shapes.
class ValueShapesTest {

  private static final List<String> SHAPES =
      List.of(
          "4111111111111111",
          "4111 1111 1111 1111",
          "4111-1111-1111-1111",
          "378282246310005",
          "30569309025904",
          "DE89370400440532013000",
          "DE89 3704 0044 0532 0130 00",
          "GB82 WEST 1234 5698 7654 32",
          "NO9386011117947",
          "078-05-1120");

  private static final String AROUND = "abz ABZ 0189-.,;:@/()'\"äЖ😀\n\t";
  private static final String APART = ",;:@/('\"\n";

  @Test
  void aShapeIsFoundWhereverItStands() {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int round = 0; round < 50_000; round++) {
      String shape = SHAPES.get(random.nextInt(SHAPES.size()));
      String text =
          around(random) + one(random, APART) + shape + one(random, APART) + around(random);
      assertThat(ValueShapes.in(text)).as("seed %d: %s", seed, text).isPresent();
    }
  }

  @Test
  void aShapeIsFoundAtBothEnds() {
    for (String shape : SHAPES) {
      assertThat(ValueShapes.in(shape)).as(shape).isPresent();
      assertThat(ValueShapes.in("x " + shape)).as(shape).isPresent();
      assertThat(ValueShapes.in(shape + " x")).as(shape).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4111",
        "4111111111111112",
        "DE89370400440532013001",
        "078-05-112",
        "078-05-11200",
        "2026-11-23 19:59:28",
        "+49 30 1234567",
        "550e8400-e29b-41d4-a716-446655440000",
        "Person c81e728d9d4c2f636f067f89cc14862c",
        "A TEXT IN CAPITALS WITH 12 WORDS AND 34 NUMBERS"
      })
  void otherTextIsLeftAlone(String text) {
    assertThat(ValueShapes.in(text)).isEmpty();
  }

  private static String around(Random random) {
    StringBuilder text = new StringBuilder();
    int[] letters = AROUND.codePoints().toArray();
    for (int left = random.nextInt(30); left > 0; left--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private static char one(Random random, String of) {
    return of.charAt(random.nextInt(of.length()));
  }
}
