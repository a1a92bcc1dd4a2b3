package dev.sluice.app.results.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a file says is what a real PostgreSQL then holds, type by type.
class ImportTypesTest {

  @TempDir Path folder;

  @Test
  void every_type_of_postgresql_arrives_as_the_file_says_it() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("all.csv"),
            """
            id,name,born,credit,active,ref,facts,feeling,seen,raw,tags,span
            1,"a'b\\c; --",1066-10-14,12345678901234567890.25,yes,11111111-2222-3333-4444-555555555555,"{""a"": ""it's""}",glad,2026-11-23 10:00:00+02,\\xdeadbeef,"{a,b}",2 days
            2,,,NaN,no,,,,,,,
            3,ok,2026-02-30,1,no,,,,,,,
            4,ok,,1,no,not-a-uuid,,,,,,
            99999999999,ok,,1,no,,,,,,,
            5,,,,,,,,,,,
            """);
    Relation table =
        Relation.table(
            new TableRef("public", "people"),
            List.of(
                CatalogColumn.of("id", "integer"),
                CatalogColumn.of("name", "character varying(20)"),
                CatalogColumn.of("born", "date"),
                CatalogColumn.of("credit", "numeric(30,2)"),
                CatalogColumn.of("active", "boolean"),
                CatalogColumn.of("ref", "uuid"),
                CatalogColumn.of("facts", "jsonb"),
                CatalogColumn.of("feeling", "mood"),
                CatalogColumn.of("seen", "timestamp with time zone"),
                CatalogColumn.of("raw", "bytea"),
                CatalogColumn.of("tags", "text[]"),
                CatalogColumn.of("span", "interval")));
    ImportFile opened = ImportFile.open(file);
    List<String> names = opened.sample().columns();
    List<ImportPlan.Target> targets = new ArrayList<>();
    for (int at = 0; at < names.size(); at++) {
      CatalogColumn column = table.columns().get(at);
      var kind = ImportPlan.kind(column, Dialect.POSTGRESQL);
      targets.add(new ImportPlan.Target(column, at, ReadAs.choices(kind).getFirst()));
    }
    ImportPlan plan = new ImportPlan(opened, names, table, Dialect.POSTGRESQL, targets, true);
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    opened.rows(
        names,
        row -> {
          switch (plan.read(row)) {
            case ImportPlan.Read.Values values -> good.add(values.sql());
            case ImportPlan.Read.Bad found ->
                bad.add(found.trouble().line() + " " + found.trouble().column());
          }
          return true;
        });

    assertThat(bad).containsExactly("3 credit", "4 born", "5 ref", "6 id");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TYPE mood AS ENUM ('glad', 'sad')");
      statement.execute(
          "CREATE TABLE people (id integer PRIMARY KEY, name varchar(20), born date,"
              + " credit numeric(30,2), active boolean, ref uuid, facts jsonb, feeling mood,"
              + " seen timestamptz, raw bytea, tags text[], span interval)");
      assertThat(statement.executeUpdate(plan.head() + String.join(", ", good))).isEqualTo(2);
      try (ResultSet row =
          statement.executeQuery(
              "SELECT name, born || ' ' || credit || ' ' || active, facts->>'a',"
                  + " feeling || ' ' || (seen AT TIME ZONE 'UTC'), encode(raw, 'hex') || tags[2],"
                  + " span || '' FROM people WHERE id = 1")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("a'b\\c; --");
        assertThat(row.getString(2)).isEqualTo("1066-10-14 12345678901234567890.25 true");
        assertThat(row.getString(3)).isEqualTo("it's");
        assertThat(row.getString(4)).isEqualTo("glad 2026-11-23 08:00:00");
        assertThat(row.getString(5)).isEqualTo("deadbeefb");
        assertThat(row.getString(6)).isEqualTo("2 days");
      }
    }
  }
}
