package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.results.imports.ImportIds;
import dev.sluice.app.shell.ControlIds;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import javafx.scene.control.CheckBox;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files become rows of a table: looked at as a whole, sent on the governed road, all or nothing.
class ImportJourneyTest {

  private static final String OPEN_POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: shop, environment: development, owner: data-platform}
      classifications:
        - {tag: pii.email, columns: [people.email]}
      masks:
        pii.email: {algorithm: email, uses: deny}
      rules:
        - id: work
          when: '"analysts" in user.groups'
          effect: allow
          limits: {rows: 100000, seconds: 60}
      """;

  private static final String PEOPLE =
      """
      CREATE TABLE people (
        id integer PRIMARY KEY, full_name varchar(20) NOT NULL, email text, born text,
        credit numeric(12, 2), active boolean, facts text)
      """;

  @TempDir Path folder;

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  /// Opens the import of the table that is shown.
  private static void open(Screen screen, String table, Path file) {
    screen.write("SELECT * FROM " + table);
    screen.run(
        () -> {
          CodeArea area = (CodeArea) Objects.requireNonNull(screen.node(ControlIds.EDITOR_AREA));
          area.moveTo(area.getLength() - 1);
        });
    // Asked again only now and then: an answer to an earlier question would come between later.
    long[] asked = {0};
    screen.await(
        "the table",
        () -> {
          if (screen.node(ControlIds.TABLE_PANE) != null) {
            return true;
          }
          if (System.nanoTime() - asked[0] > 2_000_000_000L) {
            screen.window().commands().orElseThrow().execute("go.definition");
            asked[0] = System.nanoTime();
          }
          return false;
        });
    screen.fire("table-import").awaitShown(ImportIds.PANE);
    screen.run(() -> screen.window().importFile(file));
  }

  private static void leaveOut(Screen screen) {
    screen.run(
        () ->
            ((CheckBox) Objects.requireNonNull(screen.node(ImportIds.LEAVE_OUT)))
                .setSelected(true));
  }

  @Test
  void rows_of_csv_xlsx_and_json_arrive_with_their_types_and_what_cannot_be_read_is_kept()
      throws Exception {
    try (SmallWorld world = SmallWorld.start(folder, "development", OPEN_POLICY)) {
      world.change(PEOPLE);
      Path csv = folder.resolve("people.csv");
      try (OutputStream out = Files.newOutputStream(csv)) {
        out.write(
            """
            ID;Full Name;E-Mail;Born;Credit;Active;Facts
            1;"O'Hara; Ann\\";ann@shop.test;1985-11-23;1.234,50;ja;"{""a"": 1}"
            2;Bo;;1850-02-01;0,01;nein;
            3;Cy;cy@shop.test;2001-01-01;one;ja;
            4;;d@shop.test;2001-01-01;1,00;ja;
            5;Di;;2001-01-01;1,00;perhaps;
            6;Too;few
            7;\
            """
                .getBytes(StandardCharsets.UTF_8));
        out.write(new byte[] {(byte) 0xE9, 't', (byte) 0xE9});
        out.write(";;2001-01-01;1,00;ja;\n".getBytes(StandardCharsets.UTF_8));
      }
      Screen light = world.window("analyst", "import", 1280, 800, "light");
      open(light, "people", csv);
      light.awaitText(ImportIds.FINDINGS, "2 rows are ready. 5 rows cannot be imported");
      light.picture("looked-at");
      assertThat(world.value("SELECT count(*) FROM people")).isEqualTo("0");
      leaveOut(light);
      light.fire(ImportIds.SEND).awaitGone(ImportIds.PANE).picture("imported");
      assertThat(world.value("SELECT count(*) FROM people")).isEqualTo("2");
      assertThat(
              world.value(
                  "SELECT full_name || '|' || born || '|' || credit || '|' || active || facts"
                      + " FROM people WHERE id = 1"))
          .isEqualTo("O'Hara; Ann\\|1985-11-23|1234.5|1{\"a\": 1}");
      assertThat(world.value("SELECT born || '' FROM people WHERE id = 2 AND email IS NULL"))
          .isEqualTo("1850-02-01");
      assertThat(Files.readAllLines(folder.resolve("people.left-out.csv")))
          .hasSize(6)
          .anyMatch(line -> line.startsWith("4,Credit,") && line.contains(",one,"))
          .anyMatch(line -> line.startsWith("6,Active,"))
          .anyMatch(line -> line.startsWith("7,,Too few"));

      Path book = folder.resolve("book.xlsx");
      try (OutputStream out = Files.newOutputStream(book);
          Workbook workbook = new Workbook(out, "test", "1.0")) {
        Worksheet sheet = workbook.newWorksheet("people");
        String[] names = {"id", "full_name", "born", "credit", "active"};
        for (int at = 0; at < names.length; at++) {
          sheet.value(0, at, names[at]);
        }
        sheet.value(1, 0, 10);
        sheet.value(1, 1, "Ex");
        sheet.value(1, 2, LocalDate.of(1999, 12, 31));
        sheet.style(1, 2).format("yyyy-MM-dd").set();
        sheet.value(1, 3, 0.1);
        sheet.value(1, 4, true);
      }
      Screen dark = world.window("analyst", "import-dark", 1280, 800, "dark");
      open(dark, "people", book);
      dark.awaitText(ImportIds.FINDINGS, "1 row is ready").picture("workbook");
      dark.fire(ImportIds.SEND).awaitGone(ImportIds.PANE);
      assertThat(world.value("SELECT born || '|' || credit || active FROM people WHERE id = 10"))
          .isEqualTo("1999-12-31|0.11");

      Path json =
          file(
              "more.json",
              """
              [{"id": 20, "full_name": "Jay", "facts": {"b": [1, 2]}, "credit": 12345678.25},
               {"id": 21, "full_name": null},
               {"id": 1, "full_name": "Twice"}]
              """);
      open(dark, "people", json);
      dark.awaitText(ImportIds.FINDINGS, "2 rows are ready. 1 row cannot");
      leaveOut(dark);
      // Number 1 is there already: nothing stays, also not number 20.
      dark.fire(ImportIds.SEND).awaitText(ImportIds.PROBLEM, "between lines 1 and 3");
      dark.picture("refused-by-the-database");
      assertThat(world.value("SELECT count(*) FROM people")).isEqualTo("3");
      assertThat(folder.resolve("more.left-out.csv")).doesNotExist();
      assertThat(folder.resolve("more.left-out.csv.partial")).doesNotExist();

      StringBuilder many = new StringBuilder("id,full_name\n");
      for (int row = 100; row < 4_100; row++) {
        many.append(row).append(",Person ").append(row).append('\n');
      }
      dark.run(() -> dark.window().importFile(folder.resolve("many.csv")));
      dark.awaitText(ImportIds.PROBLEM, "not there any more");
      Path large = file("many.csv", many.toString());
      dark.run(() -> dark.window().importFile(large));
      dark.awaitText(ImportIds.FINDINGS, "4,000 rows are ready");
      dark.fire(ImportIds.SEND).fire(ImportIds.CANCEL);
      dark.awaitText(ImportIds.PROBLEM, "Nothing was imported");
      assertThat(world.value("SELECT count(*) FROM people")).isEqualTo("3");
      dark.fire(ImportIds.SEND).awaitGone(ImportIds.PANE);
      assertThat(world.value("SELECT count(*) FROM people")).isEqualTo("4003");
    }
  }

  /// Where logins are lent, they read: the server makes what is allowed, all of it or nothing.
  @Test
  void where_only_reading_is_lent_the_server_imports_all_rows_or_none() throws Exception {
    try (SmallWorld world = SmallWorld.onPostgreSql(folder, OPEN_POLICY)) {
      Screen screen = world.window("analyst", "import-lent", 1280, 800, "light");
      Path csv = file("orders.csv", "id,customer_id,status\n900,1,paid\n");
      open(screen, "orders", csv);
      screen.awaitText(ImportIds.FINDINGS, "1 row is ready").fire(ImportIds.SEND);
      screen.awaitGone(ImportIds.PANE);
      assertThat(world.value("SELECT count(*) FROM orders")).isEqualTo("41");
      Path twice = file("twice.csv", "id,customer_id,status\n901,1,paid\n900,1,paid\n");
      open(screen, "orders", twice);
      screen.awaitText(ImportIds.FINDINGS, "2 rows are ready").fire(ImportIds.SEND);
      screen.awaitText(ImportIds.PROBLEM, "between lines").picture("by-the-server");
      assertThat(world.value("SELECT count(*) FROM orders")).isEqualTo("41");
    }
  }

  @Test
  void an_import_that_needs_a_second_person_becomes_a_statement_that_can_be_asked_for()
      throws Exception {
    try (SmallWorld world = SmallWorld.start(folder)) {
      Screen screen = world.window("analyst", "import-asks", 1280, 800, "dark");
      Path csv = file("orders.csv", "id,customer_id,status\n900,1,paid\n901,2,open\n");
      open(screen, "orders", csv);
      screen.awaitText(ImportIds.FINDINGS, "2 rows are ready").fire(ImportIds.SEND);
      screen.awaitShown(ControlIds.APPROVAL_ASK).picture("needs-approval");
      assertThat(world.value("SELECT count(*) FROM orders")).isEqualTo("40");
    }
  }
}
