package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.AdminClient;
import dev.sluice.governance.codec.wire.EnforcementCheck;
import dev.sluice.governance.codec.wire.EnforcementReview;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reviewing, applying and verifying what a database enforces, over the server's API.
@Tag("slow")
class EnforcementDeskTest {

  @Test
  void onlyWhatWasReviewedIsAppliedAndADriftIsShownUntilThen(@TempDir Path folder)
      throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server =
        TestServer.start(folder, config -> config.withTargets(List.of(shop.target())))) {
      AdminClient root = server.signIn("root").administration();
      EnforcementReview first = root.enforcement("shop");
      assertThat(first.inForce()).isTrue();
      assertThat(first.ring()).isEqualTo("enforced");
      assertThat(first.drift()).isEmpty();
      assertThat(first.findings())
          .extracting(EnforcementReview.Finding::name, EnforcementReview.Finding::accepted)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("superuser:postgres", true));
      assertThat(root.verifyEnforcement("shop").wrong()).isEmpty();

      shop.execute(
          "ALTER TABLE customers ADD COLUMN nickname text",
          "DROP ROLE IF EXISTS passer_by",
          "CREATE ROLE passer_by LOGIN",
          "GRANT SELECT ON customers TO passer_by");
      EnforcementReview drifted = root.enforcement("shop");
      assertThat(drifted.inForce()).isFalse();
      assertThat(drifted.ring()).isEqualTo("brokered");
      assertThat(drifted.drift()).contains("nickname");
      assertThat(drifted.steps())
          .extracting(EnforcementReview.Step::sql)
          .anyMatch(sql -> sql.contains("nickname"));
      assertThat(drifted.findings())
          .anySatisfy(
              finding -> {
                assertThat(finding.name()).contains("passer_by");
                assertThat(finding.accepted()).isFalse();
                assertThat(finding.closing()).startsWith("REVOKE");
              });
      assertThat(Codes.of(() -> root.applyEnforcement("shop", first.plan() + "0")))
          .isEqualTo("enforcement-refused");
      assertThat(root.enforcement("shop").drift()).contains("nickname");

      EnforcementCheck applied = root.applyEnforcement("shop", drifted.plan());
      assertThat(applied.applied()).isEqualTo(drifted.plan());
      assertThat(applied.profiles()).isEqualTo(1);
      assertThat(applied.wrong()).isEmpty();
      EnforcementReview after = root.enforcement("shop");
      assertThat(after.inForce()).isTrue();
      assertThat(after.sentence()).contains("passer_by");
      assertThat(server.signIn("analyst").lease("shop").user()).startsWith("slu_");

      after.findings().stream()
          .filter(finding -> !finding.accepted())
          .forEach(finding -> shop.execute(finding.closing()));
      assertThat(root.enforcement("shop").findings()).allMatch(EnforcementReview.Finding::accepted);
    } finally {
      shop.execute("DROP OWNED BY passer_by", "DROP ROLE passer_by");
    }
  }

  @Test
  void aServerWithoutAnAdministratorPlansAndSaysWhoApplies(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    Target target = shop.target();
    try (TestServer server =
        TestServer.start(folder.resolve("a"), config -> config.withTargets(List.of(target)))) {
      assertThat(server.server().port()).isPositive();
    }
    Target byHand =
        Target.enforced(
            target.definition(),
            "production",
            "data-platform",
            new Enforcement(
                target.enforcement().orElseThrow().broker(),
                target.enforcement().orElseThrow().changer(),
                Optional.empty(),
                Set.of("superuser:postgres")));
    try (TestServer server =
        TestServer.start(folder.resolve("b"), config -> config.withTargets(List.of(byHand)))) {
      AdminClient root = server.signIn("root").administration();
      EnforcementReview review = root.enforcement("shop");
      assertThat(review.administered()).isFalse();
      assertThat(review.steps()).isNotEmpty();
      assertThat(Codes.of(() -> root.applyEnforcement("shop", review.plan())))
          .isEqualTo("administrator-missing");
      assertThat(Codes.of(() -> root.verifyEnforcement("shop"))).isEqualTo("administrator-missing");
      assertThat(Codes.of(() -> root.enforcement("nowhere"))).isEqualTo("not-found");
    }
  }

  @Test
  void aConnectionThatIsNotToBeEnforcedSaysSo(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(Codes.of(() -> server.signIn("root").administration().enforcement("shop")))
          .isEqualTo("not-to-be-enforced");
      assertThat(Codes.of(() -> server.signIn("analyst").administration().enforcement("shop")))
          .isEqualTo("forbidden");
    }
  }
}
