package dev.sluice.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.TestPostgres;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogReaderTest {

  private static final String[] SCHEMA = {
    "CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL, mail VARCHAR(80))",
    "CREATE TABLE visits (person INTEGER REFERENCES people (id), day DATE, note VARCHAR(9),"
        + " PRIMARY KEY (person, day))",
    "CREATE VIEW contacts AS SELECT id, mail AS address FROM people"
  };

  @TempDir Path folder;

  private CatalogSnapshot read(Dialect engine, String... more) throws SQLException {
    String url = "jdbc:" + engine.id() + ":" + folder.resolve("catalog." + engine.id());
    try (Connection connection = DriverManager.getConnection(url)) {
      try (Statement statement = connection.createStatement()) {
        for (String text : SCHEMA) {
          statement.execute(text);
        }
        for (String text : more) {
          statement.execute(text);
        }
      }
      return CatalogReader.of(engine).read(connection);
    }
  }

  private static void holdsPeopleVisitsAndContacts(CatalogSnapshot catalog, String schema) {
    assertThat(catalog.searchPath()).containsExactly(schema);
    Relation people = catalog.find(new TableRef(schema, "people")).orElseThrow();
    assertThat(people.columns())
        .extracting(CatalogColumn::name)
        .containsExactly("id", "name", "mail");
    assertThat(people.columns().get(1).nullable()).isFalse();
    assertThat(people.columns().get(1).type()).containsIgnoringCase("var");
    assertThat(people.primaryKey()).containsExactly("id");
    Relation visits = catalog.find(new TableRef(schema, "visits")).orElseThrow();
    assertThat(visits.primaryKey()).containsExactly("person", "day");
    assertThat(visits.foreignKeys())
        .containsExactly(
            new ForeignKey(List.of("person"), new TableRef(schema, "people"), List.of("id")));
    Relation contacts = catalog.find(new TableRef(schema, "contacts")).orElseThrow();
    assertThat(contacts.kind()).isEqualTo(RelationKind.VIEW);
    assertThat(contacts.columns()).extracting(CatalogColumn::name).containsExactly("id", "address");
    assertThat(contacts.definition()).hasValueSatisfying(query -> isTheQuery(query));
  }

  private static void isTheQuery(String query) {
    assertThat(query).startsWith("SELECT").contains("people").doesNotEndWith(";");
  }

  @Test
  void sqliteTellsTablesViewsAndKeys() throws Exception {
    holdsPeopleVisitsAndContacts(read(Dialect.SQLITE), "main");
  }

  @Test
  void duckDbTellsTablesViewsAndKeys() throws Exception {
    holdsPeopleVisitsAndContacts(read(Dialect.DUCKDB), "main");
  }

  @Test
  void postgreSqlTellsTablesViewsKeysCommentsAndFunctions() throws Exception {
    ConnectionDefinition definition = TestPostgres.database("catalog", SCHEMA);
    try (Connection connection = TestPostgres.raw(definition);
        Statement statement = connection.createStatement()) {
      statement.execute("COMMENT ON TABLE people IS 'those we know'");
      statement.execute("COMMENT ON COLUMN people.mail IS 'where to write'");
      statement.execute("CREATE MATERIALIZED VIEW names AS SELECT name FROM people");
      statement.execute("CREATE SCHEMA archive");
      statement.execute("CREATE VIEW archive.people AS SELECT id FROM public.people");
      statement.execute(
          "CREATE FUNCTION mail_of(i int, n text) RETURNS text LANGUAGE sql AS 'SELECT $2'");
      CatalogSnapshot catalog = CatalogReader.of(Dialect.POSTGRESQL).read(connection);
      holdsPeopleVisitsAndContacts(catalog, "public");
      Relation people = catalog.find(new TableRef("public", "people")).orElseThrow();
      assertThat(people.comment()).isEqualTo("those we know");
      assertThat(people.columns().get(2).comment()).isEqualTo("where to write");
      assertThat(catalog.find(new TableRef("public", "names")).orElseThrow().kind())
          .isEqualTo(RelationKind.MATERIALIZED_VIEW);
      assertThat(catalog.find(new TableRef("archive", "people"))).isPresent();
      assertThat(catalog.functions())
          .anySatisfy(
              function -> {
                assertThat(function.name()).isEqualTo("mail_of");
                assertThat(function.argumentTypes()).containsExactly("integer", "text");
                assertThat(function.pure()).isFalse();
              });
    }
  }

  @Test
  void sqliteLeavesVirtualTablesOutAndKeepsListedViewColumns() throws Exception {
    CatalogSnapshot catalog =
        read(
            Dialect.SQLITE,
            "CREATE VIRTUAL TABLE search USING fts5(body)",
            "CREATE VIEW renamed (a, b) AS SELECT id, name FROM people -- the end");
    assertThat(catalog.find(new TableRef("main", "search"))).isEmpty();
    Relation renamed = catalog.find(new TableRef("main", "renamed")).orElseThrow();
    assertThat(renamed.columns()).extracting(CatalogColumn::name).containsExactly("a", "b");
    assertThat(renamed.definition()).contains("SELECT id, name FROM people");
  }
}
