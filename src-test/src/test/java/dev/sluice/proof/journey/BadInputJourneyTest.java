package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.results.ResultViewModel.Phase;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values and ends that break clients, from a real PostgreSQL into a real window.
class BadInputJourneyTest {

  private static final String POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: shop, environment: production, owner: data-platform}
      rules:
        - id: analysts-read
          when: '"analysts" in user.groups && statement.reads_only'
          effect: allow
          limits: {rows: 100000, seconds: 60}
      """;

  @TempDir Path folder;

  @Test
  void what_breaks_clients_is_shown_as_it_is_or_said_in_words() throws Exception {
    try (SmallWorld world = SmallWorld.onPostgreSql(folder, POLICY)) {
      odd(world);
      Screen screen = world.window("analyst", "bad-input", 1280, 800, "dark");

      oddValues(screen);
      shapes(screen);
      longValue(screen);
      killed(world, screen);
    }
  }

  private static void odd(SmallWorld world) throws Exception {
    world.change("CREATE TYPE mood AS ENUM ('glad', 'sad')");
    world.change(
        "CREATE TABLE odd (id integer PRIMARY KEY, born date, seen timestamp, zoned timestamptz,"
            + " share double precision, amount numeric, tags text[], grid integer[][], facts jsonb,"
            + " ref uuid, span interval, place point, shape polygon, raw bytea, feeling mood,"
            + " bits bit varying, home inet, reach int4range, doc xml, words tsvector)");
    world.change(
        "INSERT INTO odd VALUES (1, '1066-10-14', '1582-10-10 10:00:00',"
            + " '1900-01-01 00:00:00+00', 'NaN', 'NaN', '{a,NULL,\"b,c\"}', '{{1,2},{3,4}}',"
            + " '{\"a\": [1, null]}', '11111111-2222-3333-4444-555555555555', '1 year 2 days',"
            + " '(1.5,2)', '((0,0),(1,1),(1,0))', '\\xfffe00', 'glad', '10110', '::1',"
            + " '[1,5)', '<a>x</a>', 'fat cat')");
    world.change(
        "INSERT INTO odd (id, born, seen, zoned, share, amount) VALUES"
            + " (2, 'infinity', 'infinity', '-infinity', '-Infinity', 'Infinity'),"
            + " (3, '0044-03-15 BC', '0044-03-15 12:00:00 BC', '0044-03-15 12:00:00+00 BC',"
            + " 1e308, 12345678901234567890.123456789),"
            + " (4, '5874897-12-31', '294276-12-31 23:59:59.999999', '294276-12-30 00:00:00+00',"
            + " -0.0, 0)");
    world.change("INSERT INTO odd (id) VALUES (5)");
  }

  private static void oddValues(Screen screen) {
    ResultViewModel odd = done(screen, "SELECT * FROM odd ORDER BY id");
    assertThat(cells(odd, 0))
        .containsExactly(
            "1",
            "1066-10-14",
            "1582-10-10 10:00:00",
            "1900-01-01 00:00:00Z",
            "NaN",
            "NaN",
            "{a,NULL,\"b,c\"}",
            "{{1,2},{3,4}}",
            "{\"a\": [1, null]}",
            "11111111-2222-3333-4444-555555555555",
            "1 year 2 days",
            "(1.5,2)",
            "((0,0),(1,1),(1,0))",
            "\\xfffe00",
            "glad",
            "10110",
            "::1",
            "[1,5)",
            "<a>x</a>",
            "'cat' 'fat'");
    assertThat(cells(odd, 1))
        .startsWith("2", "infinity", "infinity", "-infinity", "-Infinity", "Infinity", "NULL");
    assertThat(cells(odd, 2))
        .startsWith(
            "3",
            "0044-03-15 BC",
            "0044-03-15 12:00:00 BC",
            "0044-03-15 12:00:00Z BC",
            "1.0E308",
            "12345678901234567890.123456789");
    assertThat(cells(odd, 3))
        .startsWith("4", "5874897-12-31", "294276-12-31 23:59:59.999999", "294276-12-30 00:00:00Z");
    assertThat(cells(odd, 4).subList(1, 20)).containsOnly("NULL");
    screen.picture("odd-values");
  }

  private static void shapes(Screen screen) {
    assertThat(done(screen, "SELECT * FROM odd WHERE id < 0").labels()).hasSize(20);
    screen.picture("zero-rows");
    ResultViewModel twice = done(screen, "SELECT id, id, id + 1 AS id FROM odd ORDER BY 1");
    assertThat(twice.labels()).containsExactly("id", "id", "id");
    assertThat(cells(twice, 1)).containsExactly("2", "2", "3");
    String nothing = "SELECT NULL, NULL::integer, NULL::text[] FROM generate_series(1, 50)";
    assertThat(cells(done(screen, nothing), 49)).containsOnly("NULL");
    screen.picture("only-nulls");
    String wide =
        IntStream.rangeClosed(1, 1600)
            .mapToObj(at -> at + " AS c" + at)
            .collect(Collectors.joining(", ", "SELECT ", ""));
    ResultViewModel columns = done(screen, wide);
    assertThat(columns.labels()).hasSize(1600);
    assertThat(columns.cell(0, 1599)).contains("1600");
  }

  /// A hundred megabytes in one cell: the first of them are kept, and it is said.
  private static void longValue(Screen screen) {
    ResultViewModel big = done(screen, "SELECT repeat('x', 100000000) AS big, 1 AS after");
    assertThat(big.cell(0, 0).map(String::length)).contains(1_000_000);
    assertThat(big.cell(0, 1)).contains("1");
    screen.picture("hundred-megabytes");
  }

  /// The database ends the session while rows arrive: those that came stay and do not pass for all,
  /// and the next statement has a session again.
  private static void killed(SmallWorld world, Screen screen) throws Exception {
    screen.write(
        "SELECT i, (SELECT count(*) FROM generate_series(1, 20000) g WHERE g % i = 0)"
            + " FROM generate_series(1, 90000) i");
    ResultViewModel before = shown(screen);
    screen.run(() -> screen.window().commands().orElseThrow().execute("statement.run"));
    // The result of the statement before has rows, and is shown until this one's is there.
    screen.await("rows", () -> shown(screen) != before && shown(screen).rowsProperty().get() > 0);
    String ended =
        world.value(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    assertThat(ended).isNotEqualTo("0");
    screen.await("the end", () -> shown(screen).phaseProperty().get().isFinal());
    ResultViewModel result = shown(screen);
    assertThat(result.phaseProperty().get()).isEqualTo(Phase.FAILED);
    assertThat(screen.get(result::stateText))
        .startsWith("Failed: ")
        .endsWith("rows had come, not all");
    assertThat(screen.text(ControlIds.PROBLEM_CARD)).contains("cannot be reached");
    screen.picture("killed");
    assertThat(done(screen, "SELECT count(*) FROM odd").cell(0, 0)).contains("5");
  }

  @Test
  void bytes_that_are_no_text_and_places_that_take_nothing_leave_the_window_working()
      throws Exception {
    try (SmallWorld world = SmallWorld.start(folder, "production", POLICY)) {
      world.change("INSERT INTO customers VALUES (90, CAST(x'41ff42' AS TEXT), NULL, 'a')");
      // The place where everything of the window is kept is not even a folder.
      Files.writeString(folder.resolve("window-analyst-light"), "in the way");
      Screen homeless = world.window("analyst", "no-home", 1280, 800, "light");
      homeless.awaitText(ControlIds.TOAST, "cannot be written to disk");
      homeless.picture("told");
      ResultViewModel odd = done(homeless, "SELECT name, ssn FROM customers WHERE id = 90");
      assertThat(odd.cell(0, 0)).contains("A\uFFFDB");
      homeless.picture("no-text");

      // Two windows of one person, each with its own tabs.
      Screen first = world.window("analyst", "first", 1280, 800, "dark").write("SELECT 'first'");
      Screen second = world.window("analyst", "second", 1280, 800, "dark");
      second.write("SELECT 'second'");
      assertThat(done(first, "SELECT 1").cell(0, 0)).contains("1");
      assertThat(done(second, "SELECT 2").cell(0, 0)).contains("2");

      // The disk takes no more of the rows: they stay in the window, and it is said.
      Path tabs = folder.resolve("window-analyst-dark").resolve("tabs");
      String rows = second.get(() -> second.window().activeTab().orElseThrow().id()) + ".rows";
      Path kept;
      try (Stream<Path> all = Files.walk(tabs)) {
        kept = all.filter(path -> path.endsWith(rows)).findFirst().orElseThrow();
      }
      Files.delete(kept);
      Files.createSymbolicLink(kept, Path.of("/dev/full"));
      assertThat(done(second, "SELECT * FROM customers").cell(0, 0)).contains("1");
      second.awaitText(ControlIds.TOAST, "cannot be kept on disk");
      second.picture("disk-full");
    }
  }

  private static ResultViewModel done(Screen screen, String statement) {
    ResultViewModel result = screen.ask(statement);
    assertThat(result.phaseProperty().get()).as(statement).isEqualTo(Phase.DONE);
    return result;
  }

  private static List<String> cells(ResultViewModel result, int row) {
    return IntStream.range(0, result.labels().size())
        .mapToObj(column -> result.cell(row, column).orElse("NULL"))
        .toList();
  }

  private static ResultViewModel shown(Screen screen) {
    return screen.window().activeTab().orElseThrow().results().shownProperty().get().orElseThrow();
  }
}
