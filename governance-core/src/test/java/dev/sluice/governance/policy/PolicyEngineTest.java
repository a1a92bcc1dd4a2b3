package dev.sluice.governance.policy;

import static dev.sluice.governance.policy.Asking.as;
import static dev.sluice.governance.policy.Asking.asAgentOf;
import static dev.sluice.governance.policy.Statements.CUSTOMERS;
import static dev.sluice.governance.policy.Statements.ORDERS;
import static dev.sluice.governance.policy.Statements.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.UseRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyEngineTest {

  private static final String POLICY =
      """
      version: 7
      expires: 2026-12-31T00:00:00Z
      connections:
        - {name: shop, environment: production, owner: data-platform}
        - {name: shop-dev, environment: development}
      classifications:
        - {tag: pii.email, columns: [customers.email, employees.email]}
        - {tag: pii.national-id, columns: [customers.national_id]}
        - {tag: pii.birth-date, columns: [customers.birth_date]}
      masks:
        pii.email: {algorithm: email, uses: {equality: {distinct-per-day: 2}}}
        pii.national-id: {algorithm: keep-last, count: 4, uses: deny}
        pii.birth-date: {algorithm: age-band, uses: allow}
      exemptions:
        - {id: dpo, who: '"dpo" in user.groups', tags: [pii.*], until: 2026-07-01, reason: statutory}
      agents: {masks: {pii.*: redact}, limits: {rows: 1000}, require-labels: [workflow]}
      rules:
        - id: no-drop
          when: connection.environment == "production" && statement.effects.exists(e, e.kind in ["DROP", "TRUNCATE"])
          effect: block
          message: DROP does not run in production.
        - id: unfiltered
          when: statement.effects.exists(e, e.kind in ["UPDATE", "DELETE"] && !e.filtered)
          effect: block
          message: UPDATE and DELETE need a WHERE that filters.
        - id: writes
          when: connection.environment == "production" && statement.writes
          effect: require-approval
          approvers: {any-of: [group:data-owners], quorum: 1, decide-within: 8h, use-within: 1h}
        - id: writes-to-customers
          when: statement.writes && "public.customers" in statement.tables
          effect: require-approval
          approvers: {any-of: [group:security], quorum: 2, decide-within: 2h}
        - id: ask-a-human
          when: '"owners" in user.groups && statement.parsed == false'
          effect: require-approval
          approvers: {any-of: [group:data-owners]}
        - id: broken
          when: statement.kind == "EXPLAIN" && statement.tables[99] == "x"
          effect: allow
        - id: read
          when: '"analysts" in user.groups && statement.reads_only'
          effect: allow
          limits: {rows: 100000, seconds: 120}
        - id: development
          when: connection.environment == "development"
          effect: allow
      """;

  private static final ColumnRef EMAIL = column(CUSTOMERS, "email");
  private static final ColumnRef NATIONAL_ID = column(CUSTOMERS, "national_id");
  private static final ColumnRef ID = column(CUSTOMERS, "id");

  private final PolicyEngine engine = PolicyEngines.of(bundle(POLICY));

  static PolicyBundle bundle(String yaml) {
    return switch (PolicyParser.parse(yaml, "policy.yaml")) {
      case ParsedPolicy.Parsed parsed -> parsed.bundle();
      case ParsedPolicy.Problems problems ->
          throw new AssertionError(problems.problems().toString());
    };
  }

  private Decision decide(Asking asking, Statements statement, String... binds) {
    return engine.decide(asking.request(statement, binds));
  }

  private static Statements drop() {
    return Statements.of("DROP", "DROP TABLE orders", Effect.of(EffectKind.DROP, "public.orders"))
        .table(ORDERS);
  }

  private static Statements update() {
    return Statements.of(
            "UPDATE",
            "UPDATE orders SET status = 'void' WHERE id = 7",
            new Effect(EffectKind.UPDATE, List.of("public.orders"), true))
        .table(ORDERS);
  }

  @Test
  void aDirectOutputShowsTheColumnsOwnMaskAndADerivedOneIsRedacted() {
    Decision.Allow allow =
        (Decision.Allow)
            decide(
                as("ann", "analysts"),
                Statements.select("SELECT id, email AS x, national_id, lower(email) FROM customers")
                    .direct("id", ID)
                    .direct("x", EMAIL)
                    .direct("national_id", NATIONAL_ID)
                    .derived("lower", EMAIL));
    assertThat(allow.permit().plan().labels()).containsExactly("id", "x", "national_id", "lower");
    assertThat(allow.permit().plan().masks())
        .extracting(mask -> mask.ordinal() + " " + mask.spec().algorithm())
        .containsExactly("1 email", "2 keep-last", "3 redact");
    assertThat(allow.permit().limits().rows()).isEqualTo(OptionalLong.of(100_000));
    assertThat(allow.proof().rule()).isEqualTo("read");
    assertThat(allow.proof().reason()).contains("3 columns are masked");
  }

  @Test
  void twoSensitiveSourcesInOneOutputRedact() {
    Decision.Allow allow =
        (Decision.Allow)
            decide(
                as("ann", "analysts"),
                Statements.select("SELECT email FROM customers UNION ALL SELECT national_id ...")
                    .direct("email", EMAIL, NATIONAL_ID));
    assertThat(allow.permit().plan().maskAt(0).orElseThrow().spec()).isEqualTo(MaskSpec.redact());
  }

  @Test
  void agesAreToldForTheDayOfTheQuestion() {
    Decision.Allow allow =
        (Decision.Allow)
            decide(
                as("ann", "analysts"),
                Statements.select("SELECT birth_date FROM customers")
                    .direct("birth_date", column(CUSTOMERS, "birth_date")));
    assertThat(allow.permit().plan().maskAt(0).orElseThrow().spec().parameters())
        .containsEntry("as-of", "2026-06-15");
  }

  @Test
  void aBlockNamesItsRuleAndOffersAnotherConnection() {
    Decision decision = decide(as("ann", "analysts"), drop());
    assertThat(decision.word()).isEqualTo("deny");
    assertThat(decision.proof().rule()).isEqualTo("no-drop");
    assertThat(decision.proof().reason()).isEqualTo("DROP does not run in production.");
    assertThat(decision.proof().waysOut())
        .anyMatch(
            way ->
                way instanceof WayOut.OtherConnection other
                    && other.connection().equals("shop-dev"));
  }

  @Test
  void anUnfilteredUpdateGetsAWhereAsAFix() {
    Statements statement =
        Statements.of(
            "UPDATE",
            "UPDATE orders SET status = 'void'",
            Effect.of(EffectKind.UPDATE, "public.orders"));
    Proof proof = decide(as("ann", "analysts"), statement).proof();
    assertThat(proof.rule()).isEqualTo("unfiltered");
    assertThat(proof.rules()).containsExactly("unfiltered", "writes");
    assertThat(proof.waysOut().getFirst()).isInstanceOf(WayOut.Fix.class);
  }

  @Test
  void aRuleOnLimitsOffersALimit() {
    PolicyEngine limited =
        PolicyEngines.of(
            bundle(
                """
                version: 1
                rules:
                  - {id: limit, when: statement.reads_only && statement.limit < 0, effect: block, message: Add a limit.}
                  - {id: all, when: "true", effect: allow}
                """));
    Proof proof =
        limited
            .decide(as("ann").request(Statements.select("SELECT id FROM orders").direct("id", ID)))
            .proof();
    assertThat(proof.waysOut().getFirst())
        .isEqualTo(new WayOut.Fix("Add a LIMIT", new Span(21, 21), " LIMIT 1000"));
  }

  @Test
  void aConditionOnAProtectedColumnCanBeLeftOut() {
    assertThat(cutOf("SELECT id FROM customers WHERE national_id = '1'", "national_id = '1'"))
        .isEqualTo("SELECT id FROM customers");
    assertThat(
            cutOf(
                "SELECT id FROM customers WHERE id = 1 AND national_id = '1'", "national_id = '1'"))
        .isEqualTo("SELECT id FROM customers WHERE id = 1");
    assertThat(
            cutOf(
                "SELECT id FROM customers WHERE national_id = '1' AND id = 1", "national_id = '1'"))
        .isEqualTo("SELECT id FROM customers WHERE id = 1");
    assertThat(
            cutOf(
                "SELECT id FROM customers WHERE national_id = '1' ORDER BY id",
                "national_id = '1'"))
        .isEqualTo("SELECT id FROM customers ORDER BY id");
    assertThat(
            cutOf(
                "SELECT id FROM customers WHERE national_id = '1' OR id = 1", "national_id = '1'"))
        .isEqualTo("no fix");
  }

  /// The text after the first fix that is offered for a condition at the place.
  private String cutOf(String text, String place) {
    Proof proof =
        decide(
                as("ann", "analysts"),
                Statements.select(text).direct("id", ID).use(UseRole.PREDICATE, place, NATIONAL_ID))
            .proof();
    return proof.waysOut().getFirst() instanceof WayOut.Fix fix
        ? text.substring(0, fix.span().start())
            + fix.replacement()
            + text.substring(fix.span().end())
        : "no fix";
  }

  @Test
  void whatNoRuleAllowsIsDenied() {
    Decision decision =
        decide(as("guest"), Statements.select("SELECT id FROM customers").direct("id", ID));
    assertThat(decision.proof().rule()).isEqualTo("no-rule");
  }

  @Test
  void anEmptyPolicyDeniesEverything() {
    Decision decision =
        PolicyEngines.of(bundle("version: 1"))
            .decide(as("ann", "analysts").request(Statements.select("SELECT 1").derived("x")));
    assertThat(decision.proof().rule()).isEqualTo("no-rule");
  }

  @Test
  void aConditionThatFailsDeniesAndNamesItsRule() {
    Decision decision =
        decide(
            as("ann", "analysts"),
            Statements.of("EXPLAIN", "EXPLAIN SELECT 1", Effect.of(EffectKind.EXPLAIN)));
    assertThat(decision.word()).isEqualTo("deny");
    assertThat(decision.proof().rule()).isEqualTo("broken");
  }

  @Test
  void whatIsNotUnderstoodIsDeniedUnlessARuleAboutExactlyThatAsksAHuman() {
    Statements text = Statements.unparsed("FROBNICATE orders");
    assertThat(decide(as("ann", "analysts"), text).proof().rule()).isEqualTo("not-understood");
    assertThat(decide(as("ann", "owners"), text).word()).isEqualTo("needs-approval");
    assertThat(decide(as("ann", "owners").onConnection("shop-dev", "development"), text).word())
        .isEqualTo("needs-approval");
    assertThat(decide(as("ann").onConnection("shop-dev", "development"), text).word())
        .isEqualTo("deny");
  }

  @Test
  void aRefusalOrUnknownSourcesDenyWhateverRulesSay() {
    Statements refused =
        Statements.select("SELECT x FROM y").refused("unknown-relation", "There is no table y.");
    Statements incomplete = Statements.select("SELECT * FROM f()").incomplete();
    assertThat(decide(as("ann", "analysts"), refused).proof().rule()).isEqualTo("not-understood");
    assertThat(decide(as("ann", "analysts"), incomplete).proof().rule())
        .isEqualTo("not-understood");
    assertThat(decide(as("ann", "analysts"), refused).proof().reason())
        .isEqualTo("There is no table y.");
  }

  @ParameterizedTest
  @EnumSource(UseRole.class)
  void everyUseOfADeniedTagIsRefusedButTheDeclassifiers(UseRole role) {
    Decision decision =
        decide(
            as("ann", "analysts"),
            Statements.select("SELECT id FROM customers WHERE national_id = '1'")
                .direct("id", ID)
                .use(role, "national_id", NATIONAL_ID));
    if (role == UseRole.DECLASSIFIED) {
      assertThat(decision.word()).isEqualTo("allow");
    } else {
      assertThat(decision.word()).isEqualTo("deny");
      assertThat(decision.proof().rule()).isEqualTo("mask:pii.national-id");
      assertThat(decision.proof().spans().getFirst().start()).isEqualTo(31);
      assertThat(decision.proof().reason()).contains("public.customers.national_id");
    }
  }

  @ParameterizedTest
  @EnumSource(UseRole.class)
  void whereTheDatabaseMasksHarmlessUsesPass(UseRole role) {
    Decision decision =
        decide(
            as("ann", "analysts").onRing("enforced"),
            Statements.select("SELECT upper(email) FROM customers WHERE national_id = '1'")
                .derived("upper", EMAIL)
                .use(role, "national_id", NATIONAL_ID));
    boolean always = Set.of(UseRole.COPY, UseRole.UNKNOWN_FUNCTION, UseRole.EXPLAIN).contains(role);
    assertThat(decision.word()).isEqualTo(always ? "deny" : "allow");
    if (decision instanceof Decision.Allow allow) {
      assertThat(allow.permit().plan().maskAt(0).orElseThrow().atSource()).isTrue();
    }
  }

  @Test
  void aPermittedUseOfAnAllowedTagSaysThatValuesCanBeInferred() {
    Decision decision =
        decide(
            as("ann", "analysts"),
            Statements.select("SELECT id FROM customers ORDER BY birth_date")
                .direct("id", ID)
                .use(UseRole.ORDER, "birth_date", column(CUSTOMERS, "birth_date")));
    assertThat(decision.word()).isEqualTo("allow");
    assertThat(decision.proof().reason()).contains("can be inferred");
  }

  @Test
  void equalityIsAllowedWithinTheDailyBudgetOnly() {
    Statements one =
        Statements.select("SELECT id FROM customers WHERE email = 'a'")
            .direct("id", ID)
            .equality("email = 'a'", EMAIL, "'a'");
    assertThat(decide(as("ann", "analysts"), one).proof().rule()).isEqualTo("mask:pii.email");

    PolicyEngine withBudget =
        PolicyEngines.of(
            bundle(POLICY),
            EngineParts.none().withBudget((subject, column, day) -> Set.of("'a'", "'b'")));
    assertThat(withBudget.decide(as("ann", "analysts").request(one)))
        .isInstanceOfSatisfying(
            Decision.Allow.class,
            allow ->
                assertThat(allow.permit().equalities())
                    .extracting(EqualityBudget.Spending::constants)
                    .containsExactly(Set.of("'a'")));
    Statements third =
        Statements.select("SELECT id FROM customers WHERE email = 'c'")
            .direct("id", ID)
            .equality("email = 'c'", EMAIL, "'c'");
    assertThat(withBudget.decide(as("ann", "analysts").request(third)).word()).isEqualTo("deny");
  }

  @Test
  void twoRulesThatAskAreCombinedStrictly() {
    Statements statement =
        Statements.of(
                "UPDATE",
                "UPDATE customers SET x = 1 WHERE id = 7",
                new Effect(EffectKind.UPDATE, List.of("public.customers"), true))
            .table(CUSTOMERS);
    Decision.NeedsApproval asks = (Decision.NeedsApproval) decide(as("ann", "analysts"), statement);
    assertThat(asks.approvers().anyOf()).containsExactly("group:data-owners&group:security");
    assertThat(asks.approvers().quorum()).isEqualTo(2);
    assertThat(asks.approvers().decideWithin()).hasHours(2);
    assertThat(asks.approvers().useWithin()).hasHours(1);
    assertThat(asks.proof().rules()).containsExactly("writes", "writes-to-customers");
  }

  @Test
  void aGrantLetsExactlyWhatWasApprovedRun() {
    DecisionRequest request = as("ann", "analysts").request(update());
    Decision.NeedsApproval asked = (Decision.NeedsApproval) engine.decide(request);
    Capsule capsule = Capsules.of(request, asked);
    Grant grant = new Grant("r1", "x1", capsule, Asking.NOON.plusSeconds(60));
    Decision decision = decide(as("ann", "analysts").with(grant), update());
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Allow.class,
            allow -> {
              assertThat(allow.permit().grant()).contains(grant);
              assertThat(allow.permit().use()).isTrue();
              assertThat(allow.permit().use()).isFalse();
            });
  }

  @Test
  void aGrantForAnythingElseIsStale() {
    DecisionRequest request = as("ann", "analysts").request(update());
    Capsule capsule = Capsules.of(request, (Decision.NeedsApproval) engine.decide(request));
    Stream.of(
            change(capsule, capsule.text() + " ", capsule.printed(), 7, "shop"),
            change(capsule, capsule.text(), "UPDATE orders SET status = 'x'", 7, "shop"),
            change(capsule, capsule.text(), capsule.printed(), 6, "shop"),
            change(capsule, capsule.text(), capsule.printed(), 7, "shop-dev"))
        .forEach(
            other ->
                assertThat(
                        decide(
                                as("ann", "analysts")
                                    .with(new Grant("r", "x", other, Asking.NOON.plusSeconds(9))),
                                update())
                            .proof()
                            .rule())
                    .isEqualTo("grant-stale"));
    Grant good = new Grant("r", "x", capsule, Asking.NOON.plusSeconds(9));
    assertThat(decide(as("ann", "analysts").with(good), update(), "another bind").proof().rule())
        .isEqualTo("grant-stale");
    Grant late = new Grant("r", "x", capsule, Asking.NOON.minusSeconds(1));
    assertThat(decide(as("ann", "analysts").with(late), update()).proof().rule())
        .isEqualTo("grant-stale");
  }

  private static Capsule change(
      Capsule capsule, String text, String printed, long version, String connection) {
    return new Capsule(
        text,
        printed,
        capsule.binds(),
        connection,
        capsule.environment(),
        capsule.schemaFingerprint(),
        version,
        capsule.maskedOutputs(),
        capsule.effects(),
        capsule.impact(),
        capsule.rowCeiling());
  }

  @Test
  void aGrantDoesNotOpenWhatIsBlocked() {
    DecisionRequest request = as("ann", "analysts").request(update());
    Capsule capsule = Capsules.of(request, (Decision.NeedsApproval) engine.decide(request));
    Grant grant = new Grant("r", "x", capsule, Asking.NOON.plusSeconds(9));
    assertThat(decide(as("ann", "analysts").with(grant), drop()).proof().rule())
        .isEqualTo("no-drop");
  }

  @Test
  void exemptionsShowRawUntilTheyEnd() {
    Statements statement = Statements.select("SELECT email FROM customers").direct("email", EMAIL);
    Asking dpo = as("eve", "analysts", "dpo");
    assertThat(masksOf(decide(dpo.at("2026-07-01T23:59:59Z"), statement))).isEmpty();
    assertThat(masksOf(decide(dpo.at("2026-07-02T00:00:00Z"), statement))).containsExactly("email");
  }

  @Test
  void agentsNeverInheritAnExemptionAndSeeNoMoreThanTheirOwner() {
    Statements statement = Statements.select("SELECT email FROM customers").direct("email", EMAIL);
    Decision decision =
        decide(asAgentOf(Map.of("workflow", "w"), "eve", "analysts", "dpo"), statement);
    assertThat(masksOf(decision)).containsExactly("redact");
    assertThat(((Decision.Allow) decision).permit().limits().rows())
        .isEqualTo(OptionalLong.of(1000));
  }

  @Test
  void agentsWithoutTheRequiredLabelsAreDenied() {
    Decision decision =
        decide(
            asAgentOf(Map.of("workflow", " "), "ann", "analysts"),
            Statements.select("SELECT id FROM customers").direct("id", ID));
    assertThat(decision.proof().rule()).isEqualTo("agents.require-labels");
  }

  @Test
  void rulesMayAskForLabels() {
    PolicyEngine labelled =
        PolicyEngines.of(
            bundle(
                """
                version: 1
                rules:
                  - id: reads-name-their-workflow
                    when: statement.reads_only && labels.workflow == "reporting"
                    effect: allow
                """));
    Statements statement = Statements.select("SELECT id FROM orders").direct("id", ID);
    assertThat(
            labelled
                .decide(asAgentOf(Map.of("workflow", "reporting"), "ann").request(statement))
                .word())
        .isEqualTo("allow");
    assertThat(
            labelled
                .decide(asAgentOf(Map.of("workflow", "other"), "ann").request(statement))
                .word())
        .isEqualTo("deny");
    assertThat(labelled.decide(as("ann").request(statement)).word()).isEqualTo("deny");
  }

  @Test
  void anExpiredPolicyDeniesProductionOnly() {
    Statements statement = Statements.select("SELECT id FROM customers").direct("id", ID);
    Asking late = as("ann", "analysts").at("2027-01-01T00:00:00Z");
    assertThat(decide(late, statement).proof().rule()).isEqualTo("policy-stale");
    assertThat(decide(late.onConnection("shop-dev", "development"), statement).word())
        .isEqualTo("allow");
  }

  @Test
  void theEnvironmentIsThePolicysWordNotTheCallers() {
    Decision decision = decide(as("ann", "analysts").onConnection("shop", "development"), drop());
    assertThat(decision.proof().rule()).isEqualTo("no-drop");
    assertThat(
            decide(as("ann", "analysts").onConnection("other", "development"), drop())
                .proof()
                .rule())
        .isEqualTo("unknown-connection");
  }

  @Test
  void observingDecidesAndMasksButDoesNotStop() {
    PolicyEngine observing = PolicyEngines.of(observingBundle());
    Decision decision =
        observing.decide(as("guest").onConnection("shop-dev", "development").request(drop()));
    assertThat(decision.word()).isEqualTo("allow");
    assertThat(decision.proof().reason()).contains("Only observed");
    Decision read =
        observing.decide(
            as("guest")
                .onConnection("shop-dev", "development")
                .request(Statements.select("SELECT email FROM customers").direct("email", EMAIL)));
    assertThat(masksOf(read)).containsExactly("email");
  }

  private static PolicyBundle observingBundle() {
    return bundle(
        """
        version: 1
        mode: observe
        connections: [{name: shop-dev, environment: development}]
        classifications: [{tag: pii.email, columns: [customers.email]}]
        masks: {pii.email: {algorithm: email}}
        rules:
          - {id: no-drop, when: 'statement.effects.exists(e, e.kind == "DROP")', effect: block}
        """);
  }

  /// Staged also in production: a rule that is only observed may only be one that would refuse or
  /// ask, so a decision with it is the decision without it.
  @Test
  void aRuleThatIsOnlyObservedDecidesNothingAndIsNamed() {
    PolicyEngine staged =
        PolicyEngines.of(
            bundle(
                """
                version: 1
                connections: [{name: shop, environment: production}]
                rules:
                  - {id: read, when: statement.reads_only, effect: allow}
                  - {id: no-customers, when: '"public.customers" in statement.tables', effect: block, observe: true}
                  - {id: ask, when: "true", effect: require-approval, approvers: {any-of: [group:dba]}, observe: true}
                  - {id: broken, when: 'statement.tables[99] == "x"', effect: block, observe: true}
                """));
    Decision read =
        staged.decide(
            as("ann").request(Statements.select("SELECT id FROM customers").direct("id", ID)));
    assertThat(read.word()).isEqualTo("allow");
    assertThat(read.proof().rule()).isEqualTo("read");
    assertThat(read.proof().rules()).containsExactly("read");
    assertThat(read.proof().reason())
        .isEqualTo(
            "Allowed by read. Only observed: the rule no-customers would block this; the rule ask"
                + " would ask for approval; the rule broken would block this.");
    Decision drop = staged.decide(as("ann").request(drop()));
    assertThat(drop.word()).isEqualTo("deny");
    assertThat(drop.proof().rule()).isEqualTo("no-rule");
  }

  @Test
  void aRowFilterThatCannotBeAppliedRefuses() {
    PolicyBundle filtered =
        bundle(
            """
            version: 1
            row-filters:
              - {id: own-region, table: orders, who: '"emea" in user.groups', filter: "region = 'EMEA'"}
            rules: [{id: all, when: "true", effect: allow}]
            """);
    Statements statement =
        Statements.select("SELECT id FROM orders").direct("id", column(ORDERS, "id"));
    PolicyEngine without = PolicyEngines.of(filtered);
    assertThat(without.decide(as("ann", "emea").request(statement)).proof().rule())
        .isEqualTo("own-region");
    assertThat(without.decide(as("ann", "apac").request(statement)).word()).isEqualTo("allow");
    PolicyEngine with =
        PolicyEngines.of(
            filtered,
            EngineParts.none()
                .withRewriter(AtSourceRewriter.standard(ParserWorker.onCallerThread())));
    assertThat(with.decide(as("ann", "emea").request(statement)))
        .isInstanceOfSatisfying(
            Decision.Allow.class,
            allow -> assertThat(allow.permit().textToSend()).contains("region = 'EMEA'"));
  }

  @Test
  void aUseAtTheSourceIsRewrittenToSeeMaskedValuesOnly() {
    PolicyEngine atSource =
        PolicyEngines.of(
            bundle(
                """
                version: 1
                classifications: [{tag: pii.national-id, columns: [customers.national_id]}]
                masks: {pii.national-id: {algorithm: keep-last, count: 4, uses: at-source}}
                rules: [{id: all, when: "true", effect: allow}]
                """),
            EngineParts.none()
                .withRewriter(AtSourceRewriter.standard(ParserWorker.onCallerThread())));
    Statements statement =
        Statements.select("SELECT national_id FROM customers WHERE national_id LIKE '%1'")
            .direct("national_id", NATIONAL_ID)
            .use(UseRole.PREDICATE, "national_id LIKE '%1'", NATIONAL_ID);
    assertThat(atSource.decide(as("ann").request(statement)))
        .isInstanceOfSatisfying(
            Decision.Allow.class,
            allow -> {
              assertThat(allow.permit().textToSend()).contains("repeat('*'");
              assertThat(allow.permit().plan().maskAt(0).orElseThrow().atSource()).isTrue();
            });
    assertThat(
            PolicyEngines.of(atSourceBundle()).decide(as("ann").request(statement)).proof().rule())
        .isEqualTo("mask:pii.national-id");
  }

  private static PolicyBundle atSourceBundle() {
    return bundle(
        """
        version: 1
        classifications: [{tag: pii.national-id, columns: [customers.national_id]}]
        masks: {pii.national-id: {algorithm: redact, uses: at-source}}
        rules: [{id: all, when: "true", effect: allow}]
        """);
  }

  @Test
  void aTagWithoutAMaskIsRedactedAndMayNotBeUsed() {
    PolicyEngine strict =
        PolicyEngines.of(
            bundle(
                """
                version: 1
                classifications: [{tag: pii.name, columns: ["customers.*"]}]
                rules: [{id: all, when: "true", effect: allow}]
                """));
    Decision decision =
        strict.decide(
            as("ann").request(Statements.select("SELECT id FROM customers").direct("id", ID)));
    assertThat(masksOf(decision)).containsExactly("redact");
  }

  @Test
  void proposalsMaskUntilSomebodyDecides() {
    PolicyEngine proposing =
        PolicyEngines.of(
            bundle("version: 1\nrules: [{id: all, when: 'true', effect: allow}]"),
            EngineParts.none()
                .withProposals(
                    List.of(
                        new PolicyBundle.Classification(
                            "pii.email", List.of("customers.email"), List.of()))));
    assertThat(
            masksOf(
                proposing.decide(
                    as("ann")
                        .request(
                            Statements.select("SELECT email FROM customers")
                                .direct("email", EMAIL)))))
        .containsExactly("redact");
  }

  @Test
  void whatDiscoveryIsSureOfMasksWhereThePolicySaysNothing() {
    List<Proposal> proposals =
        List.of(
            new Proposal(EMAIL, "pii.other", MaskSpec.redact(), 85, List.of()),
            new Proposal(ID, "pii.national-id", MaskSpec.redact(), 85, List.of()),
            new Proposal(column(CUSTOMERS, "name"), "pii.name", MaskSpec.redact(), 60, List.of()));
    PolicyEngine discovering =
        PolicyEngines.of(bundle(POLICY), EngineParts.none().withDiscovered(proposals, "shop"));
    assertThat(
            masksOf(
                discovering.decide(
                    as("ann", "analysts")
                        .request(
                            Statements.select("SELECT email, id, name FROM customers")
                                .direct("email", EMAIL)
                                .direct("id", ID)
                                .direct("name", column(CUSTOMERS, "name"))))))
        .containsExactly("email", "keep-last");
  }

  @Test
  void whateverGoesWrongInsideIsADenial() {
    PolicyEngine failing =
        PolicyEngines.of(
            bundle(POLICY),
            EngineParts.none()
                .withBudget(
                    (subject, column, day) -> {
                      throw new IllegalStateException("the store is down");
                    }));
    Decision decision =
        failing.decide(
            as("ann", "analysts")
                .request(
                    Statements.select("SELECT id FROM customers WHERE email = 'a'")
                        .direct("id", ID)
                        .equality("email = 'a'", EMAIL, "'a'")));
    assertThat(decision.proof().rule()).isEqualTo("engine-failure");
  }

  private static List<String> masksOf(Decision decision) {
    return ((Decision.Allow) decision)
        .permit().plan().masks().stream().map(mask -> mask.spec().algorithm()).toList();
  }

  @Test
  void timeIsPartOfTheRequest() {
    PolicyEngine hours =
        PolicyEngines.of(
            bundle(
                """
                version: 1
                rules:
                  - id: office-hours
                    when: request.time.getHours("Europe/Berlin") >= 8 && request.time < timestamp("2027-01-01T00:00:00Z")
                    effect: allow
                """));
    Statements statement = Statements.select("SELECT 1").derived("x");
    assertThat(hours.decide(as("ann").request(statement)).word()).isEqualTo("allow");
    assertThat(hours.decide(as("ann").at("2026-06-15T01:00:00Z").request(statement)).word())
        .isEqualTo("deny");
    assertThat(Instant.parse("2026-06-15T01:00:00Z")).isBefore(Asking.NOON);
  }
}
