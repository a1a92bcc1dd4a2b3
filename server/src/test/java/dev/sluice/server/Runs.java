package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Runs statements in a window's workspace and waits for what becomes of them.
final class Runs {

  private Runs() {}

  /// What became of a statement.
  record Ran(
      List<String> rows,
      int masked,
      String problem,
      String wayOut,
      boolean truncated,
      List<String> warnings) {

    Ran(List<String> rows, int masked, String problem, String wayOut) {
      this(rows, masked, problem, wayOut, false, List.of());
    }
  }

  static Ran run(ServerWorkspace window, String sql) throws InterruptedException {
    BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
    window.run("shop", StatementText.of(sql), events::add);
    List<String> rows = new ArrayList<>();
    int masked = 0;
    while (true) {
      RunEvent event = events.poll(30, TimeUnit.SECONDS);
      assertThat(event).as(sql).isNotNull();
      switch (event) {
        case RunEvent.Rows more -> more.rows().forEach(row -> rows.add(Arrays.toString(row)));
        case RunEvent.ColumnsKnown known ->
            masked =
                (int) known.columns().stream().filter(column -> column.mask().isPresent()).count();
        case RunEvent.StateChanged changed -> {}
        case RunEvent.Completed completed -> {
          return new Ran(rows, masked, "", "", completed.truncated(), completed.warnings());
        }
        case RunEvent.Refused refused -> {
          return new Ran(
              rows,
              masked,
              refused.decision().proof().reason(),
              String.join(
                  " ", refused.decision().proof().waysOut().stream().map(WayOut::label).toList()));
        }
        case RunEvent.Failed failed -> {
          return new Ran(
              rows,
              masked,
              failed.problem().code() + ": " + failed.problem().getMessage(),
              failed.problem().wayOut());
        }
        case RunEvent.Cancelled cancelled -> {
          return new Ran(rows, masked, "cancelled", "");
        }
      }
    }
  }
}
