package dev.sluice.governance.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An approval of less than was asked for: narrower holds, wider is refused.
class ConditionsTest {

  private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
  private static final Instant SOON = START.plusSeconds(60);
  private static final Principal ANA = principal("ana", "analysts");
  private static final Principal OLIVE = principal("olive", "owners");
  private static final Principal SAM = principal("sam", "owners");

  /// Asked for: 3 runs, 60 minutes, 10 rows; 5,000 rows of an export; 30 minutes unmasked.
  @ParameterizedTest(name = "{0}: {1} runs, {2} seconds, {3} rows -> {4}")
  @CsvSource(
      textBlock =
          """
          run,    1,  600, 5,    APPROVED
          run,    3, 3600, 10,   APPROVED
          run,    4,     , ,     condition-too-wide
          run,     , 3601, ,     condition-too-wide
          run,     ,     , 11,   condition-too-wide
          run,    0,     , ,     condition-too-low
          run,   -1,     , ,     condition-too-low
          run,     ,    0, ,     condition-too-low
          run,     ,   -5, ,     condition-too-low
          run,     ,     , 0,    condition-too-low
          export, 1,     , 5000, APPROVED
          export,  ,     , 5001, condition-too-wide
          unmask,  , 1800, ,     APPROVED
          unmask,  , 1801, ,     condition-too-wide
          unmask, 1,     , ,     condition-not-of-this
          unmask,  ,     , 5,    condition-not-of-this
          """)
  void onlyWhatIsNarrowerIsTaken(
      String right, Integer runs, Long seconds, Long rows, String expected) {
    Transition after =
        ApprovalMachine.apply(asked(right, 1), approve(OLIVE, set(runs, seconds, rows)), SOON);
    assertThat(
            switch (after) {
              case Transition.Moved moved -> moved.request().state().name();
              case Transition.Refused refused -> refused.code();
            })
        .isEqualTo(expected);
  }

  @Test
  void aNoHasNoConditions() {
    Review no =
        new Review(
            OLIVE, Review.Verdict.REJECT, "too many", SOON, Optional.empty(), set(1, null, null));
    assertThat(
            ApprovalMachine.apply(
                asked("run", 1), new ApprovalEvent.Reviewed(no, new Actor.Person(OLIVE)), SOON))
        .isInstanceOfSatisfying(
            Transition.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("conditions-of-no"));
  }

  @Test
  void withTwoApproversTheNarrowerOfEachBoundHolds() {
    ApprovalRequest first = moved(asked("run", 2), approve(OLIVE, set(2, 600L, null)));
    assertThat(first.state()).isEqualTo(ApprovalState.PENDING);
    ApprovalRequest both = moved(first, approve(SAM, set(3, 1200L, 4L)));

    assertThat(both.state()).isEqualTo(ApprovalState.APPROVED);
    assertThat(both.executions()).isEqualTo(2);
    assertThat(both.rowCeiling()).isEqualTo(4);
    assertThat(both.useBy()).isEqualTo(SOON.plusSeconds(600));
  }

  @Test
  void aUseBeyondTheConditionIsRefusedThoughTheRuleAllowsMore() {
    ApprovalRequest once = moved(asked("run", 1), approve(OLIVE, set(1, null, null)));
    ApprovalRequest used =
        moved(once, new ApprovalEvent.Redeemed(new Actor.Person(ANA), once.capsule()));
    assertThat(used.state()).isEqualTo(ApprovalState.EXHAUSTED);
    assertThat(used.usesLeft()).isZero();
  }

  @Test
  void timeEndsEarlierThanTheRuleSays() {
    ApprovalRequest brief = moved(asked("run", 1), approve(OLIVE, set(null, 30L, null)));
    assertThat(
            ApprovalMachine.apply(
                brief,
                new ApprovalEvent.Redeemed(new Actor.Person(ANA), brief.capsule()),
                SOON.plusSeconds(31)))
        .isInstanceOfSatisfying(
            Transition.Moved.class,
            late -> assertThat(late.request().state()).isEqualTo(ApprovalState.EXPIRED_UNUSED));
  }

  @Test
  void masksAreLiftedForLessLong() {
    ApprovalRequest brief = moved(asked("unmask", 1), approve(OLIVE, set(null, 300L, null)));
    assertThat(brief.unmaskGrant().orElseThrow().until()).isEqualTo(SOON.plusSeconds(300));
  }

  @Test
  void withoutConditionsAllThatWasAskedForHolds() {
    ApprovalRequest whole = moved(asked("run", 1), approve(OLIVE, Conditions.NONE));
    assertThat(whole.executions()).isEqualTo(3);
    assertThat(whole.rowCeiling()).isEqualTo(10);
    assertThat(whole.useBy()).isEqualTo(SOON.plus(Duration.ofHours(1)));
  }

  private static ApprovalRequest asked(String right, int quorum) {
    Right wanted =
        switch (right) {
          case "unmask" ->
              new Right.Unmask(
                  Set.of(new ColumnRef(new TableRef("public", "customers"), "email")),
                  Duration.ofMinutes(30));
          case "export" -> new Right.Export(5000);
          case "run" -> new Right.Run();
          default -> throw new AssertionError(right);
        };
    return ((Transition.Moved)
            ApprovalMachine.open(
                "r1",
                new Actor.Person(ANA),
                new Capsule(
                    "UPDATE",
                    "UPDATE",
                    List.of(),
                    "shop",
                    "test",
                    "f",
                    1,
                    Map.of(),
                    List.of("WRITE orders"),
                    Map.of(),
                    10),
                List.of("rule"),
                new ApproverRule(
                    Set.of("group:owners"),
                    quorum,
                    Duration.ofHours(8),
                    Duration.ofHours(1),
                    3,
                    Optional.empty()),
                "because",
                wanted,
                START))
        .request();
  }

  private static Conditions set(Integer runs, Long seconds, Long rows) {
    return new Conditions(
        runs == null ? OptionalInt.empty() : OptionalInt.of(runs),
        Optional.ofNullable(seconds).map(Duration::ofSeconds),
        rows == null ? OptionalLong.empty() : OptionalLong.of(rows));
  }

  private static ApprovalEvent approve(Principal by, Conditions conditions) {
    return new ApprovalEvent.Reviewed(
        new Review(by, Review.Verdict.APPROVE, "", SOON, Optional.empty(), conditions),
        new Actor.Person(by));
  }

  private static ApprovalRequest moved(ApprovalRequest request, ApprovalEvent event) {
    return ((Transition.Moved) ApprovalMachine.apply(request, event, SOON)).request();
  }

  private static Principal principal(String subject, String... groups) {
    return new Principal("local", subject, null, subject, Set.of(groups), Set.of());
  }
}
