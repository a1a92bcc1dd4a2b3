package dev.sluice.governance.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.DatabaseFacts.Kind;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.DatabaseFacts.SchemaFact;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnforcementPlannerTest {

  private static final TableRef PEOPLE = ref("people");
  private static final AccessProfile MAIL_IS_SENSITIVE =
      AccessProfile.everybody(Map.of(new ColumnRef(PEOPLE, "mail"), MaskSpec.redact()), Map.of());

  private final List<RelationFact> relations = new ArrayList<>();
  private final List<SchemaFact> schemas =
      new ArrayList<>(List.of(new SchemaFact("public", "app")));
  private boolean administrator = true;

  private static TableRef ref(String name) {
    return new TableRef("public", name);
  }

  private static ColumnFact column(String name, String... generatedFrom) {
    return new ColumnFact(name, "text", "text", 0, Set.copyOf(Arrays.asList(generatedFrom)));
  }

  private void table(String name, List<TableRef> parents, ColumnFact... columns) {
    relations.add(
        new RelationFact(
            ref(name),
            Kind.TABLE,
            "app",
            List.of(columns),
            Optional.empty(),
            Set.of(),
            parents,
            false,
            Set.of(),
            false));
  }

  private void view(String name, Kind kind, String definition, boolean calls, TableRef... reads) {
    relations.add(
        new RelationFact(
            ref(name),
            kind,
            "app",
            List.of(column("x")),
            Optional.of(definition),
            Set.of(reads),
            List.of(),
            false,
            Set.of(),
            calls));
  }

  private EnforcementPlan plan(AccessProfile... profiles) {
    DatabaseFacts facts =
        new DatabaseFacts(
            Dialect.POSTGRESQL,
            "shop",
            17,
            "postgres",
            administrator,
            List.of("public"),
            schemas,
            relations,
            List.of(),
            List.of(),
            List.of());
    return EnforcementPlanner.forDialect(Dialect.POSTGRESQL, ParserWorker.onCallerThread())
        .orElseThrow()
        .plan(facts, List.of(profiles), Set.of());
  }

  private static List<String> granted(EnforcementPlan plan) {
    return plan.steps().stream()
        .map(PlanStep::sql)
        .filter(sql -> sql.startsWith("GRANT SELECT") && sql.endsWith("\"sluice_shop_reader\""))
        .toList();
  }

  @Test
  void sensitivitySpreadsToChildrenParentsAndGeneratedColumns() {
    table("people", List.of(ref("beings")), column("id"), column("mail"));
    table("beings", List.of(), column("id"), column("mail"));
    table("vip", List.of(PEOPLE), column("id"), column("mail"), column("short", "mail"));
    EnforcementPlan plan = plan(MAIL_IS_SENSITIVE);
    assertThat(plan.problems()).isEmpty();
    assertThat(granted(plan))
        .containsExactlyInAnyOrder(
            "GRANT SELECT ON \"sluice_public\".\"people\" TO \"sluice_shop_reader\"",
            "GRANT SELECT ON \"sluice_public\".\"beings\" TO \"sluice_shop_reader\"",
            "GRANT SELECT ON \"sluice_public\".\"vip\" TO \"sluice_shop_reader\"");
    assertThat(plan.script()).contains("END)::pg_catalog.text AS \"short\"");
  }

  @Test
  void aViewOverAGovernedTableIsRebuiltOverTheMaskedOne() {
    table("people", List.of(), column("id"), column("mail"));
    view("inner_view", Kind.VIEW, "SELECT mail AS x FROM public.people", false, PEOPLE);
    view("outer_view", Kind.VIEW, "SELECT x FROM public.inner_view", false, ref("inner_view"));
    EnforcementPlan plan = plan(MAIL_IS_SENSITIVE);
    assertThat(plan.script())
        .contains("SELECT mail AS x FROM \"sluice_public\".\"people\" AS people")
        .contains("SELECT x FROM \"sluice_public\".\"inner_view\" AS inner_view");
    assertThat(granted(plan)).noneMatch(sql -> sql.contains("\"public\""));
  }

  @Test
  void whatCannotBeReadThroughIsNotExposedAndThePlanSaysSo() {
    table("people", List.of(), column("id"), column("mail"));
    table("parts", List.of(), column("id"));
    view("odd", Kind.VIEW, "SELECT ((( FROM public.people", false, PEOPLE);
    view("over_odd", Kind.VIEW, "SELECT x FROM public.odd", false, ref("odd"));
    view(
        "stored",
        Kind.MATERIALIZED_VIEW,
        "SELECT f(id) AS x FROM public.parts",
        true,
        ref("parts"));
    EnforcementPlan plan = plan(MAIL_IS_SENSITIVE);
    assertThat(plan.notes().stream().map(PlanNote::object))
        .contains("public.odd", "public.over_odd", "public.stored");
    assertThat(granted(plan))
        .containsExactlyInAnyOrder(
            "GRANT SELECT ON \"sluice_public\".\"people\" TO \"sluice_shop_reader\"",
            "GRANT SELECT ON TABLE \"public\".\"parts\" TO \"sluice_shop_reader\"");
  }

  @Test
  void onlyARowFilterMakesABarrier() {
    table("people", List.of(), column("id"), column("mail"));
    table("visits", List.of(), column("region"));
    EnforcementPlan plan =
        plan(
            AccessProfile.everybody(
                MAIL_IS_SENSITIVE.masks(), Map.of(ref("visits"), List.of("region = 'EMEA'"))));
    assertThat(plan.script())
        .contains("\"sluice_public\".\"visits\" (\"region\") WITH (security_barrier)")
        .contains("WHERE (region = 'EMEA')")
        .contains("CREATE VIEW \"sluice_public\".\"people\" (\"id\", \"mail\") AS");
  }

  @Test
  void whatIsNotUnderstoodIsAProblemByName() {
    administrator = false;
    schemas.add(new SchemaFact("sluice_public", "somebody"));
    table("people", List.of(), column("id"));
    table("child", List.of(PEOPLE), column("id"));
    EnforcementPlan plan =
        plan(
            AccessProfile.everybody(
                MAIL_IS_SENSITIVE.masks(), Map.of(ref("child"), List.of("id = 1"))));
    assertThat(plan.applicable()).isFalse();
    assertThat(plan.problems().stream().map(PlanProblem::object))
        .contains("public.people.mail", "public.child", "sluice_public", "postgres");
  }

  @Test
  void noKeyedMaskIsEverWrittenAsSql() {
    table("people", List.of(), column("id"), column("mail"));
    for (String keyed : List.of("hash", "token", "fake")) {
      EnforcementPlan plan =
          plan(
              AccessProfile.everybody(
                  Map.of(
                      new ColumnRef(PEOPLE, "mail"), new MaskSpec(keyed, Map.of("kind", "email"))),
                  Map.of()));
      assertThat(plan.script()).contains("NULL::text AS \"mail\"");
      assertThat(plan.notes()).anyMatch(note -> note.message().contains("key"));
    }
  }

  @Test
  void namesCannotBecomeStatements() {
    relations.add(
        new RelationFact(
            new TableRef("public", "a\"; DROP TABLE b; --\nx"),
            Kind.TABLE,
            "app",
            List.of(column("c\" FROM d; --")),
            Optional.empty(),
            Set.of(),
            List.of(),
            false,
            Set.of(),
            false));
    table("people", List.of(), column("id"), column("mail"));
    EnforcementPlan plan = plan(MAIL_IS_SENSITIVE);
    assertThat(plan.steps().stream().map(PlanStep::sql))
        .anyMatch(sql -> sql.contains("\"a\"\"; DROP TABLE b; --\nx\""));
    assertThat(plan.script().lines().filter(line -> line.startsWith("-- public.a")))
        .allMatch(line -> line.contains("x"));
  }
}
