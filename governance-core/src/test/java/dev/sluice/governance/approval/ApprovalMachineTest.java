package dev.sluice.governance.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalMachineTest {

  private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
  private static final Instant SOON = START.plusSeconds(60);

  private static final Principal ANA = principal("ana", "analysts");
  private static final Principal OLIVE = principal("olive", "owners");
  private static final Principal SAM = principal("sam", "owners", "platform");
  private static final Principal STRANGER = principal("stranger", "analysts");
  private static final Principal ROBOT = principal("robot", "owners");

  /// Every state, and everything that can happen in it.
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      textBlock =
          """
          PENDING,   approve,            APPROVED
          PENDING,   reject,             REJECTED
          PENDING,   reject-silently,    comment-missing
          PENDING,   approve-own,        four-eyes
          PENDING,   approve-stranger,   not-an-approver
          PENDING,   approve-as-agent,   only-people-review
          PENDING,   approve-in-name-of, only-people-review
          PENDING,   cancel,             CANCELLED
          PENDING,   cancel-stranger,    not-yours
          PENDING,   pass-on,            nobody-to-pass-to
          PENDING,   pass-on-own,        four-eyes
          PENDING,   pass-on-stranger,   not-an-approver
          PENDING,   pass-on-as-agent,   only-people-review
          PENDING,   pass-on-late,       EXPIRED_PENDING
          PENDING,   revoke,             REVOKED
          PENDING,   revoke-silently,    comment-missing
          PENDING,   revoke-stranger,    not-an-approver
          PENDING,   revoke-as-agent,    only-people-review
          PENDING,   redeem,             pending
          PENDING,   redeem-stranger,    not-yours
          PENDING,   redeem-changed,     pending
          PENDING,   tick,               PENDING
          PENDING,   tick-late,          EXPIRED_PENDING
          PENDING,   approve-late,       EXPIRED_PENDING
          PENDING,   redeem-late,        EXPIRED_PENDING
          PENDING,   cancel-late,        EXPIRED_PENDING
          APPROVED,  approve,            decided
          APPROVED,  reject,             decided
          APPROVED,  reject-silently,    decided
          APPROVED,  approve-own,        four-eyes
          APPROVED,  approve-stranger,   decided
          APPROVED,  approve-as-agent,   only-people-review
          APPROVED,  approve-in-name-of, only-people-review
          APPROVED,  cancel,             CANCELLED
          APPROVED,  cancel-stranger,    not-yours
          APPROVED,  pass-on,            decided
          APPROVED,  pass-on-own,        four-eyes
          APPROVED,  pass-on-stranger,   decided
          APPROVED,  pass-on-as-agent,   only-people-review
          APPROVED,  pass-on-late,       EXPIRED_UNUSED
          APPROVED,  revoke,             REVOKED
          APPROVED,  revoke-silently,    comment-missing
          APPROVED,  revoke-stranger,    not-an-approver
          APPROVED,  revoke-as-agent,    only-people-review
          APPROVED,  redeem,             EXHAUSTED
          APPROVED,  redeem-stranger,    not-yours
          APPROVED,  redeem-changed,     STALE
          APPROVED,  tick,               APPROVED
          APPROVED,  tick-late,          EXPIRED_UNUSED
          APPROVED,  approve-late,       EXPIRED_UNUSED
          APPROVED,  redeem-late,        EXPIRED_UNUSED
          APPROVED,  cancel-late,        EXPIRED_UNUSED
          """)
  void anOpenRequestFollowsTheTable(ApprovalState state, String event, String expected) {
    assertThat(outcome(in(state), event)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} takes nothing more, and says why: {1}")
  @CsvSource(
      textBlock =
          """
          EXHAUSTED,       exhausted
          REJECTED,        rejected
          CANCELLED,       cancelled
          EXPIRED_PENDING, expired
          EXPIRED_UNUSED,  expired
          STALE,           stale
          REVOKED,         revoked
          """)
  void aClosedRequestStaysClosed(ApprovalState state, String code) {
    ApprovalRequest request = in(state);
    for (String event :
        List.of(
            "approve",
            "reject",
            "approve-own",
            "cancel",
            "pass-on",
            "revoke",
            "redeem",
            "redeem-changed",
            "approve-late",
            "redeem-late")) {
      assertThat(outcome(request, event)).as(event).isEqualTo(code);
    }
    assertThat(
            ApprovalMachine.apply(request, new ApprovalEvent.Ticked(), START.plusSeconds(9999999)))
        .isEqualTo(new Transition.Moved(request));
  }

  @Test
  void everyRefusalSaysWhatToDo() {
    for (ApprovalState state : ApprovalState.values()) {
      Transition.Refused refusal = ApprovalRefusals.closed(state);
      assertThat(refusal.message()).endsWith(".");
      assertThat(refusal.wayOut()).endsWith(".");
    }
  }

  @Test
  void aQuorumCountsPeopleNotTheirGroups() {
    ApprovalRequest request = opened(rule(2, 1));
    ApprovalRequest once = moved(request, review(SAM, Review.Verdict.APPROVE));
    assertThat(once.state()).isEqualTo(ApprovalState.PENDING);

    assertThat(refused(once, review(SAM, Review.Verdict.APPROVE))).isEqualTo("one-seat");
    Principal samAgain =
        new Principal("local", "sam", "other@acme.test", "Sam II", Set.of("owners"), Set.of());
    assertThat(refused(once, review(samAgain, Review.Verdict.APPROVE))).isEqualTo("one-seat");

    ApprovalRequest twice = moved(once, review(OLIVE, Review.Verdict.APPROVE));
    assertThat(twice.state()).isEqualTo(ApprovalState.APPROVED);
    assertThat(twice.reviews()).hasSize(2);
  }

  @Test
  void oneRejectionEndsARequestWhateverTheQuorum() {
    ApprovalRequest once = moved(opened(rule(3, 1)), review(SAM, Review.Verdict.APPROVE));
    assertThat(moved(once, review(OLIVE, Review.Verdict.REJECT)).state())
        .isEqualTo(ApprovalState.REJECTED);
  }

  @Test
  void thePersonBehindAnAgentNeitherApprovesNorIsLeftOut() {
    Principal owner = principal("olive", "owners");
    ApprovalRequest request = opened(new Actor.Agent(ROBOT, owner, Map.of()), rule(1, 1));
    assertThat(refused(request, review(owner, Review.Verdict.APPROVE))).isEqualTo("four-eyes");
    assertThat(moved(request, new ApprovalEvent.Cancelled(new Actor.Person(owner))).state())
        .isEqualTo(ApprovalState.CANCELLED);
    assertThat(ApprovalMachine.mayReview(request, new Actor.Person(owner), SOON)).isFalse();
    assertThat(ApprovalMachine.mayReview(request, new Actor.Person(SAM), SOON)).isTrue();
  }

  @Test
  void theSamePersonUnderAnotherIssuerIsAnotherPerson() {
    Principal elsewhere =
        new Principal("https://idp.test", "ana", null, "Ana", Set.of("owners"), Set.of());
    assertThat(moved(opened(rule(1, 1)), review(elsewhere, Review.Verdict.APPROVE)).state())
        .isEqualTo(ApprovalState.APPROVED);
  }

  @Test
  void eachUseIsCountedAndTheLastOneExhausts() {
    ApprovalRequest approved = moved(opened(rule(1, 3)), review(OLIVE, Review.Verdict.APPROVE));
    ApprovalEvent redeem = new ApprovalEvent.Redeemed(new Actor.Person(ANA), capsule("UPDATE"));
    ApprovalRequest one = moved(approved, redeem);
    ApprovalRequest two = moved(one, redeem);
    ApprovalRequest three = moved(two, redeem);
    assertThat(List.of(one.state(), two.state(), three.state()))
        .containsExactly(ApprovalState.APPROVED, ApprovalState.APPROVED, ApprovalState.EXHAUSTED);
    assertThat(three.uses()).isEqualTo(3);
    assertThat(refused(three, redeem)).isEqualTo("exhausted");
  }

  @Test
  void theTimeToUseBeginsWithTheLastApproval() {
    ApprovalRequest approved = moved(opened(rule(1, 1)), review(OLIVE, Review.Verdict.APPROVE));
    assertThat(approved.useBy()).isEqualTo(SOON.plus(Duration.ofHours(1)));
    assertThat(approved.decideBy()).isEqualTo(START.plus(Duration.ofHours(8)));
  }

  @Test
  void theInstantOfExpiryStillCounts() {
    ApprovalRequest request = opened(rule(1, 1));
    assertThat(ApprovalMachine.apply(request, new ApprovalEvent.Ticked(), request.decideBy()))
        .isEqualTo(new Transition.Moved(request));
  }

  @Test
  void afterTheDelayThoseItEscalatesToMayDecideToo() {
    ApprovalRequest request = opened(escalating(Set.of("user:nobody"), "group:platform"));
    Instant later = START.plus(Duration.ofMinutes(30));
    assertThat(ApprovalMachine.mayReview(request, new Actor.Person(SAM), SOON)).isFalse();
    assertThat(ApprovalMachine.mayReview(request, new Actor.Person(SAM), later)).isTrue();
  }

  @Test
  void passedOnTheyMayDecideAtOnceAndNobodyElseMay() {
    Principal pat = principal("pat", "platform");
    ApprovalRequest request = opened(escalating(Set.of("group:owners"), "group:platform"));
    ApprovalEvent passOn = new ApprovalEvent.PassedOn(new Actor.Person(OLIVE), List.of());
    assertThat(PassingOn.to(request, SOON)).contains("group:platform");
    assertThat(ApprovalMachine.mayReview(request, new Actor.Person(pat), SOON)).isFalse();
    assertThat(refused(request, new ApprovalEvent.PassedOn(new Actor.Person(pat), List.of())))
        .isEqualTo("not-an-approver");

    ApprovalRequest passed = moved(request, passOn);
    assertThat(ApprovalMachine.mayReview(passed, new Actor.Person(pat), SOON)).isTrue();
    assertThat(ApprovalMachine.mayReview(passed, new Actor.Person(OLIVE), SOON)).isTrue();
    assertThat(ApprovalMachine.mayReview(passed, new Actor.Person(STRANGER), SOON)).isFalse();
    assertThat(passed.approvers().anyOf()).isEqualTo(request.approvers().anyOf());
    assertThat(passed.approvers().quorum()).isEqualTo(request.approvers().quorum());
    assertThat(passed.decideBy()).isEqualTo(request.decideBy());
    assertThat(PassingOn.to(passed, SOON)).isEmpty();
    assertThat(refused(passed, passOn)).isEqualTo("passed-on");
  }

  @Test
  void whereNobodyIsNamedForLaterNobodyIsPassedTo() {
    ApprovalEvent passOn = new ApprovalEvent.PassedOn(new Actor.Person(OLIVE), List.of());
    assertThat(PassingOn.to(opened(rule(1, 1)), SOON)).isEmpty();
    assertThat(refused(opened(rule(1, 1)), passOn)).isEqualTo("nobody-to-pass-to");
  }

  @Test
  void aDelegatePassesOnForWhoeverIsAway() {
    ApprovalRequest request = opened(escalating(Set.of("user:olive"), "group:platform"));
    Actor stranger = new Actor.Person(STRANGER);
    assertThat(refused(request, new ApprovalEvent.PassedOn(stranger, List.of())))
        .isEqualTo("not-an-approver");
    ApprovalRequest passed = moved(request, new ApprovalEvent.PassedOn(stranger, List.of(OLIVE)));
    assertThat(ApprovalMachine.mayReview(passed, new Actor.Person(SAM), SOON)).isTrue();
  }

  private static ApproverRule escalating(Set<String> anyOf, String to) {
    return new ApproverRule(
        anyOf,
        1,
        Duration.ofHours(8),
        Duration.ofHours(1),
        1,
        Optional.of(new ApproverRule.Escalation(Duration.ofMinutes(30), to)));
  }

  @Test
  void aWordThatIsNeitherAGroupNorAUserNamesNobody() {
    ApproverRule rule =
        new ApproverRule(
            Set.of("owners", "role:owners", "everyone", "*"),
            1,
            Duration.ofHours(8),
            Duration.ofHours(1),
            1,
            Optional.empty());
    assertThat(refused(opened(rule), review(OLIVE, Review.Verdict.APPROVE)))
        .isEqualTo("not-an-approver");
  }

  @Test
  void everyChangedFieldOfTheCapsuleMakesItStale() {
    Capsule approved = capsule("UPDATE");
    for (Capsule changed : changes(approved)) {
      ApprovalRequest request = moved(opened(rule(1, 1)), review(OLIVE, Review.Verdict.APPROVE));
      assertThat(moved(request, new ApprovalEvent.Redeemed(new Actor.Person(ANA), changed)).state())
          .isEqualTo(ApprovalState.STALE);
      assertThat(approved.differences(changed)).hasSize(1);
    }
    assertThat(approved.differences(capsule("UPDATE"))).isEmpty();
  }

  @Test
  void anAgentCannotUseWhatAPersonOfTheSameNameWasGranted() {
    ApprovalRequest approved = moved(opened(rule(1, 1)), review(OLIVE, Review.Verdict.APPROVE));
    Actor agent = new Actor.Agent(ANA, OLIVE, Map.of());
    assertThat(refused(approved, new ApprovalEvent.Redeemed(agent, capsule("UPDATE"))))
        .isEqualTo("not-yours");
  }

  @Test
  void aRequestNeedsAReason() {
    Transition transition =
        ApprovalMachine.open(
            "r", new Actor.Person(ANA), capsule("UPDATE"), List.of(), rule(1, 1), "  ", START);
    assertThat(transition)
        .isInstanceOfSatisfying(
            Transition.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("reason-missing"));
  }

  @Test
  void theRevisionGrowsWithEveryChange() {
    ApprovalRequest request = opened(rule(1, 1));
    ApprovalRequest approved = moved(request, review(OLIVE, Review.Verdict.APPROVE));
    assertThat(approved.revision()).isEqualTo(request.revision() + 1);
  }

  private static String outcome(ApprovalRequest request, String name) {
    Instant at = name.endsWith("-late") ? START.plus(Duration.ofDays(2)) : SOON;
    return switch (ApprovalMachine.apply(request, event(name.replace("-late", "")), at)) {
      case Transition.Moved moved -> moved.request().state().name();
      case Transition.Refused refused -> refused.code();
    };
  }

  private static ApprovalEvent event(String name) {
    Actor agent = new Actor.Agent(ROBOT, STRANGER, Map.of());
    return switch (name) {
      case "approve" -> review(OLIVE, Review.Verdict.APPROVE);
      case "reject" -> review(OLIVE, Review.Verdict.REJECT);
      case "reject-silently" ->
          new ApprovalEvent.Reviewed(
              new Review(OLIVE, Review.Verdict.REJECT, " ", SOON), new Actor.Person(OLIVE));
      case "approve-own" -> review(ANA, Review.Verdict.APPROVE);
      case "approve-stranger" -> review(STRANGER, Review.Verdict.APPROVE);
      case "approve-as-agent" ->
          new ApprovalEvent.Reviewed(new Review(ROBOT, Review.Verdict.APPROVE, "", SOON), agent);
      case "approve-in-name-of" ->
          new ApprovalEvent.Reviewed(
              new Review(OLIVE, Review.Verdict.APPROVE, "", SOON), new Actor.Person(SAM));
      case "cancel" -> new ApprovalEvent.Cancelled(new Actor.Person(ANA));
      case "cancel-stranger" -> new ApprovalEvent.Cancelled(new Actor.Person(OLIVE));
      case "pass-on" -> new ApprovalEvent.PassedOn(new Actor.Person(OLIVE), List.of());
      case "pass-on-own" -> new ApprovalEvent.PassedOn(new Actor.Person(ANA), List.of());
      case "pass-on-stranger" -> new ApprovalEvent.PassedOn(new Actor.Person(STRANGER), List.of());
      case "pass-on-as-agent" -> new ApprovalEvent.PassedOn(agent, List.of());
      case "revoke" -> new ApprovalEvent.Revoked(new Actor.Person(OLIVE), "wrong");
      case "revoke-silently" -> new ApprovalEvent.Revoked(new Actor.Person(OLIVE), "");
      case "revoke-stranger" -> new ApprovalEvent.Revoked(new Actor.Person(STRANGER), "wrong");
      case "revoke-as-agent" -> new ApprovalEvent.Revoked(agent, "wrong");
      case "redeem" -> new ApprovalEvent.Redeemed(new Actor.Person(ANA), capsule("UPDATE"));
      case "redeem-stranger" ->
          new ApprovalEvent.Redeemed(new Actor.Person(STRANGER), capsule("UPDATE"));
      case "redeem-changed" -> new ApprovalEvent.Redeemed(new Actor.Person(ANA), capsule("DELETE"));
      case "tick" -> new ApprovalEvent.Ticked();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static List<Capsule> changes(Capsule c) {
    return List.of(
        new Capsule(
            "x",
            "p",
            c.binds(),
            "shop",
            "production",
            "fp",
            1,
            Map.of(),
            List.of("E"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p ",
            c.binds(),
            "shop",
            "production",
            "fp",
            1,
            Map.of(),
            List.of("E"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p",
            List.of("2"),
            "shop",
            "production",
            "fp",
            1,
            Map.of(),
            List.of("E"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p",
            c.binds(),
            "other",
            "production",
            "fp",
            1,
            Map.of(),
            List.of("E"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p",
            c.binds(),
            "shop",
            "test",
            "fp",
            1,
            Map.of(),
            List.of("E"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p",
            c.binds(),
            "shop",
            "production",
            "fp2",
            1,
            Map.of(),
            List.of("E"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p",
            c.binds(),
            "shop",
            "production",
            "fp",
            2,
            Map.of(),
            List.of("E"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p",
            c.binds(),
            "shop",
            "production",
            "fp",
            1,
            Map.of(0, "email"),
            List.of("E"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p",
            c.binds(),
            "shop",
            "production",
            "fp",
            1,
            Map.of(),
            List.of("F"),
            Map.of(),
            10),
        new Capsule(
            "UPDATE",
            "p",
            c.binds(),
            "shop",
            "production",
            "fp",
            1,
            Map.of(),
            List.of("E"),
            Map.of("rows", "1"),
            10),
        new Capsule(
            "UPDATE",
            "p",
            c.binds(),
            "shop",
            "production",
            "fp",
            1,
            Map.of(),
            List.of("E"),
            Map.of(),
            11));
  }

  private static Capsule capsule(String text) {
    return new Capsule(
        text,
        "p",
        List.of("1"),
        "shop",
        "production",
        "fp",
        1,
        Map.of(),
        List.of("E"),
        Map.of(),
        10);
  }

  private static ApprovalRequest in(ApprovalState state) {
    ApprovalRequest request = opened(rule(1, 1));
    return new ApprovalRequest(
        request.id(),
        request.requester(),
        request.capsule(),
        request.ruleIds(),
        request.approvers(),
        request.reason(),
        state,
        List.of(),
        0,
        request.createdAt(),
        request.decideBy(),
        START.plus(Duration.ofHours(9)),
        1);
  }

  private static ApprovalRequest opened(ApproverRule rule) {
    return opened(new Actor.Person(ANA), rule);
  }

  private static ApprovalRequest opened(Actor requester, ApproverRule rule) {
    Transition transition =
        ApprovalMachine.open(
            "r1", requester, capsule("UPDATE"), List.of("rule"), rule, "because", START);
    return ((Transition.Moved) transition).request();
  }

  private static ApproverRule rule(int quorum, int executions) {
    return new ApproverRule(
        Set.of("group:owners", "group:platform"),
        quorum,
        Duration.ofHours(8),
        Duration.ofHours(1),
        executions,
        Optional.empty());
  }

  private static ApprovalEvent review(Principal reviewer, Review.Verdict verdict) {
    return new ApprovalEvent.Reviewed(
        new Review(reviewer, verdict, "seen", SOON), new Actor.Person(reviewer));
  }

  private static ApprovalRequest moved(ApprovalRequest request, ApprovalEvent event) {
    return ((Transition.Moved) ApprovalMachine.apply(request, event, SOON)).request();
  }

  private static String refused(ApprovalRequest request, ApprovalEvent event) {
    return ((Transition.Refused) ApprovalMachine.apply(request, event, SOON)).code();
  }

  private static Principal principal(String subject, String... groups) {
    return new Principal("local", subject, null, subject, Set.of(groups), Set.of());
  }
}
