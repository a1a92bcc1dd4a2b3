package dev.sluice.cli;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.Batch;
import dev.sluice.cli.check.CheckFile;
import dev.sluice.cli.check.CheckLines;
import dev.sluice.cli.check.Policies;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.MemoryBudget;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.sql.AtSourceRewriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice check`: decides on statements without running anything.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Decides on statements without running anything.",
    footer = {
      "",
      "A folder with Flyway names is checked in Flyway's order, and each migration against the"
          + " schema that those before it leave; a Liquibase changelog likewise, change set by"
          + " change set.",
      "Exit codes: 0 all allowed, 3 some need approval, 4 some are denied, 2 bad arguments.",
      "With --batch: JSON lines on standard input, one JSON line each on standard output."
    })
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--batch", description = "Answer JSON lines from standard input.")
  private boolean batch;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy that decides (YAML). Without one, only the analysis is shown.")
  private @Nullable String policy;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "CREATE TABLE and CREATE VIEW statements of what the text may refer to.")
  private @Nullable String schema;

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      defaultValue = "postgresql",
      description =
          "postgresql, mysql, mariadb, sqlite, duckdb, sqlserver, trino or ansi"
              + " (default: ${DEFAULT-VALUE}).")
  private String dialect;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, sarif (2.1.0) or github, for a pull request (default: text).")
  private String form;

  @Option(
      names = "--placeholder",
      paramLabel = "NAME=VALUE",
      description = "The value of $${NAME} in migrations; several times.")
  private Map<String, String> placeholders = new LinkedHashMap<>();

  @Mixin private WhoAndWhere who;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "SQL files, folders of migrations, Liquibase changelogs; - or none for standard input.")
  private List<String> files = List.of();

  private CheckFile.Form form() throws BadInput {
    return switch (form) {
      case "text" -> CheckFile.Form.TEXT;
      case "sarif" -> CheckFile.Form.SARIF;
      case "github" -> CheckFile.Form.GITHUB;
      default -> throw new BadInput("--output is text, sarif or github, not " + form + ".");
    };
  }

  @Override
  public Integer call() throws IOException {
    try (BoundedParserWorker worker = BoundedParserWorker.standard();
        OutputStream output = Terminal.answers()) {
      LocalCore core = LocalCore.of(worker);
      Policies policies =
          new Policies(
              EngineParts.none()
                  .withBudget(new MemoryBudget())
                  .withRewriter(AtSourceRewriter.standard(worker)));
      Optional<ReadyPolicy> standard =
          policy == null ? Optional.empty() : Optional.of(policies.fromFile(policy));
      if (batch) {
        new Batch(new CheckLines(core.scripts(), policies, standard)).run(System.in, output);
        return 0;
      }
      return new CheckFile(core, Terminal.printer(output))
          .run(
              files.isEmpty() ? List.of("-") : files,
              placeholders,
              form(),
              new PrintStream(output, false, StandardCharsets.UTF_8),
              Optional.ofNullable(schema),
              dialect,
              standard,
              who.actor(),
              who);
    } catch (BadInput e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
