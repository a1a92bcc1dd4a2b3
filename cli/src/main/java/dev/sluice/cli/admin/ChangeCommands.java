package dev.sluice.cli.admin;

import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.RowChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a requested change would do to rows, what it did, and taking it back.
final class ChangeCommands {

  private ChangeCommands() {}

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Has the server run an approved change of yours, once.")
  static final class RunApproved implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ID")
    private String id;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            ApprovedRun run = client.runApproved(id);
            return switch (run.execution().state()) {
              case EXECUTED -> {
                System.out.println(
                    run.updateCount() >= 0
                        ? "Ran; it changed " + rows(run.updateCount()) + "."
                        : "Ran; it gave " + rows(run.rows().size()) + ".");
                yield 0;
              }
              case FAILED, EXECUTING, UNKNOWN_OUTCOME -> {
                System.err.println("sluice: " + run.execution().message());
                System.err.println(
                    "        The use is consumed. Look at the data, then ask again if it is still"
                        + " needed.");
                yield 1;
              }
            };
          });
    }
  }

  @Command(
      name = "try",
      mixinStandardHelpOptions = true,
      description =
          "Dry run: runs a requested change, shows its rows and rolls it back (whoever may decide"
              + " it).")
  static final class Try implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ID")
    private String id;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            print(client.requests().dryRun(id));
            return 0;
          });
    }
  }

  @Command(
      name = "changes",
      mixinStandardHelpOptions = true,
      description = "Shows what an approved change did to rows, masked for you.")
  static final class Changes implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ID")
    private String id;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            List<RowChanges> uses = client.requests().changes(id);
            uses.forEach(ChangeCommands::print);
            if (uses.isEmpty()) {
              System.out.println("No rows are kept: it did not run, or it does not change rows.");
            }
            return 0;
          });
    }
  }

  @Command(
      name = "undo",
      mixinStandardHelpOptions = true,
      description = "Asks to take an approved change back. It is decided like any request.")
  static final class Undo implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Option(names = "--reason", required = true, description = "Why, for whoever decides.")
    private String reason;

    @Option(
        names = "--run",
        paramLabel = "RUN",
        defaultValue = "",
        description = "Which run, as `sluice request changes` names it. Default: the last.")
    private String run;

    @Parameters(paramLabel = "ID")
    private String id;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            String which = run;
            if (which.isEmpty()) {
              List<RowChanges> uses = client.requests().changes(id);
              if (uses.isEmpty()) {
                System.err.println(
                    "sluice: No run of this request is kept, so none is taken back.");
                return 1;
              }
              which = uses.getLast().executionId();
            }
            return RequestCommand.asked(client.requests().undo(id, which, reason));
          });
    }
  }

  private static void print(RowChanges changes) {
    System.out.println(
        (changes.dryRun()
                ? "It would change " + rows(changes.rows()) + "; nothing was kept."
                : "Run " + changes.executionId() + " changed " + rows(changes.rows()) + ".")
            + (changes.table().isEmpty() ? "" : " Table: " + changes.table() + "."));
    if (!changes.withheld().isEmpty()) {
      System.out.println(changes.withheld());
    }
    if (!changes.changes().isEmpty()) {
      List<String> heads = new ArrayList<>(List.of("ROW"));
      changes.columns().stream().map(ApprovedRun.Column::label).forEach(heads::add);
      Columns columns = new Columns(heads.toArray(String[]::new));
      changes.changes().forEach(row -> add(columns, changes, row));
      columns.print();
      if (changes.truncated()) {
        System.out.println("More rows changed than are shown.");
      }
    }
    changes.sideEffects().forEach(System.out::println);
    if (changes.undo().offered()) {
      System.out.println("It can be taken back with: " + shown(changes.undo().statement()));
    } else if (!changes.undo().refusal().isEmpty()) {
      System.out.println(changes.undo().refusal());
    }
  }

  private static String rows(long rows) {
    return switch ((int) Math.min(rows, 2)) {
      case -1 -> "a number of rows the database did not say";
      case 1 -> "1 row";
      default -> rows + " rows";
    };
  }

  private static void add(Columns columns, RowChanges changes, RowChanges.Row row) {
    List<String> cells = new ArrayList<>(List.of(row.kind().name().toLowerCase(Locale.ROOT)));
    for (int i = 0; i < changes.columns().size(); i++) {
      String before = i < row.before().size() ? cell(row.before().get(i)) : "";
      String after = i < row.after().size() ? cell(row.after().get(i)) : "";
      cells.add(
          switch (row.kind()) {
            case INSERTED -> after;
            case DELETED -> before;
            case UPDATED -> row.changed().contains(i) ? before + " -> " + after : after;
          });
    }
    columns.add(cells.toArray(String[]::new));
  }

  private static String cell(@Nullable String value) {
    return value == null ? "NULL" : shown(value);
  }

  private static String shown(String text) {
    return Columns.visible(text);
  }
}
