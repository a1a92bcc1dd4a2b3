package dev.sluice.governance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.audit.AuditChain.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditChainTest {

  private static final int LENGTH = 300;

  @Test
  void aChainHashesToTheSameForEver() {
    ChainedEvent first = AuditChain.append(Optional.empty(), event(1));
    ChainedEvent second = AuditChain.append(Optional.of(first), event(2));
    assertThat(first.canonical())
        .isEqualTo(
            "{\"actorKind\":\"person\",\"at\":\"2026-01-01T00:00:01Z\",\"correlation\":\"c\","
                + "\"fields\":{\"rows\":1},\"id\":\"id1\",\"kind\":\"statement.intent\","
                + "\"subject\":\"local|ana\",\"version\":1}");
    assertThat(first.hash())
        .isEqualTo("a63698b0b9af324ac921ba3fe6d877011be0568114849e879870ae89687600a3");
    assertThat(second.hash())
        .isEqualTo("2f4d3919092eaa2064f90b6ee072381f1ab4b44610eabc6207bf6c73d9951997");
  }

  @Test
  void aWholeChainHolds() {
    List<ChainedEvent> chain = chain();
    assertThat(AuditChain.verify(chain))
        .isEqualTo(new Verification.Intact(LENGTH, chain.getLast().hash()));
    assertThat(AuditChain.verify(List.of()))
        .isEqualTo(new Verification.Intact(0, AuditChain.GENESIS));
  }

  @Test
  void everyChangedEntryIsNamed() {
    for (int place = 0; place < LENGTH; place++) {
      List<ChainedEvent> chain = chain();
      ChainedEvent link = chain.get(place);
      chain.set(
          place,
          new ChainedEvent(link.sequence(), link.previous(), link.canonical() + " ", link.hash()));
      assertThat(firstBroken(chain)).isEqualTo(place + 1);
    }
  }

  @Test
  void everyRehashedEntryIsNamedByTheOneAfterIt() {
    for (int place = 0; place < LENGTH - 1; place++) {
      List<ChainedEvent> chain = chain();
      ChainedEvent link = chain.get(place);
      chain.set(place, AuditChain.link(link.sequence(), link.previous(), link.canonical() + " "));
      assertThat(firstBroken(chain)).isEqualTo(place + 2);
    }
  }

  @Test
  void everyMissingEntryIsNamed() {
    for (int place = 0; place < LENGTH - 1; place++) {
      List<ChainedEvent> chain = chain();
      chain.remove(place);
      assertThat(firstBroken(chain)).isEqualTo(place + 1);
    }
  }

  @Test
  void everySwapAndRepetitionIsNamed() {
    for (int place = 0; place < LENGTH - 1; place++) {
      List<ChainedEvent> swapped = chain();
      Collections.swap(swapped, place, place + 1);
      assertThat(firstBroken(swapped)).isEqualTo(place + 1);
      List<ChainedEvent> repeated = chain();
      repeated.add(place, repeated.get(place));
      assertThat(firstBroken(repeated)).isEqualTo(place + 2);
    }
  }

  @Test
  void aChainIsCheckedOnFromATrustedEntry() {
    List<ChainedEvent> chain = chain();
    ChainedEvent trusted = chain.get(99);
    assertThat(AuditChain.verifyAfter(100, trusted.hash(), chain.subList(100, LENGTH)))
        .isEqualTo(new Verification.Intact(LENGTH, chain.getLast().hash()));
    assertThat(AuditChain.verifyAfter(100, chain.get(98).hash(), chain.subList(100, LENGTH)))
        .isInstanceOfSatisfying(
            Verification.Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(101));
  }

  private static long firstBroken(List<ChainedEvent> chain) {
    return ((Verification.Broken) AuditChain.verify(chain)).sequence();
  }

  private static List<ChainedEvent> chain() {
    List<ChainedEvent> chain = new ArrayList<>();
    Optional<ChainedEvent> last = Optional.empty();
    for (int i = 1; i <= LENGTH; i++) {
      ChainedEvent next = AuditChain.append(last, event(i));
      chain.add(next);
      last = Optional.of(next);
    }
    return chain;
  }

  private static AuditEvent event(int number) {
    return new AuditEvent(
        "id" + number,
        "statement.intent",
        1,
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number),
        "local|ana",
        "person",
        "c",
        Map.of("rows", number));
  }
}
