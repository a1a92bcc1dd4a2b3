package dev.sluice.proof.journey;

import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who sees only some rows of a table is told so where they read them.
class RowFilterJourneyTest {

  private static final String POLICY =
      SmallWorld.POLICY.replace(
          "rules:\n",
          """
          row-filters:
            - {id: own-orders, table: orders, who: '"analysts" in user.groups', filter: "status = 'paid'"}
          rules:
          """);

  @TempDir Path folder;

  @Test
  void hidden_rows_are_named_above_the_result() throws Exception {
    try (SmallWorld world = SmallWorld.start(folder, "production", POLICY)) {
      for (String theme : new String[] {"light", "dark"}) {
        Screen screen = world.window("analyst", "row-filter-" + theme, 1280, 800, theme);
        screen.ask(
            "SELECT c.email, o.status FROM orders o JOIN customers c ON c.id = o.customer_id");
        screen.awaitText(ControlIds.RESULT_NOTES, "You see only your rows").picture("rows");
      }
    }
  }
}
