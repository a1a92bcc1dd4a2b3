package dev.sluice.governance.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Emergencies, lifted masks, and seats filled for people who are away.
class EmergencyTest {

  private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
  private static final Instant SOON = START.plusSeconds(60);
  private static final Principal ANA = principal("ana", "analysts");
  private static final Principal OLIVE = principal("olive", "owners");
  private static final Principal SAM = principal("sam", "owners");
  private static final Principal DEPUTY = principal("deputy", "analysts");

  @Test
  void theGlassIsBrokenWithAReasonForAShortTimeAndOwesAReview() {
    ApprovalRequest broken = moved(opened(new Right.Run()), glass(ANA, "db down", true, false));
    assertThat(broken.state()).isEqualTo(ApprovalState.APPROVED);
    assertThat(broken.useBy()).isEqualTo(SOON.plus(Duration.ofMinutes(30)));
    assertThat(broken.reviews()).isEmpty();
    assertThat(broken.emergency().orElseThrow().owed()).isTrue();
    assertThat(broken.emergency().orElseThrow().reviewBy()).isEqualTo(SOON.plusSeconds(86_400));
  }

  @Test
  void theGlassStaysWholeForAnybodyElseWithoutAReasonWithADebtOrForAnythingButRunning() {
    ApprovalRequest request = opened(new Right.Run());
    assertThat(code(request, glass(ANA, " ", true, false))).isEqualTo("reason-missing");
    assertThat(code(request, glass(ANA, "x", false, false))).isEqualTo("glass-not-yours");
    assertThat(code(request, glass(ANA, "x", true, true))).isEqualTo("glass-owed");
    assertThat(code(request, glass(OLIVE, "x", true, false))).isEqualTo("not-yours");
    assertThat(code(opened(unmask()), glass(ANA, "x", true, false))).isEqualTo("glass-masks-stay");
    assertThat(code(opened(new Right.Export(9)), glass(ANA, "x", true, false)))
        .isEqualTo("glass-masks-stay");
  }

  @Test
  void anEmergencyIsReviewedOnceBySomebodyElseWhomTheRuleNames() {
    ApprovalRequest broken = moved(opened(new Right.Run()), glass(ANA, "db down", true, false));
    assertThat(code(broken, after(ANA, Review.Verdict.APPROVE))).isEqualTo("four-eyes");
    assertThat(code(broken, after(DEPUTY, Review.Verdict.APPROVE))).isEqualTo("not-an-approver");
    assertThat(code(opened(new Right.Run()), after(OLIVE, Review.Verdict.APPROVE)))
        .isEqualTo("no-emergency");
    ApprovalRequest reviewed = moved(broken, after(OLIVE, Review.Verdict.APPROVE));
    assertThat(reviewed.emergency().orElseThrow().owed()).isFalse();
    assertThat(reviewed.state()).isEqualTo(ApprovalState.APPROVED);
    assertThat(code(reviewed, after(SAM, Review.Verdict.APPROVE))).isEqualTo("decided");
    assertThat(moved(broken, after(OLIVE, Review.Verdict.REJECT)).state())
        .isEqualTo(ApprovalState.REVOKED);
  }

  @Test
  void aReviewIsStillTakenWhenTheEmergencyIsLongOver() {
    ApprovalRequest broken = moved(opened(new Right.Run()), glass(ANA, "db down", true, false));
    ApprovalRequest over =
        ((Transition.Moved)
                ApprovalMachine.apply(
                    broken, new ApprovalEvent.Ticked(), START.plus(Duration.ofDays(3))))
            .request();
    assertThat(over.state()).isEqualTo(ApprovalState.EXPIRED_UNUSED);
    assertThat(moved(over, after(OLIVE, Review.Verdict.REJECT)).emergency().orElseThrow().owed())
        .isFalse();
  }

  @Test
  void aDelegateFillsTheSeatOfThePersonAwayAndNobodyFillsItTwice() {
    ApprovalRequest request = opened(new Right.Run(), 2);
    ApprovalEvent deputy =
        new ApprovalEvent.Reviewed(word(DEPUTY), new Actor.Person(DEPUTY), List.of(OLIVE));
    ApprovalRequest once = moved(request, deputy);
    assertThat(once.reviews().getFirst().standingInFor()).contains(OLIVE);
    assertThat(once.state()).isEqualTo(ApprovalState.PENDING);
    assertThat(code(once, new ApprovalEvent.Reviewed(word(OLIVE), new Actor.Person(OLIVE))))
        .isEqualTo("one-seat");
    assertThat(code(once, deputy)).isEqualTo("one-seat");
    assertThat(moved(once, new ApprovalEvent.Reviewed(word(SAM), new Actor.Person(SAM))).state())
        .isEqualTo(ApprovalState.APPROVED);
  }

  @Test
  void aDelegateNeverDecidesTheirOwnRequestNorThatOfThePersonAway() {
    ApprovalRequest deputys =
        ((Transition.Moved)
                ApprovalMachine.open(
                    "r2",
                    new Actor.Person(DEPUTY),
                    capsule(),
                    List.of("rule"),
                    rule(1),
                    "because",
                    START))
            .request();
    assertThat(
            code(
                deputys,
                new ApprovalEvent.Reviewed(word(DEPUTY), new Actor.Person(DEPUTY), List.of(OLIVE))))
        .isEqualTo("four-eyes");
    ApprovalRequest olives =
        ((Transition.Moved)
                ApprovalMachine.open(
                    "r3",
                    new Actor.Person(OLIVE),
                    capsule(),
                    List.of("rule"),
                    rule(1),
                    "because",
                    START))
            .request();
    assertThat(
            code(
                olives,
                new ApprovalEvent.Reviewed(word(DEPUTY), new Actor.Person(DEPUTY), List.of(OLIVE))))
        .isEqualTo("not-an-approver");
  }

  @Test
  void liftedMasksHoldFromTheApprovalOnAndEndByThemselves() {
    ApprovalRequest asked = opened(unmask());
    assertThat(asked.unmaskGrant()).isEmpty();
    ApprovalRequest approved =
        moved(asked, new ApprovalEvent.Reviewed(word(OLIVE), new Actor.Person(OLIVE)));
    assertThat(approved.unmaskGrant().orElseThrow().until())
        .isEqualTo(SOON.plus(Duration.ofMinutes(20)));
    assertThat(code(approved, new ApprovalEvent.Redeemed(new Actor.Person(ANA), capsule())))
        .isEqualTo("nothing-to-run");
    ApprovalRequest over =
        ((Transition.Moved)
                ApprovalMachine.apply(
                    approved, new ApprovalEvent.Ticked(), SOON.plus(Duration.ofMinutes(21))))
            .request();
    assertThat(over.state()).isEqualTo(ApprovalState.EXHAUSTED);
    assertThat(over.unmaskGrant()).isEmpty();
  }

  @Test
  void whatIsAskedForSurvivesTheWire() throws Exception {
    for (Right right : List.of(new Right.Run(), unmask(), new Right.Export(7))) {
      ApprovalRequest request = moved(opened(right), new ApprovalEvent.Ticked());
      assertThat(JsonCodec.read(JsonCodec.write(request), ApprovalRequest.class))
          .isEqualTo(request);
    }
    ApprovalRequest broken = moved(opened(new Right.Run()), glass(ANA, "db down", true, false));
    assertThat(JsonCodec.read(JsonCodec.write(broken), ApprovalRequest.class)).isEqualTo(broken);
  }

  private static Right unmask() {
    return new Right.Unmask(
        Set.of(new ColumnRef(new TableRef("public", "customers"), "email")),
        Duration.ofMinutes(20));
  }

  private static ApprovalEvent glass(
      Principal by, String reason, boolean allowed, boolean owesReview) {
    return new ApprovalEvent.GlassBroken(
        new Actor.Person(by),
        reason,
        allowed,
        owesReview,
        Duration.ofMinutes(30),
        Duration.ofHours(24));
  }

  private static ApprovalEvent after(Principal by, Review.Verdict verdict) {
    return new ApprovalEvent.EmergencyReviewed(
        new Review(by, verdict, "looked at it", SOON), new Actor.Person(by), List.of());
  }

  private static Review word(Principal by) {
    return new Review(by, Review.Verdict.APPROVE, "seen", SOON);
  }

  private static ApprovalRequest opened(Right right) {
    return opened(right, 1);
  }

  private static ApprovalRequest opened(Right right, int quorum) {
    return ((Transition.Moved)
            ApprovalMachine.open(
                "r1",
                new Actor.Person(ANA),
                capsule(),
                List.of("rule"),
                rule(quorum),
                "because",
                right,
                START))
        .request();
  }

  private static ApproverRule rule(int quorum) {
    return new ApproverRule(
        Set.of("group:owners"),
        quorum,
        Duration.ofHours(8),
        Duration.ofHours(1),
        1,
        Optional.empty());
  }

  private static Capsule capsule() {
    return new Capsule(
        "t", "p", List.of(), "shop", "production", "fp", 1, Map.of(), List.of(), Map.of(), -1);
  }

  private static ApprovalRequest moved(ApprovalRequest request, ApprovalEvent event) {
    return ((Transition.Moved) ApprovalMachine.apply(request, event, SOON)).request();
  }

  private static String code(ApprovalRequest request, ApprovalEvent event) {
    return ((Transition.Refused) ApprovalMachine.apply(request, event, SOON)).code();
  }

  private static Principal principal(String subject, String... groups) {
    return new Principal("local", subject, null, subject, Set.of(groups), Set.of());
  }
}
