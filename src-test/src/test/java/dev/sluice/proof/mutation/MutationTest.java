package dev.sluice.proof.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.policy.Decision;
import dev.sluice.proof.corpus.Decider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MutationTest {
  private static final int PIECES = 10;
  private static final int PIECE = 10_000;

  private static final List<Carrier> SEEDS =
      List.of(
          seed("SELECT email FROM customers", 1, 0),
          seed("SELECT id, email, name FROM customers", 3, 1),
          seed("SELECT c.national_id AS harmless FROM customers c", 1, 0),
          seed("SELECT address FROM contacts", 1, 0),
          seed("SELECT name, salary FROM employees WHERE manager_id IS NULL", 2, 1),
          seed(
              "SELECT p.card_number, o.id FROM payments p JOIN orders o ON o.id = p.order_id",
              2,
              0),
          seed("SELECT b.* FROM berliners b", 3, 2),
          seed("SELECT email FROM customers UNION ALL SELECT name FROM products", 1, 0));

  private static Carrier seed(String sql, int width, int carrying) {
    return new Carrier(sql, width, Set.of(carrying), List.of());
  }

  @Test
  void noRewordingBringsASensitiveValueOut() {
    assertNothingComesOut(3_000, 20260302L);
  }

  @Test
  @Tag("proof")
  void noneOfAHundredThousandRewordingsBringsASensitiveValueOut() {
    Figures figures = assertNothingComesOut(PIECE, 1);
    for (long seed = 2; seed <= PIECES; seed++) {
      figures = figures.and(assertNothingComesOut(PIECE, seed));
    }
    List<String> page = new ArrayList<>();
    page.addAll(
        List.of(
            "# Rewordings",
            "",
            "Queries that show a sensitive column, reworded at random one to four times: derived"
                + " tables, common tables, functions, CASE, subqueries, UNION ALL, laterals, whole"
                + " rows, JSON, aggregates, windows, comments, case.",
            "",
            "| figure | value |",
            "|---|---|",
            "| seeds | 1 to " + PIECES + ", " + PIECE + " variants each |",
            "| variants | " + PIECE * PIECES + " |",
            "| allowed, every carrying output masked | " + figures.allowed() + " |",
            "| refused | " + figures.refused() + " |",
            "| leaks | 0 |",
            "",
            "The most frequent reasons of refusals:",
            ""));
    mostFrequent(figures.reasons(), 12).forEach(reason -> page.add("- " + reason));
    page.addAll(
        List.of(
            "",
            "Repeat: `mvn -Pproof -pl src-test -am verify -Dtest=MutationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false`."));
    ProofPage.write("mutations.md", page);
  }

  private record Figures(int allowed, int refused, Map<String, Integer> reasons) {
    Figures and(Figures other) {
      Map<String, Integer> all = new HashMap<>(reasons);
      other.reasons.forEach((reason, times) -> all.merge(reason, times, Integer::sum));
      return new Figures(allowed + other.allowed, refused + other.refused, all);
    }
  }

  private static List<String> mostFrequent(Map<String, Integer> reasons, int most) {
    return reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(most)
        .map(entry -> entry.getValue() + " times: " + entry.getKey())
        .toList();
  }

  private static Figures assertNothingComesOut(int variants, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Decider decider = Decider.shopAnalyst();
    List<String> leaks = new ArrayList<>();
    Map<String, Integer> refusals = new HashMap<>();
    int allowed = 0;
    for (int i = 0; i < variants; i++) {
      Carrier carrier = SEEDS.get(random.nextInt(SEEDS.size()));
      int steps = 1 + random.nextInt(4);
      for (int step = 0; step < steps; step++) {
        carrier = Mutations.any(carrier, random);
      }
      Decision decision = decider.decide(carrier.sql());
      switch (decision) {
        case Decision.Allow allow -> {
          allowed++;
          leak(carrier, allow.permit().plan()).ifPresent(leaks::add);
        }
        case Decision.NeedsApproval needsApproval ->
            leaks.add("asks for approval of a read: " + carrier.sql());
        case Decision.Deny deny -> refusals.merge(deny.proof().reason(), 1, Integer::sum);
      }
    }
    System.err.printf(
        "mutations: seed %d, %d tried, %d allowed and masked, %d refused, %d leaks%n",
        seed, variants, allowed, variants - allowed - leaks.size(), leaks.size());
    mostFrequent(refusals, 15).forEach(line -> System.err.println("  " + line));
    assertThat(leaks).isEmpty();
    // A guard that refuses everything leaks nothing and is of no use.
    assertThat(allowed).isGreaterThan(variants / 2);
    return new Figures(allowed, variants - allowed, refusals);
  }

  /// The plan must have the statement's width and mask every carrying output.
  private static Optional<String> leak(Carrier carrier, MaskingPlan plan) {
    if (plan.width() != carrier.width()) {
      return Optional.of("width " + plan.width() + ": " + carrier.steps() + " " + carrier.sql());
    }
    for (int ordinal : carrier.carrying()) {
      Optional<ColumnMask> mask = plan.maskAt(ordinal);
      if (mask.isEmpty()) {
        return Optional.of("output " + ordinal + ": " + carrier.steps() + " " + carrier.sql());
      }
    }
    return Optional.empty();
  }
}
