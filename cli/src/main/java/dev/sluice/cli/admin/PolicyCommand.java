package dev.sluice.cli.admin;

import dev.sluice.gateway.remote.PolicyClient;
import dev.sluice.gateway.remote.VerifiedPolicy;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.PolicyComparison;
import dev.sluice.governance.codec.wire.PolicyDraft;
import dev.sluice.governance.codec.wire.PolicyHistory;
import dev.sluice.governance.codec.wire.PolicyTestReport;
import dev.sluice.governance.codec.wire.WhatIfReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice policy`: the policy in force and what comes next.
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicyCommand.Show.class,
      PolicyCommand.Test.class,
      PolicyCommand.Diff.class,
      PolicyCommand.WhatIf.class,
      PolicyCommand.Draft.class,
      PolicyCommand.Drafts.class,
      PolicyCommand.Publish.class,
      PolicyCommand.Discard.class,
      PolicyCommand.Rollback.class,
      PolicyCommand.History.class,
      ProposalCommands.Proposals.class,
      ProposalCommands.Accept.class,
      ProposalCommands.Dismiss.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "The policy in force and what comes next (policy administrators).",
    footer = {"", "Exit codes: 0 done, 1 refused or failing, 2 bad arguments."})
public final class PolicyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: show, test, draft ...");
  }

  private static String read(CommandSpec spec, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), file + " cannot be read.");
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the policy in force, an earlier version, or a draft.")
  static final class Show implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Option(names = "--version-number", paramLabel = "N", description = "An earlier version.")
    private @Nullable Long version;

    @Option(names = "--draft", paramLabel = "ID", description = "A draft.")
    private @Nullable String draft;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            if (draft != null) {
              System.out.print(client.policies().find(draft).yaml());
            } else if (version != null) {
              System.out.print(client.policies().text(version));
            } else {
              System.out.print(client.policy().yaml());
            }
            return 0;
          });
    }
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Checks a policy against the server's databases and its own tests.")
  static final class Test implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Override
    public Integer call() {
      String yaml = read(spec, file);
      return server.with(client -> print(client.policies().test(yaml)));
    }

    private static int print(PolicyTestReport report) {
      report.problems().forEach(problem -> System.out.println("PROBLEM " + problem));
      report.warnings().forEach(warning -> System.out.println("warning " + warning));
      for (PolicyTestReport.Test test : report.tests()) {
        System.out.println(
            (test.passed() ? "ok      " : "FAILED  ")
                + "line "
                + test.line()
                + ": "
                + test.expectation()
                + (test.passed() ? "" : ", got " + test.got()));
        if (!test.passed() && !test.reason().isEmpty()) {
          System.out.println("        " + test.reason());
        }
      }
      System.out.println(
          report.publishable()
              ? "This policy can be published."
              : "This policy cannot be published as it is.");
      return report.publishable() ? 0 : 1;
    }
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Says what a policy would change, rule by rule.")
  static final class Diff implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(names = "--text", description = "The lines that differ, too.")
    private boolean text;

    @Override
    public Integer call() {
      String yaml = read(spec, file);
      return server.with(
          client -> {
            PolicyComparison comparison = client.policies().compare(yaml);
            System.out.println(
                "Version "
                    + comparison.from()
                    + " in force, version "
                    + comparison.to()
                    + " here.");
            for (PolicyComparison.Change change : comparison.changes()) {
              String mark =
                  switch (change.direction()) {
                    case "stricter" -> "stricter  ";
                    case "looser" -> "LOOSER    ";
                    default -> "          ";
                  };
              System.out.println(
                  mark
                      + change.section()
                      + (change.id().isEmpty() ? "" : " " + change.id())
                      + " "
                      + change.kind()
                      + ": "
                      + change.detail());
            }
            if (comparison.changes().isEmpty()) {
              System.out.println("They say the same.");
            }
            if (text) {
              comparison.text().forEach(System.out::println);
            }
            return 0;
          });
    }
  }

  @Command(
      name = "what-if",
      mixinStandardHelpOptions = true,
      description = "Replays what was run lately against a policy: who would feel it, and how.")
  static final class WhatIf implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(names = "--days", defaultValue = "30", description = "How far back (default: 30).")
    private int days;

    @Override
    public Integer call() {
      String yaml = read(spec, file);
      return server.with(
          client -> {
            WhatIfReport report = client.policies().whatIf(yaml, days);
            while (report.state().equals("running")) {
              System.err.printf("\r%,d of %,d entries read", report.read(), report.total());
              try {
                Thread.sleep(300);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                client.policies().cancelWhatIf(report.id());
              }
              report = client.policies().whatIf(report.id());
            }
            System.err.print("\r");
            return print(report);
          });
    }

    private static int print(WhatIfReport report) {
      System.out.println(
          report.statements()
              + " statements, "
              + report.distinct()
              + " different; "
              + report.notReplayed()
              + " could not be replayed.");
      System.out.println(
          "Newly blocked: "
              + report.newlyBlocked()
              + ". Newly asking: "
              + report.newlyAsking()
              + ". Newly allowed: "
              + report.newlyAllowed()
              + ". Newly showing: "
              + report.newlyExposed()
              + ".");
      Columns columns = new Columns("PERSON", "BLOCKED", "ASKING", "ALLOWED", "SHOWING");
      for (WhatIfReport.Person person : report.people()) {
        columns.add(
            person.person(),
            String.valueOf(person.blocked()),
            String.valueOf(person.asking()),
            String.valueOf(person.allowed()),
            String.valueOf(person.exposed()));
      }
      columns.print();
      for (WhatIfReport.Finding finding : report.findings()) {
        System.out.println(
            finding.kind()
                + " x"
                + finding.times()
                + " on "
                + finding.connection()
                + ": "
                + finding.statement().replaceAll("\\s+", " "));
        System.out.println(
            "  "
                + finding.reason()
                + (finding.columns().isEmpty()
                    ? ""
                    : " Shown: " + String.join(", ", finding.columns()) + "."));
      }
      return report.state().equals("done") ? 0 : 1;
    }
  }

  @Command(
      name = "draft",
      mixinStandardHelpOptions = true,
      description = "Proposes a policy; another policy administrator publishes it.")
  static final class Draft implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(names = "--comment", defaultValue = "", description = "What it is for.")
    private String comment;

    @Option(names = "--replace", paramLabel = "ID", description = "Your own draft to change.")
    private @Nullable String replaced;

    @Override
    public Integer call() {
      String yaml = read(spec, file);
      return server.with(
          client -> {
            PolicyClient policies = client.policies();
            PolicyDraft draft =
                replaced == null
                    ? policies.draft(yaml, comment)
                    : policies.change(replaced, yaml, comment);
            System.out.println("Draft " + draft.id() + " of version " + draft.version() + ".");
            System.out.println(
                "Somebody else publishes it: sluice policy publish --draft " + draft.id());
            return 0;
          });
    }
  }

  @Command(name = "drafts", mixinStandardHelpOptions = true, description = "Shows all drafts.")
  static final class Drafts implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            Columns columns = new Columns("ID", "STATE", "VERSION", "FROM", "AUTHOR", "COMMENT");
            for (PolicyDraft draft : client.policies().drafts()) {
              columns.add(
                  draft.id(),
                  draft.state(),
                  String.valueOf(draft.version()),
                  String.valueOf(draft.base()),
                  draft.authorName(),
                  draft.comment());
            }
            columns.print();
            return 0;
          });
    }
  }

  @Command(
      name = "publish",
      mixinStandardHelpOptions = true,
      description = {
        "Puts a draft in force. With a FILE instead, puts that in force: only while there is one",
        "policy administrator."
      })
  static final class Publish implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "FILE", arity = "0..1")
    private @Nullable Path file;

    @Option(names = "--draft", paramLabel = "ID", description = "The draft to put in force.")
    private @Nullable String draft;

    @Option(names = "--comment", defaultValue = "", description = "Why, for the log.")
    private String comment;

    @Override
    public Integer call() {
      if ((file == null) == (draft == null)) {
        throw new ParameterException(spec.commandLine(), "Give a FILE or --draft ID, one of them.");
      }
      String yaml = file == null ? "" : read(spec, file);
      return server.with(
          client -> {
            VerifiedPolicy published =
                draft == null
                    ? client.publishPolicy(yaml, comment)
                    : client.policies().publish(client.policies().find(draft), comment);
            System.out.println("Version " + published.version() + " is in force.");
            return 0;
          });
    }
  }

  @Command(name = "discard", mixinStandardHelpOptions = true, description = "Ends a draft.")
  static final class Discard implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ID")
    private String draft;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            client.policies().discard(draft);
            System.out.println("Discarded.");
            return 0;
          });
    }
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Drafts what an earlier version said, as a new version.")
  static final class Rollback implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "VERSION")
    private long version;

    @Option(names = "--comment", defaultValue = "", description = "Why.")
    private String comment;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            PolicyDraft draft = client.policies().rollback(version, comment);
            System.out.println(
                "Draft "
                    + draft.id()
                    + " says what version "
                    + version
                    + " said, as version "
                    + draft.version()
                    + ".");
            System.out.println("Put it in force: sluice policy publish --draft " + draft.id());
            return 0;
          });
    }
  }

  @Command(name = "history", mixinStandardHelpOptions = true, description = "Shows all versions.")
  static final class History implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Override
    public Integer call() {
      return server.with(PolicyCommand::history);
    }
  }

  private static int history(dev.sluice.gateway.remote.HttpServerClient client)
      throws WorkspaceProblem {
    List<PolicyHistory.Version> versions = client.policies().history();
    Columns columns = new Columns("VERSION", "PUBLISHED", "BY", "WRITTEN BY", "COMMENT");
    for (PolicyHistory.Version version : versions) {
      columns.add(
          String.valueOf(version.version()),
          version.publishedAt().toString(),
          version.publishedBy(),
          version.author(),
          version.comment());
    }
    columns.print();
    return 0;
  }
}
