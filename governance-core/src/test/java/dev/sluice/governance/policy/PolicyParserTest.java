package dev.sluice.governance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {

  private static final String NOISE = "{}[]:'\"\t\0&*|-\n#\u202e\ud83d";
  private static final Path ROOT = Path.of(System.getProperty("sluice.root", ".."));

  private static List<PolicyProblem> problems(String yaml) {
    return switch (PolicyParser.parse(yaml, "p.yaml")) {
      case ParsedPolicy.Parsed parsed -> List.of();
      case ParsedPolicy.Problems problems -> problems.problems();
    };
  }

  private static String only(String yaml) {
    List<PolicyProblem> problems = problems(yaml);
    assertThat(problems).hasSize(1);
    return problems.getFirst().toString();
  }

  @Test
  void thePublishedSchemaIsTheOneThatValidates() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/policy.schema.json")))
        .isEqualTo(PolicySchema.text());
  }

  @Test
  void theDemoPolicyIsValidAndWithoutWarnings() throws IOException {
    String text = Files.readString(ROOT.resolve("cli/src/main/resources/demo/policy.yaml"));
    assertThat(PolicyParser.parse(text, "policy.yaml"))
        .isInstanceOfSatisfying(
            ParsedPolicy.Parsed.class, parsed -> assertThat(parsed.warnings()).isEmpty());
  }

  @Test
  void aWholePolicyIsReadWithAllItsParts() {
    PolicyBundle bundle =
        PolicyEngineTest.bundle(
            """
            version: 14
            expires: 2026-12-31T01:00:00+01:00
            min-client: 1.2.0
            connections: [{name: shop, environment: production, owner: data-platform}]
            classifications: [{tag: finance.card, columns: [payments.card_number], connections: [shop]}]
            masks:
              finance.card: {algorithm: card, first: 6, uses: {equality: {distinct-per-day: 20}}, unmask: {approvers: {any-of: [group:owners], quorum: 2}, max-duration: 2h}}
            exemptions: [{id: e, who: "true", tags: [pii.*], until: 2027-03-31, reason: because}]
            row-filters: [{id: f, table: orders, who: "true", filter: region = 'EMEA'}]
            break-glass: {who: '"on-call" in user.groups', max-duration: 30m, review-within: 24h}
            agents: {masks: {pii.*: redact}, limits: {rows: 1000, seconds: 30}, require-labels: [workflow]}
            tests: [{as: {groups: [a]}, on: shop, sql: DROP TABLE orders, expect: deny, rule: r}]
            functions: [{name: public.region_of, arguments: [text], pure: true}]
            rules:
              - id: r
                when: statement.writes
                effect: require-approval
                approvers: {any-of: [group:owners], quorum: 2, decide-within: 8h, use-within: 1h, executions: 3, escalate: {after: 30m, to: group:platform}}
            """);
    assertThat(bundle.version()).isEqualTo(14);
    assertThat(bundle.expires()).contains(Instant.parse("2026-12-31T00:00:00Z"));
    assertThat(bundle.masks().getFirst().uses()).isEqualTo(new TagMask.Uses.Equality(20));
    assertThat(bundle.masks().getFirst().spec().parameters()).containsEntry("first", 6L);
    assertThat(bundle.masks().getFirst().unmask().orElseThrow().maxDuration()).hasHours(2);
    assertThat(bundle.exemptions().getFirst().until())
        .isEqualTo(Instant.parse("2027-04-01T00:00:00Z"));
    assertThat(bundle.breakGlass().orElseThrow().reviewWithin()).hasHours(24);
    assertThat(bundle.agents().requireLabels()).containsExactly("workflow");
    assertThat(bundle.functions().getFirst().schema()).isEqualTo("public");
    assertThat(bundle.rules().getFirst().line()).isEqualTo(16);
    assertThat(
            bundle.rules().getFirst().approvers().orElseThrow().escalation().orElseThrow().after())
        .isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void jsonIsRead() {
    PolicyBundle bundle =
        PolicyEngineTest.bundle(
            "{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":\"'x\\\"' in"
                + " user.groups\",\"effect\":\"allow\"}]}");
    assertThat(bundle.rules().getFirst().when()).isEqualTo("'x\"' in user.groups");
  }

  @Test
  void anUnknownKeyIsNamedWithItsPlaceAndTheWordThatWasMeant() {
    assertThat(only("version: 1\nrules:\n  - {id: a, when: 'true', efect: allow}\n"))
        .isEqualTo("p.yaml:3:27: There is no key \"efect\". Did you mean \"effect\"?");
    assertThat(only("version: 1\nfoo: 2\n"))
        .startsWith("p.yaml:2:1: There is no key \"foo\". Expected one of version, expires");
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThat(only("rules: []\n")).startsWith("p.yaml:1:1: The key \"version\" is missing.");
  }

  @Test
  void aConditionThatDoesNotCompileIsShownWhereItFails() {
    assertThat(
            only("version: 1\nrules:\n  - id: a\n    when: statement.writess\n    effect: allow\n"))
        .startsWith("p.yaml:4:20: This condition does not compile: undefined field 'writess'.");
    assertThat(
            only(
                "version: 1\n"
                    + "rules:\n"
                    + "  - id: a\n"
                    + "    when: '''x'' in user.grups'\n"
                    + "    effect: allow\n"))
        .startsWith("p.yaml:4:25: This condition");
    assertThat(
            only(
                "version: 1\n"
                    + "rules:\n"
                    + "  - id: a\n"
                    + "    when: |\n"
                    + "      statement.writes &&\n"
                    + "        statement.oops\n"
                    + "    effect: allow\n"))
        .startsWith("p.yaml:6:18: This condition");
    assertThat(only("version: 1\nrules:\n  - {id: a, when: 1 + 1 == 2 && 3, effect: allow}\n"))
        .contains("does not compile");
  }

  @Test
  void whoConditionsKnowOnlyWhoAsksWhereAndWhen() {
    assertThat(
            only(
                "version: 1\n"
                    + "exemptions: [{id: e, who: statement.writes, tags: [a], until: 2027-01-01,"
                    + " reason: why}]\n"))
        .contains("undeclared reference to 'statement'");
  }

  @Test
  void syntaxErrorsHaveTheirPlace() {
    assertThat(only("version: 1\nrules: [{id: a\n")).startsWith("p.yaml:3:1: Not valid YAML");
    assertThat(only(""))
        .isEqualTo("p.yaml:1:1: The text is empty. Expected a policy: version: 1 and rules.");
    assertThat(only("version: 1\nversion: 2\n"))
        .startsWith("p.yaml:2:1: The key \"version\" is here");
    assertThat(only("version: 1\n---\nversion: 2\n")).startsWith("p.yaml:3:1: A second document");
    assertThat(only("version: 1\nrules: &a [*a]\n")).contains("Aliases");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 0",
        "version: one",
        "version: 1\nexpires: 2026-13-01T00:00:00Z",
        "version: 1\nexpires: tomorrow",
        "version: 1\nmode: relaxed",
        "version: 1\nmode: observe\nconnections: [{name: a, environment: production}]",
        "version: 1\nmasks: {a: {algorithm: scramble}}",
        "version: 1\nmasks: {a: {algorithm: keep-last}}",
        "version: 1\nmasks: {a: {algorithm: keep-last, count: 4, cuont: 5}}",
        "version: 1\nmasks: {a: {algorithm: redact, uses: sometimes}}",
        "version: 1\nmasks: {a: {algorithm: redact, uses: {equality: {distinct-per-day: 0}}}}",
        "version: 1\nclassifications: [{tag: A, columns: [a.b]}]",
        "version: 1\nclassifications: [{tag: a, columns: [email]}]",
        "version: 1\nclassifications: [{tag: a, columns: []}]",
        "version: 1\nclassifications: [{tag: a, columns: [a.b], connections: [nowhere]}]",
        "version: 1\nrules: [{id: a, when: 'true', effect: require-approval}]",
        "version: 1\nrules: [{id: a, when: 'true', effect: allow, observe: true}]",
        "version: 1\nrules: [{id: a, when: 'true', effect: block, observe: perhaps}]",
        "version: 1\nrules: [{id: a, when: 'true', effect: allow, approvers: {any-of: [group:a]}}]",
        "version: 1\n"
            + "rules: [{id: a, when: 'true', effect: require-approval, approvers: {any-of: []}}]",
        "version: 1\n"
            + "rules: [{id: a, when: 'true', effect: require-approval, approvers: {any-of:"
            + " [everyone]}}]",
        "version: 1\n"
            + "rules: [{id: a, when: 'true', effect: require-approval, approvers: {any-of:"
            + " ['group:a&group:b']}}]",
        "version: 1\n"
            + "rules: [{id: a, when: 'true', effect: require-approval, approvers: {any-of:"
            + " [group:a], decide-within: 8}}]",
        "version: 1\nrules: [{id: a, when: 'true', effect: block, limits: {rows: 1}}]",
        "version: 1\n"
            + "rules: [{id: a, when: 'true', effect: allow}, {id: a, when: 'true', effect: allow}]",
        "version: 1\nrules: [{id: 'mask:x', when: 'true', effect: allow}]",
        "version: 1\nexemptions: [{id: e, who: 'true', tags: [a], until: 2027-02-30, reason: why}]",
        "version: 1\nrow-filters: [{id: f, table: t, who: 'true', filter: 'a = 1; DROP TABLE t'}]",
        "version: 1\ntests: [{as: {}, on: shop, sql: SELECT 1, expect: allow}]",
        "version: 1\nagents: {masks: {a: scramble}}",
        "[]",
        "just words"
      })
  void whatIsNotAPolicyIsRefusedWithWhatWasExpected(String yaml) {
    assertThat(problems(yaml))
        .isNotEmpty()
        .allSatisfy(
            problem -> {
              assertThat(problem.line()).isPositive();
              assertThat(problem.column()).isPositive();
              assertThat(problem.message()).isNotBlank();
              assertThat(problem.expected()).isNotBlank();
            });
  }

  @Test
  void aMaskForATagThatNoColumnCarriesIsAWarning() {
    ParsedPolicy.Parsed parsed =
        (ParsedPolicy.Parsed)
            PolicyParser.parse(
                """
                version: 1
                classifications: [{tag: pii.email, columns: [customers.email]}]
                masks: {pii.emial: {algorithm: email}}
                rules: [{id: a, when: "true", effect: allow}]
                """,
                "p.yaml");
    assertThat(parsed.warnings())
        .extracting(PolicyProblem::toString)
        .anyMatch(
            text -> text.startsWith("p.yaml:3:9:") && text.endsWith("Did you mean pii.email?"));
  }

  @Test
  void aClassificationThatMatchesNothingIsAProblemWhenTheDatabaseIsKnown() {
    String yaml =
        """
        version: 1
        connections: [{name: shop, environment: production}]
        classifications:
          - {tag: pii.email, columns: [customers.email]}
          - {tag: pii.phone, columns: [customers.fone]}
          - {tag: pii.view, columns: [contacts.email]}
        """;
    CatalogSnapshot catalog =
        CatalogSnapshot.of(
            List.of("public"),
            List.of(
                Relation.table(
                    new TableRef("public", "customers"), List.of(CatalogColumn.named("email"))),
                Relation.view(
                    new TableRef("public", "contacts"),
                    List.of(CatalogColumn.named("email")),
                    "SELECT email FROM customers")),
            List.of());
    ParsedPolicy.Problems problems =
        (ParsedPolicy.Problems) PolicyParser.parse(yaml, "p.yaml", Map.of("shop", catalog));
    assertThat(problems.problems())
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactly(
            "5 The classification pii.phone matches no column.",
            "6 The classification pii.view matches no column.",
            "6 contacts.email is a column of a view.");
  }

  @Test
  void noTextMakesItThrow() throws IOException {
    String valid = Files.readString(ROOT.resolve("cli/src/main/resources/demo/policy.yaml"));
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      StringBuilder broken = new StringBuilder(valid);
      for (int j = 0; j < 3; j++) {
        int at = random.nextInt(broken.length());
        switch (random.nextInt(3)) {
          case 0 -> broken.deleteCharAt(at);
          case 1 -> broken.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
          default -> broken.setLength(Math.max(1, at));
        }
      }
      assertThat(PolicyParser.parse(broken.toString(), "p.yaml")).isNotNull();
    }
  }
}
