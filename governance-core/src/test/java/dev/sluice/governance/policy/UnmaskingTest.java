package dev.sluice.governance.policy;

import static dev.sluice.governance.policy.Asking.as;
import static dev.sluice.governance.policy.Asking.asAgentOf;
import static dev.sluice.governance.policy.Statements.CUSTOMERS;
import static dev.sluice.governance.policy.Statements.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.sql.UseRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Masks that people agreed to lift, for somebody, somewhere, for a while.
class UnmaskingTest {

  private static final String POLICY =
      """
      version: 3
      connections:
        - {name: shop, environment: production, owner: data-platform}
        - {name: other, environment: production}
      classifications:
        - {tag: pii.email, columns: [customers.email]}
        - {tag: pii.national-id, columns: [customers.national_id]}
      masks:
        pii.email: {algorithm: email, uses: deny, unmask: {approvers: {any-of: [group:data-owners], quorum: 1}, max-duration: 1h}}
        pii.national-id: {algorithm: keep-last, count: 4, uses: deny}
      rules:
        - id: read
          when: statement.reads_only
          effect: allow
      """;

  private static final ColumnRef EMAIL = column(CUSTOMERS, "email");
  private static final ColumnRef NATIONAL_ID = column(CUSTOMERS, "national_id");
  private static final Statements BOTH =
      Statements.select("SELECT email, national_id FROM customers")
          .direct("email", EMAIL)
          .direct("national_id", NATIONAL_ID);

  private final PolicyBundle bundle = PolicyEngineTest.bundle(POLICY);
  private final PolicyEngine engine = PolicyEngines.of(bundle);

  private Decision decide(Asking asking, UnmaskGrant... grants) {
    return engine.decide(asking.request(BOTH).withUnmaskGrants(List.of(grants)));
  }

  private static UnmaskGrant grant(String subject, String connection, ColumnRef... columns) {
    return new UnmaskGrant(
        "r1", "local|" + subject, connection, Set.of(columns), Asking.NOON.plusSeconds(60));
  }

  private static List<String> masks(Decision decision) {
    return ((Decision.Allow) decision)
        .permit().plan().masks().stream()
            .map(ColumnMask::spec)
            .map(spec -> spec.algorithm())
            .toList();
  }

  @Test
  void exactlyTheGrantedColumnsAreShownAndTheDecisionSaysSo() {
    Decision decision = decide(as("ann"), grant("ann", "shop", EMAIL));
    assertThat(masks(decision)).containsExactly("keep-last");
    assertThat(((Decision.Allow) decision).permit().lifted()).containsOnlyKeys(EMAIL);
    assertThat(decision.proof().reason())
        .contains("Shown as it is until", "because request r1 was approved", "customers.email");
  }

  @Test
  void aColumnMayBeUsedWhileItsMaskIsLifted() {
    Statements sorted =
        Statements.select("SELECT email FROM customers ORDER BY email")
            .direct("email", EMAIL)
            .use(UseRole.ORDER, "ORDER BY email", EMAIL);
    assertThat(engine.decide(as("ann").request(sorted))).isInstanceOf(Decision.Deny.class);
    assertThat(
            engine.decide(
                as("ann").request(sorted).withUnmaskGrants(List.of(grant("ann", "shop", EMAIL)))))
        .isInstanceOf(Decision.Allow.class);
  }

  @Test
  void aGrantHoldsForNobodyElseNowhereElseAndNoLongerThanItSays() {
    assertThat(masks(decide(as("bob"), grant("ann", "shop", EMAIL)))).contains("email");
    assertThat(masks(decide(as("ann"), grant("ann", "other", EMAIL)))).contains("email");
    UnmaskGrant over = new UnmaskGrant("r1", "local|ann", "shop", Set.of(EMAIL), Asking.NOON);
    assertThat(masks(decide(as("ann"), over))).contains("email");
    assertThat(masks(decide(asAgentOf(Map.of(), "ann"), grant("ann", "shop", EMAIL))))
        .contains("email");
  }

  @Test
  void aGrantDoesNotLiftAMaskThatThePolicyNoLongerLetsAnybodyLift() {
    assertThat(masks(decide(as("ann"), grant("ann", "shop", EMAIL, NATIONAL_ID))))
        .containsExactly("keep-last");
  }

  @Test
  void onlyMasksThatThePolicyLetsPeopleLiftCanBeAskedFor() {
    assertThat(ask("customers.email"))
        .isInstanceOfSatisfying(
            Unmasking.Answer.Possible.class,
            possible -> {
              assertThat(possible.columns()).containsOnlyKeys(EMAIL);
              assertThat(possible.longest()).isEqualTo(Duration.ofHours(1));
              assertThat(possible.approvers().anyOf()).containsExactly("group:data-owners");
            });
    assertThat(code(ask("customers.national_id"))).isEqualTo("never-unmasked");
    assertThat(code(ask("customers.email", "customers.national_id"))).isEqualTo("never-unmasked");
    assertThat(code(ask("customers.id"))).isEqualTo("not-masked");
    assertThat(code(ask("customers.nothing"))).isEqualTo("unknown-column");
    assertThat(code(ask())).isEqualTo("no-columns");
    assertThat(
            code(
                Unmasking.of(
                    bundle,
                    "shop",
                    Statements.CATALOG,
                    asAgentOf(Map.of(), "ann").request(BOTH).actor(),
                    List.of("customers.email"))))
        .isEqualTo("only-people-unmask");
  }

  @Test
  void theRefusalOfAUseNamesWhoCanLiftTheMask() {
    Statements sorted =
        Statements.select("SELECT email FROM customers ORDER BY email")
            .direct("email", EMAIL)
            .use(UseRole.ORDER, "ORDER BY email", EMAIL);
    assertThat(engine.decide(as("ann").request(sorted)).proof().waysOut())
        .extracting(WayOut::label)
        .anyMatch(
            way -> way.contains("Ask data-owners to lift the mask") && way.contains("1 hour"));
  }

  @Test
  void theGlassIsBrokenOnlyByThoseWhomThePolicyNames() {
    PolicyBundle terms =
        PolicyEngineTest.bundle(
            POLICY
                + "break-glass: {who: '\"on-call\" in user.groups', max-duration: 30m,"
                + " review-within: 24h}\n");
    Instant now = Asking.NOON;
    ConnectionContext shop = Asking.on("shop", "production", "brokered");
    assertThat(BreakGlasses.terms(terms, actor(as("ann", "on-call")), shop, now)).isPresent();
    assertThat(BreakGlasses.terms(terms, actor(as("ann", "analysts")), shop, now)).isEmpty();
    assertThat(BreakGlasses.terms(terms, actor(asAgentOf(Map.of(), "ann", "on-call")), shop, now))
        .isEmpty();
    assertThat(BreakGlasses.terms(bundle, actor(as("ann", "on-call")), shop, now)).isEmpty();
  }

  private Unmasking.Answer ask(String... columns) {
    return Unmasking.of(bundle, "shop", Statements.CATALOG, actor(as("ann")), List.of(columns));
  }

  private static dev.sluice.governance.identity.Actor actor(Asking asking) {
    return asking.request(BOTH).actor();
  }

  private static String code(Unmasking.Answer answer) {
    return ((Unmasking.Answer.Refused) answer).code();
  }
}
