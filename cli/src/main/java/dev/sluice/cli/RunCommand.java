package dev.sluice.cli;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.Batch;
import dev.sluice.cli.check.Policies;
import dev.sluice.cli.check.SourceText;
import dev.sluice.cli.pipeline.PipelineOptions;
import dev.sluice.cli.pipeline.PipelineReport;
import dev.sluice.cli.run.Database;
import dev.sluice.cli.run.Discovered;
import dev.sluice.cli.run.RunFile;
import dev.sluice.cli.run.RunLines;
import dev.sluice.cli.run.StatementRun;
import dev.sluice.gateway.connection.ConnectionUrls;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.MemoryBudget;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.sql.AtSourceRewriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/// `sluice run`: decides on statements and runs what is allowed.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Decides on statements and runs what is allowed, masked.",
    footer = {
      "",
      "Exit codes: 0 all ran, 1 something failed, 3 some need approval, 4 some are denied, 2 bad"
          + " arguments; with --server also 5 when nobody knows how an earlier attempt ended.",
      "With --server, who signs in comes from SLUICE_CLIENT_ID and SLUICE_CLIENT_SECRET, or from"
          + " the CI system's token in SLUICE_ID_TOKEN_FILE; see docs/agents.md.",
      "With --batch: JSON lines on standard input, one JSON line each on standard output."
    })
final class RunCommand implements Callable<Integer> {

  private static final Duration DISCOVERY = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "ADDRESS",
      description = "jdbc:postgresql://host/database, jdbc:mariadb://..., jdbc:sqlite:file, ...")
  private @Nullable String url;

  @Option(names = "--user", paramLabel = "NAME", description = "The database login.")
  private @Nullable String user;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "The environment variable that holds the login's password.")
  private @Nullable String passwordVariable;

  @Option(names = "--policy", paramLabel = "FILE", description = "The policy that decides (YAML).")
  private @Nullable String policy;

  @Mixin private WhoAndWhere who;

  @Mixin private PipelineOptions pipeline;

  @Option(
      names = "-f",
      paramLabel = "FILE",
      description = "A SQL file; may be given several times.")
  private List<String> moreFiles = List.of();

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Rows answered for a statement (default: ${DEFAULT-VALUE}).")
  private int mostRows;

  @Option(
      names = "--discover",
      description = {
        "Look at the database first; what discovery is sure of is masked",
        "until the policy says something about the column."
      })
  private boolean discover;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Where intents and outcomes are written (default: ~/.sluice/run/journal.db).")
  private @Nullable Path journalFile;

  @Option(names = "--batch", description = "Answer JSON lines from standard input.")
  private boolean batch;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "SQL files; - or none for standard input.")
  private List<String> files = List.of();

  @Override
  public Integer call() throws Exception {
    if (pipeline.isGiven()) {
      return runOnServer();
    }
    if (url == null || policy == null) {
      throw new ParameterException(spec.commandLine(), "Give --server, or --url and --policy.");
    }
    return runHere(url, policy);
  }

  /// A pipeline's run: the server decides and records, people approve.
  private int runOnServer() throws IOException, InterruptedException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (OutputStream output = Terminal.answers()) {
      for (String file : allFiles()) {
        texts.put(SourceText.name(file), SourceText.read(file));
      }
      PipelineReport report = pipeline.run(who.connectionName(), who.labels(), texts);
      output.write(pipeline.written(report).getBytes(StandardCharsets.UTF_8));
      return report.exitCode();
    } catch (BadInput | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (WorkspaceProblem e) {
      System.err.println("sluice: " + e.getMessage() + " " + e.wayOut());
      return 1;
    }
  }

  private List<String> allFiles() {
    List<String> all = new ArrayList<>(moreFiles);
    all.addAll(files);
    return all.isEmpty() ? List.of("-") : all;
  }

  private int runHere(String url, String policy) throws IOException {
    try (BoundedParserWorker worker = BoundedParserWorker.standard();
        OutputStream output = Terminal.answers();
        Journal journal = SqliteJournal.open(journalFile());
        Database database = database()) {
      LocalCore core = LocalCore.of(worker);
      MemoryBudget budget = new MemoryBudget();
      Policies policies =
          new Policies(
              discovered(
                  database,
                  EngineParts.none()
                      .withBudget(budget)
                      .withRewriter(AtSourceRewriter.standard(worker))));
      ReadyPolicy standard = policies.fromFile(policy);
      byte[] key = StatementEvents.newId().repeat(2).getBytes(StandardCharsets.US_ASCII);
      MaskKeys keys = name -> Optional.of(key.clone());
      RunLines lines =
          new RunLines(
              core,
              database,
              policies,
              standard,
              who.actor(),
              who.context(engine()),
              new StatementRun(core.executor(), journal, budget, keys, mostRows));
      database.catalog();
      if (batch) {
        new Batch(lines).run(System.in, output);
        return 0;
      }
      return new RunFile(lines, standard, who.actor(), Terminal.printer(output)).run(allFiles());
    } catch (BadInput e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (Journal.JournalProblem e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private EngineParts discovered(Database database, EngineParts parts) throws BadInput {
    if (!discover) {
      return parts;
    }
    Discovered found = Discovered.in(database, DISCOVERY);
    long sure = found.proposals().stream().filter(Proposal::confident).count();
    spec.commandLine()
        .getErr()
        .println(
            "Discovery is sure of "
                + sure
                + " columns; those that the policy does not name are masked. See sluice classify.");
    return parts.withDiscovered(found.proposals(), who.connectionName());
  }

  private dev.sluice.governance.sql.Dialect engine() throws BadInput {
    return parsed().definition().engine();
  }

  private Database database() throws BadInput {
    ConnectionUrls.Parsed parsed = parsed();
    return new Database(
        parsed.definition(),
        new DatabaseLogin("run", user == null ? parsed.user() : user, password(parsed)));
  }

  private ConnectionUrls.Parsed parsed() throws BadInput {
    try {
      return ConnectionUrls.parse(
          who.connectionName().isEmpty() ? "run" : who.connectionName(), String.valueOf(url));
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private String password(ConnectionUrls.Parsed parsed) throws BadInput {
    if (passwordVariable == null) {
      return parsed.password();
    }
    String value = System.getenv(passwordVariable);
    if (value == null) {
      throw new BadInput("The environment variable " + passwordVariable + " is not set.");
    }
    return value;
  }

  private Path journalFile() {
    return journalFile != null
        ? journalFile
        : SluiceHome.folder().resolve("run").resolve("journal.db");
  }
}
