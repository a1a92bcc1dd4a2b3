package dev.sluice.governance.policy;

import static dev.sluice.governance.policy.Statements.CUSTOMERS;
import static dev.sluice.governance.policy.Statements.ORDERS;
import static dev.sluice.governance.policy.Statements.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.policy.Requirement.Dimension;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.UseRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleIndexTest {

  @Test
  void requirementsOfConjunctionsAreRead() {
    assertThat(
            RequirementReader.read(
                "connection.environment == \"production\" && (\"a\" in user.groups || 'b' in"
                    + " user.groups) && statement.effects.exists(e, !e.filtered && e.kind in"
                    + " [\"DROP\", \"TRUNCATE\"]) && !statement.parsed && \"public.t\" in"
                    + " statement.tables"))
        .containsExactly(
            new Requirement(Dimension.ENVIRONMENT, Set.of("production")),
            new Requirement(Dimension.GROUP, Set.of("a", "b")),
            new Requirement(Dimension.EFFECT, Set.of("DROP", "TRUNCATE")),
            new Requirement(Dimension.FLAG, Set.of("!parsed")),
            new Requirement(Dimension.TABLE, Set.of("public.t")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection.environment == \"a\" || statement.writes",
        "!(connection.environment == \"a\")",
        "connection.environment != \"a\"",
        "connection.environment == \"a\" ? true : false",
        "connection.environment == \"a\\\"\"",
        "connection.environment == r\"a\"",
        "connection.environment == \"\"\"a\"\"\"",
        "connection.environment + \"x\" == \"ax\"",
        "statement.effects.all(e, e.kind == \"DROP\")",
        "statement.effects.exists(e, e.kind == \"DROP\" || e.filtered)",
        "statement.effects.exists(e, e.kind == \"DROP\") == false",
        "(\"a\" in user.groups) == false",
        "\"a\" in user.groups == false",
        "user.groups.exists(g, g == \"a\")",
        "// connection.environment == \"a\"\ntrue",
        "[connection.environment == \"a\"][0] || true",
        "connection.environment in [\"a\", user.subject]"
      })
  void whatIsNotSurelyRequiredIsNotRead(String condition) {
    assertThat(RequirementReader.read(condition)).isEmpty();
  }

  @Test
  void theIndexNeverChangesWhatMatches() {
    Random random = new Random(5);
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      rules.add(rule("r" + i, condition(random, 2)));
    }
    RuleSet indexed = new RuleSet(rules);
    List<Condition> conditions =
        rules.stream().map(rule -> new Condition(ConditionLanguage.RULE, rule.when())).toList();
    ColumnTags tags =
        new ColumnTags(
            List.of(
                new PolicyBundle.Classification(
                    "pii.email", List.of("customers.email"), List.of())),
            "shop");
    for (DecisionRequest request : requests()) {
      Facts facts = Facts.of(request, request.connection(), tags);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < rules.size(); i++) {
        if (conditions.get(i).of(facts.variables())
                instanceof Condition.Outcome.Holds(boolean holds)
            && holds) {
          expected.add(rules.get(i).id());
        }
      }
      assertThat(indexed.verdict(facts).ids()).isEqualTo(expected);
    }
  }

  private static Rule rule(String id, String when) {
    return new Rule(id, when, Rule.Effect.ALLOW, "", Optional.empty(), Limits.none(), false, 0);
  }

  private static String condition(Random random, int depth) {
    String test =
        switch (random.nextInt(depth == 0 ? 9 : 13)) {
          case 0 ->
              "connection.environment == \"" + pick(random, "production", "development") + "\"";
          case 1 -> "\"" + pick(random, "shop", "shop-dev") + "\" == connection.name";
          case 2 -> "connection.ring in [\"direct\", \"" + pick(random, "brokered", "x") + "\"]";
          case 3 -> "\"" + pick(random, "analysts", "owners") + "\" in user.groups";
          case 4 ->
              pick(random, "statement.reads_only", "!statement.writes", "statement.parsed == true");
          case 5 ->
              "statement.effects.exists(e, e.kind == \"" + pick(random, "READ", "DROP") + "\")";
          case 6 ->
              "statement.effects.exists(x, !x.filtered && x.kind in [\"UPDATE\", \""
                  + pick(random, "DELETE", "READ")
                  + "\"])";
          case 7 -> "\"" + pick(random, "public.orders", "customers") + "\" in statement.tables";
          case 8 -> "\"pii.email\" in statement." + pick(random, "tags_read", "tags_used");
          case 9 -> "!(" + condition(random, depth - 1) + ")";
          case 10 -> "(" + condition(random, depth - 1) + ")";
          case 11 ->
              "(" + condition(random, depth - 1) + " || " + condition(random, depth - 1) + ")";
          default ->
              "(statement.writes ? "
                  + condition(random, depth - 1)
                  + " : "
                  + condition(random, depth - 1)
                  + ")";
        };
    return random.nextInt(3) > 0 ? test : test + " && " + condition(random, Math.max(0, depth - 1));
  }

  private static String pick(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }

  private static List<DecisionRequest> requests() {
    List<DecisionRequest> requests = new ArrayList<>();
    List<Statements> statements =
        List.of(
            Statements.select("SELECT id FROM orders").direct("id", column(ORDERS, "id")),
            Statements.select("SELECT email FROM customers")
                .direct("email", column(CUSTOMERS, "email")),
            Statements.select("SELECT id FROM customers WHERE email = '1'")
                .use(UseRole.PREDICATE, "email", column(CUSTOMERS, "email")),
            Statements.of("UPDATE", "UPDATE orders", Effect.of(EffectKind.UPDATE, "public.orders"))
                .table(ORDERS),
            Statements.of("DROP", "DROP TABLE orders", Effect.of(EffectKind.DROP)).table(ORDERS),
            Statements.unparsed("FROBNICATE"));
    for (Statements statement : statements) {
      for (Asking asking :
          List.of(
              Asking.as("ann", "analysts"),
              Asking.as("bob", "owners", "analysts").onRing("brokered"),
              Asking.as("eve").onConnection("shop-dev", "development"))) {
        requests.add(asking.request(statement));
      }
    }
    return requests;
  }
}
