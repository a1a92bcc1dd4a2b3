package dev.sluice.cli.admin;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.NewExport;
import dev.sluice.governance.policy.ApproverRules;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice request`: one's own requests, exports above all. Deciding is done in the window, where
/// the whole statement is in sight.
@Command(
    name = "request",
    mixinStandardHelpOptions = true,
    subcommands = {
      RequestCommand.ListMine.class,
      RequestCommand.Export.class,
      RequestCommand.Take.class,
      RequestCommand.Again.class,
      RequestCommand.Revoke.class,
      ChangeCommands.RunApproved.class,
      ChangeCommands.Try.class,
      ChangeCommands.Changes.class,
      ChangeCommands.Undo.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Asks for approval, and takes what was approved.",
    footer = {"", "Exit codes: 0 done, 1 refused or failed, 2 bad arguments."})
public final class RequestCommand implements Runnable {

  private static final int WIDEST = 60;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: list, run, export, take, again, revoke, try, changes, undo");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows your requests.")
  static final class ListMine implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            List<ApprovalRequest> mine = client.myRequests();
            if (mine.isEmpty()) {
              System.out.println("You have asked for nothing yet.");
              return 0;
            }
            Columns columns = new Columns("ID", "STATE", "FOR", "CONNECTION", "WHAT");
            mine.forEach(
                request ->
                    columns.add(
                        request.id(),
                        request.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        request.right().word(),
                        request.capsule().connection(),
                        oneLine(request.capsule().text())));
            columns.print();
            return 0;
          });
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Asks to take more rows out than the policy lets everybody take.")
  static final class Export implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Option(names = "--connection", required = true, description = "Where to run it.")
    private String connection;

    @Option(names = "--rows", required = true, description = "How many rows at most.")
    private long rows;

    @Option(names = "--reason", required = true, description = "Why, for whoever decides.")
    private String reason;

    @Parameters(paramLabel = "SQL", description = "Exactly one statement that reads.")
    private String sql;

    @Override
    public Integer call() {
      return server.with(
          client ->
              asked(
                  client
                      .requests()
                      .export(new NewExport(connection, sql, List.of(), rows, reason))));
    }
  }

  @Command(
      name = "take",
      mixinStandardHelpOptions = true,
      description = "Runs what was approved once and writes its masked rows to a new CSV file.")
  static final class Take implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(index = "0", paramLabel = "ID")
    private String id;

    @Parameters(index = "1", paramLabel = "FILE", description = "Must not exist yet.")
    private Path file;

    @Override
    public Integer call() {
      return server.with(client -> written(() -> client.runApproved(id), file));
    }
  }

  @Command(
      name = "again",
      mixinStandardHelpOptions = true,
      description = "Asks for the same as an earlier request. It is decided anew.")
  static final class Again implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Option(names = "--reason", defaultValue = "", description = "Default: that of last time.")
    private String reason;

    @Parameters(paramLabel = "ID")
    private String id;

    @Override
    public Integer call() {
      return server.with(client -> asked(client.requests().repeat(id, reason)));
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Takes back an approval that was not used up (whoever may decide it).")
  static final class Revoke implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Option(names = "--reason", required = true, description = "Why, for whoever asked.")
    private String reason;

    @Parameters(paramLabel = "ID")
    private String id;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            client.requests().revoke(id, reason);
            System.out.println("Taken back.");
            return 0;
          });
    }
  }

  static int asked(ApprovalRequest request) {
    System.out.println("Asked as " + request.id() + ".");
    System.out.println(
        "It waits for "
            + ApproverRules.inWords(request.approvers())
            + " until "
            + request.decideBy()
            + ".");
    switch (request.right()) {
      case Right.Run run -> System.out.println("Once approved: sluice request run " + request.id());
      case Right.Export export ->
          System.out.println("Once approved: sluice request take " + request.id() + " FILE");
      case Right.Unmask unmask -> {}
    }
    return 0;
  }

  private interface Run {
    ApprovedRun run() throws WorkspaceProblem;
  }

  /// The file is made before the use is consumed: what cannot be written is not run.
  private static int written(Run approved, Path file) throws WorkspaceProblem, IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
      ApprovedRun run;
      try {
        run = approved.run();
      } catch (WorkspaceProblem problem) {
        out.close();
        Files.delete(file);
        throw problem;
      }
      out.write(line(run.columns().stream().map(ApprovedRun.Column::label).toList()));
      for (List<@Nullable Object> row : run.rows()) {
        out.write(line(row));
      }
      if (!run.execution().message().isEmpty()) {
        System.err.println("sluice: " + run.execution().message());
        return 1;
      }
      System.out.println(
          run.rows().size()
              + " rows written to "
              + file
              + (run.truncated() ? "; more were left out, as approved." : "."));
      return 0;
    } catch (FileAlreadyExistsException e) {
      System.err.println("sluice: " + file + " exists already.");
      System.err.println("        Nothing was run. Choose another name.");
      return 1;
    }
  }

  private static String line(List<? extends @Nullable Object> cells) {
    return cells.stream().map(RequestCommand::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  /// RFC 4180; NULL is an empty cell. A text that a spreadsheet would run as a formula gets a
  /// quote.
  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
      text = isNumber(text) ? text : "'" + text;
    }
    return text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0)
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private static boolean isNumber(String text) {
    return text.matches("[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?");
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}+|\\s+", " ");
    return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line;
  }
}
