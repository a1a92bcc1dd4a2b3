package dev.sluice.cli.admin;

import dev.sluice.cli.SluiceHome;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.StatementText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sluice query`: one governed statement through a server, for a look.
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Runs one statement through a server and prints the masked rows.",
    footer = {"", "Exit codes: 0 done, 1 failed, 2 bad arguments, 3 needs approval, 4 denied."})
public final class QueryCommand implements Callable<Integer> {

  private static final int MOST_ROWS = 100;
  private static final int WIDEST = 40;
  private static final long PATIENCE_MINUTES = 10;

  @Mixin private ServerOptions server;

  @Option(names = "--connection", required = true, description = "Where to run it.")
  private String connection;

  @Parameters(paramLabel = "SQL", description = "Exactly one statement.")
  private String sql;

  @Override
  public Integer call() {
    return server.with(
        client -> {
          Path folder = SluiceHome.folder().resolve("query");
          try (BoundedParserWorker worker = BoundedParserWorker.standard();
              Journal journal = SqliteJournal.open(folder.resolve("journal.db"));
              ServerWorkspace workspace =
                  ServerWorkspace.open(client, LocalCore.of(worker), journal)) {
            return follow(workspace);
          } catch (Journal.JournalProblem e) {
            System.err.println("sluice: " + e.getMessage());
            return 1;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
          }
        });
  }

  private int follow(ServerWorkspace workspace) throws WorkspaceProblem, InterruptedException {
    LinkedBlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
    workspace.run(connection, StatementText.of(sql), events::add);
    List<RunEvent.ResultColumn> columns = new ArrayList<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    while (true) {
      RunEvent event = events.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
      switch (event) {
        case null -> {
          System.err.println("sluice: nothing came for " + PATIENCE_MINUTES + " minutes.");
          return 1;
        }
        case RunEvent.StateChanged changed -> {}
        case RunEvent.ColumnsKnown known -> columns.addAll(known.columns());
        case RunEvent.Rows more -> rows.addAll(more.rows());
        case RunEvent.Completed completed -> {
          print(columns, rows, completed);
          return 0;
        }
        case RunEvent.Refused refused -> {
          return explain(refused.decision());
        }
        case RunEvent.Failed failed -> {
          return ServerOptions.refused(failed.problem());
        }
        case RunEvent.Cancelled cancelled -> {
          return 1;
        }
      }
    }
  }

  private static void print(
      List<RunEvent.ResultColumn> columns,
      List<@Nullable Object[]> rows,
      RunEvent.Completed completed) {
    if (!columns.isEmpty()) {
      Columns table =
          new Columns(columns.stream().map(RunEvent.ResultColumn::label).toArray(String[]::new));
      rows.stream().limit(MOST_ROWS).forEach(row -> table.add(cells(row)));
      table.print();
      List<String> masked =
          columns.stream()
              .filter(column -> column.mask().isPresent())
              .map(RunEvent.ResultColumn::label)
              .toList();
      if (!masked.isEmpty()) {
        System.out.println("Masked: " + String.join(", ", masked) + ".");
      }
    }
    System.out.println(
        completed.rows() + " rows" + (completed.truncated() ? ", more were left out." : "."));
    completed.warnings().forEach(warning -> System.out.println("Warning: " + warning));
  }

  private static String[] cells(@Nullable Object[] row) {
    String[] cells = new String[row.length];
    for (int column = 0; column < row.length; column++) {
      String text = Columns.visible(String.valueOf(row[column]));
      cells[column] = text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }
    return cells;
  }

  private static int explain(Decision decision) {
    System.err.println("sluice: " + decision.word() + " (" + decision.proof().rule() + ")");
    System.err.println("        " + decision.proof().reason());
    for (WayOut way : decision.proof().waysOut()) {
      System.err.println("        - " + way.label());
    }
    return switch (decision) {
      case Decision.Allow allow -> 0;
      case Decision.NeedsApproval asks -> 3;
      case Decision.Deny deny -> 4;
    };
  }
}
