package dev.sluice.cli.admin;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.LabelReport;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sluice labels`: which workflow touched what.
@Command(
    name = "labels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows which workflow (or purpose, model, commit, run) touched which tables and sensitive"
            + " columns, and changed which schema.",
    footer = {
      "",
      "For auditors and server administrators.",
      "Exit codes: 0 done, 1 failed, 2 bad arguments."
    })
public final class LabelsCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      defaultValue = "workflow",
      description = "The label whose values are told apart (default: ${DEFAULT-VALUE}).")
  private String label;

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "How far back (default: ${DEFAULT-VALUE}).")
  private long hours;

  @Option(names = "--json", description = "Answer one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    return server.with(
        client -> {
          LabelReport report = client.oversight().labels(label, hours);
          if (json) {
            System.out.println(JsonCodec.write(report));
          } else {
            print(report);
          }
          return 0;
        });
  }

  private static void print(LabelReport report) {
    System.out.println(
        "Since "
            + report.since().truncatedTo(ChronoUnit.SECONDS)
            + (report.complete() ? ":" : " (the log holds more than is looked at):"));
    if (report.values().isEmpty()) {
      System.out.println("  nothing ran.");
    }
    for (LabelReport.Value value : report.values()) {
      System.out.println();
      System.out.println(
          Columns.visible(
              value.value().isEmpty()
                  ? "(without " + report.label() + ")"
                  : report.label() + "=" + value.value()));
      System.out.println(
          Columns.visible(
              "    "
                  + value.statements()
                  + " ran, "
                  + value.refused()
                  + " refused; by "
                  + String.join(", ", value.actors())));
      value
          .tables()
          .forEach(
              table ->
                  System.out.println(
                      Columns.visible(
                          "    table   "
                              + table.connection()
                              + " "
                              + table.name()
                              + " ("
                              + table.statements()
                              + ")")));
      value
          .columns()
          .forEach(
              column ->
                  System.out.println(
                      Columns.visible(
                          "    column  "
                              + column.connection()
                              + " "
                              + column.name()
                              + " (sensitive; "
                              + column.statements()
                              + ", masked in "
                              + column.masked()
                              + ")")));
      for (LabelReport.Changed changed : value.schemas()) {
        changed
            .changes()
            .forEach(
                line ->
                    System.out.println(
                        Columns.visible(
                            "    schema  "
                                + changed.connection()
                                + " "
                                + line
                                + ", request "
                                + changed.request())));
      }
    }
  }
}
