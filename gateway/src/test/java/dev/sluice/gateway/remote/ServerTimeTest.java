package dev.sluice.gateway.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerTimeTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Instant machine = NOON.minusSeconds(720);
  private long counted = 5;
  private final ServerTime time = new ServerTime(() -> machine, () -> counted);

  private void pass(Duration span) {
    machine = machine.plus(span);
    counted += span.toNanos();
  }

  @Test
  void aWrongClockIsPutRightByWhatTheServerSaid() {
    time.take(NOON);
    pass(Duration.ofMinutes(3));
    assertThat(time.instant()).isEqualTo(NOON.plusSeconds(180));
    assertThat(time.behind()).isEqualTo(Duration.ofMinutes(12));
  }

  @Test
  void settingTheClockBackGainsNothing() {
    time.take(NOON);
    pass(Duration.ofMinutes(3));
    machine = machine.minus(Duration.ofDays(2));
    assertThat(time.instant()).isEqualTo(NOON.plusSeconds(180));
  }

  @Test
  void aMachineThatSleptKnowsHowLong() {
    time.take(NOON);
    machine = machine.plus(Duration.ofHours(9));
    assertThat(time.instant()).isEqualTo(NOON.plus(Duration.ofHours(9)));
  }

  @Test
  void beforeTheServerSaidAnythingTheMachinesClockCounts() {
    pass(Duration.ofSeconds(7));
    assertThat(time.instant()).isEqualTo(machine);
    assertThat(time.behind()).isZero();
  }
}
