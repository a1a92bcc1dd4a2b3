package dev.sluice.governance.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.NewReview;
import dev.sluice.governance.codec.wire.Push;
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
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

  private static final Principal ANA =
      new Principal("local", "ana", null, "Ana", Set.of("analysts"), Set.of("analyst"));

  @Test
  void aRequestWithEverythingInItComesBackEqual() throws Exception {
    ApprovalRequest request =
        new ApprovalRequest(
            "r1",
            new Actor.Agent(ANA, ANA, Map.of("workflow", "nightly")),
            new Capsule(
                "UPDATE t SET a = 'ü\n'",
                "UPDATE t",
                List.of("1"),
                "shop",
                "production",
                "fp",
                3,
                Map.of(2, "email"),
                List.of("UPDATE t"),
                Map.of("rows", "about 5"),
                -1),
            List.of("rule"),
            new ApproverRule(
                Set.of("group:owners"),
                2,
                Duration.ofHours(8),
                Duration.ofMinutes(90),
                1,
                Optional.of(new ApproverRule.Escalation(Duration.ofMinutes(30), "group:x"))),
            "because",
            ApprovalState.APPROVED,
            List.of(new Review(ANA, Review.Verdict.APPROVE, "", Instant.EPOCH)),
            0,
            Instant.parse("2026-01-01T00:00:00.123456Z"),
            Instant.EPOCH,
            Instant.EPOCH,
            7);
    Push push = new Push("request-changed", Optional.of(request), 0, "");
    assertThat(JsonCodec.read(JsonCodec.write(push), Push.class)).isEqualTo(push);
  }

  @Test
  void everyKindOfActorKeepsItsKind() throws Exception {
    for (Actor actor :
        List.of(
            new Actor.Person(ANA),
            new Actor.Agent(ANA, ANA, Map.of()),
            new Actor.Pipeline(ANA, Map.of("commit", "abc")))) {
      String json = JsonCodec.write(actor);
      assertThat(json).contains("\"kind\":\"" + actor.kind() + "\"");
      assertThat(JsonCodec.read(json, Actor.class)).isEqualTo(actor);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"verdict\":\"APPROVE\"}",
        "{\"verdict\":\"APPROVE\",\"comment\":\"\",\"more\":1}",
        "{\"verdict\":\"APPROVE\",\"comment\":\"\",\"comment\":\"\"}",
        "{\"verdict\":\"APPROVE\",\"comment\":\"\"} x",
        "{\"verdict\":\"APPROVE\",\"comment\":\"\"}{}",
        "{\"verdict\":\"MAYBE\",\"comment\":\"\"}",
        "{\"verdict\":0,\"comment\":\"\"}",
        "{\"verdict\":\"APPROVE\",\"comment\":[\"\"]}",
        "{'verdict':'APPROVE','comment':''}",
        "{\"kind\":\"person\",\"verdict\":\"APPROVE\",\"comment\":\"\"}"
      })
  void whatIsNotExactlyTheRecordIsRefused(String json) {
    assertThatThrownBy(() -> JsonCodec.read(json, NewReview.class))
        .isInstanceOf(JsonCodec.MalformedJson.class);
  }

  @Test
  void anUnknownFieldIsNamedAndNoValueIsEverRepeated() {
    assertThatThrownBy(
            () ->
                JsonCodec.read(
                    "{\"verdict\":\"APPROVE\",\"comment\":\"\",\"secret-thing\":\"hunter2\"}",
                    NewReview.class))
        .hasMessageContaining("secret-thing")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(
            () -> JsonCodec.read("{\"verdict\":\"hunter2\",\"comment\":\"\"}", NewReview.class))
        .hasMessageContaining("verdict")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> JsonCodec.read("[".repeat(100_000), Object.class))
        .isInstanceOf(JsonCodec.MalformedJson.class);
  }
}
