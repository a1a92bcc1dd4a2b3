package dev.sluice.governance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.AtSourceRewriter.Rewrite;
import dev.sluice.governance.sql.AtSourceRewriter.Substitute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtSourceRewriterTest {

  private static final TableRef PEOPLE = new TableRef("public", "people");
  private static final String DERIVED =
      "(SELECT \"id\", '*' AS \"mail\", \"city\" FROM \"public\".\"people\")";

  private static final CatalogSnapshot CATALOG =
      CatalogSnapshot.of(
          List.of("public"),
          List.of(
              Relation.table(PEOPLE, columns("id", "mail", "city")),
              Relation.table(new TableRef("public", "parts"), columns("id", "name")),
              Relation.table(new TableRef("other", "people"), columns("id")),
              Relation.view(
                  new TableRef("public", "contacts"),
                  columns("id", "contact"),
                  "SELECT id, mail AS contact FROM public.people"),
              Relation.view(
                  new TableRef("public", "twice"),
                  columns("contact"),
                  "SELECT contact FROM contacts"),
              Relation.view(
                  new TableRef("public", "price_list"),
                  columns("name"),
                  "SELECT name FROM public.parts")),
          List.of());

  private static List<CatalogColumn> columns(String... names) {
    return java.util.Arrays.stream(names).map(name -> CatalogColumn.of(name, "text")).toList();
  }

  private static Rewrite rewrite(String sql, Substitute substitute) {
    return AtSourceRewriter.standard(ParserWorker.onCallerThread())
        .rewrite(sql, Dialect.POSTGRESQL, CATALOG, List.of(substitute));
  }

  private static Rewrite masked(String sql) {
    return rewrite(sql, new Substitute.Derived(PEOPLE, Map.of("mail", "'*'"), Optional.empty()));
  }

  private static String textOf(Rewrite rewrite) {
    assertThat(rewrite).isInstanceOf(Rewrite.Rewritten.class);
    return ((Rewrite.Rewritten) rewrite).text();
  }

  @Test
  void aTableIsReadThroughADerivedTableUnderItsOwnName() {
    assertThat(textOf(masked("SELECT people.mail FROM people WHERE people.mail = 'a'")))
        .isEqualTo("SELECT people.mail FROM " + DERIVED + " AS people WHERE people.mail = 'a'");
    assertThat(textOf(masked("SELECT p.mail FROM public.people p")))
        .isEqualTo("SELECT p.mail FROM " + DERIVED + " p");
    assertThat(textOf(masked("SELECT public.people.mail, public.people.* FROM public.people")))
        .isEqualTo("SELECT people.mail, people.* FROM " + DERIVED + " AS people");
    assertThat(textOf(masked("SELECT a, b FROM people AS p (a, b, c)")))
        .isEqualTo("SELECT a, b FROM " + DERIVED + " AS p(a, b, c)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FROM parts JOIN people ON people.id = parts.id",
        "SELECT 1 FROM parts, people",
        "SELECT 1 FROM (people p JOIN parts q ON p.id = q.id)",
        "SELECT (SELECT max(mail) FROM people)",
        "SELECT 1 FROM parts WHERE EXISTS (SELECT 1 FROM people WHERE people.id = parts.id)",
        "SELECT 1 FROM parts WHERE id IN (SELECT id FROM people)",
        "WITH c AS (SELECT * FROM people) SELECT * FROM c",
        "WITH RECURSIVE c AS (SELECT id FROM people UNION ALL SELECT id + 1 FROM c) SELECT * FROM"
            + " c",
        "SELECT id FROM parts UNION SELECT id FROM people",
        "SELECT * FROM parts, LATERAL (SELECT * FROM people WHERE people.id = parts.id) x",
        "SELECT CASE WHEN (SELECT count(*) FROM people) > 1 THEN 1 END",
        "SELECT count(*) FILTER (WHERE id IN (SELECT id FROM people)) FROM parts",
        "SELECT 1 FROM parts ORDER BY (SELECT max(mail) FROM people)",
        "SELECT 1 FROM parts GROUP BY id HAVING count(*) > (SELECT count(*) FROM people)",
        "SELECT * FROM parts LIMIT (SELECT count(*) FROM people)",
        "SELECT array(SELECT mail FROM people)",
        "SELECT * FROM (VALUES ((SELECT max(mail) FROM people))) v (x)",
        "EXPLAIN SELECT * FROM people",
        "SELECT * FROM PEOPLE",
        "SELECT * FROM \"people\"",
      })
  void everyPlaceThatReadsTheTableIsReplaced(String sql) {
    String text = textOf(masked(sql));
    assertThat(text).contains(DERIVED);
    assertThat(text.replace(DERIVED, ""))
        .doesNotContainIgnoringCase("from people")
        .doesNotContainIgnoringCase("join people");
  }

  @Test
  void viewsAreReadThroughTheirDefinitionsHoweverDeep() {
    assertThat(textOf(masked("SELECT contact FROM contacts")))
        .isEqualTo(
            "SELECT contact FROM (SELECT id, mail AS contact FROM "
                + DERIVED
                + " AS people) AS contacts(\"id\", \"contact\")");
    assertThat(textOf(masked("SELECT * FROM twice t")))
        .contains(DERIVED)
        .endsWith(" t(\"contact\")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM parts",
        "SELECT * FROM price_list",
        "SELECT 'people', 1 AS people",
        "WITH people AS (SELECT 1 AS mail) SELECT mail FROM people",
        "SELECT * FROM other.people",
        "UPDATE parts SET name = 'x' WHERE id = 1",
        "SELECT 1",
      })
  void whatDoesNotReadTheTableIsLeftAlone(String sql) {
    assertThat(masked(sql)).isInstanceOf(Rewrite.Unchanged.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM people TABLESAMPLE SYSTEM (10)",
        "SELECT * FROM ONLY people",
        "SELECT * FROM people FOR UPDATE",
        "SELECT ctid FROM people",
        "SELECT p::people FROM people p",
        "UPDATE people SET city = 'x' WHERE id = 1",
        "DELETE FROM parts WHERE id IN (SELECT id FROM people)",
        "INSERT INTO parts SELECT id, mail FROM people",
        "WITH people AS (SELECT * FROM people) SELECT * FROM people",
        "SELECT * FROM shop.public.people",
        "LOCK TABLE people",
      })
  void whatCannotBeGivenMaskedValuesIsRefusedWithAWayOut(String sql) {
    Rewrite rewrite = masked(sql);
    assertThat(rewrite).isInstanceOf(Rewrite.Refused.class);
    assertThat(((Rewrite.Refused) rewrite).refusal().wayOut()).isNotBlank();
  }

  @Test
  void aRowFilterIsFencedSoThatNothingIsTriedOnHiddenRows() {
    Substitute filtered =
        new Substitute.Derived(PEOPLE, Map.of(), Optional.of("city = 'Rome' OR city IS NULL"));
    assertThat(textOf(rewrite("SELECT id FROM people", filtered)))
        .isEqualTo(
            "SELECT id FROM (SELECT \"id\", \"mail\", \"city\" FROM \"public\".\"people\" WHERE"
                + " (city = 'Rome' OR city IS NULL) OFFSET 0) AS people");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"true) OR (true", "1 = 1) UNION SELECT 1 FROM (t", "city = '", "a; b", ""})
  void aFilterThatIsMoreThanAConditionIsRefused(String filter) {
    assertThat(
            rewrite(
                "SELECT id FROM people",
                new Substitute.Derived(PEOPLE, Map.of(), Optional.of(filter))))
        .isInstanceOf(Rewrite.Refused.class);
  }

  @Test
  void aTableCanBeReplacedByAMaskedView() {
    Substitute renamed = new Substitute.Renamed(PEOPLE, new TableRef("sluice_public", "people"));
    assertThat(textOf(rewrite("SELECT public.people.mail FROM public.people", renamed)))
        .isEqualTo("SELECT people.mail FROM \"sluice_public\".\"people\" AS people");
  }
}
