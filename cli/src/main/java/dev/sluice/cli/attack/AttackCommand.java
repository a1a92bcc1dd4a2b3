package dev.sluice.cli.attack;

import dev.sluice.cli.check.BadInput;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.enforcement.EnforcementProblem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice attack`: tries one ring, alone, on a database that it starts for it.
@Command(
    name = "attack",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Attacks one ring, alone, on a database that it starts and throws away.",
      "Looks for planted values in cells, labels, errors and warnings, and for changes."
    },
    footer = {
      "",
      "The last line on standard output is JSON:"
          + " {\"cases\", \"leaks\", \"changed\", \"benign\", \"benign_wrong\"}.",
      "Exit codes: 0 nothing leaked or changed, 1 something did or it could not be finished,"
          + " 2 bad arguments,",
      "3 there is no such ring on this engine, or this machine lacks what the engine needs."
    })
public final class AttackCommand implements Callable<Integer> {

  private static final int NOT_HERE = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--ring",
      paramLabel = "RING",
      defaultValue = "core",
      description = {
        "core: the guard in the process, on a login that may do everything;",
        "database: no guard, nothing but a leased login (default: ${DEFAULT-VALUE})."
      })
  private String ring;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "postgresql",
      description = "postgresql, mariadb, sqlite or duckdb (default: ${DEFAULT-VALUE}).")
  private String engine;

  @Option(
      names = "--cases",
      paramLabel = "FILE",
      description = {
        "JSON lines: {\"id\", \"dialect\", \"category\", \"sql\" or \"steps\", \"expect\"};",
        "ids of benign cases begin with B-. Default: the built-in cases."
      })
  private @Nullable Path cases;

  @Option(
      names = "--fixture",
      paramLabel = "FILE",
      description = {
        "SQL that makes the tables and plants values. What follows a line"
            + " \"-- PostgreSQL only\"",
        "(MySQL, SQLite, DuckDB) is for that engine."
      })
  private @Nullable Path fixture;

  @Option(names = "--policy", paramLabel = "FILE", description = "The policy (YAML).")
  private @Nullable Path policy;

  @Option(
      names = "--groups",
      paramLabel = "NAMES",
      split = ",",
      defaultValue = "analysts",
      description = "The attacker's groups (default: ${DEFAULT-VALUE}).")
  private Set<String> groups;

  @Option(
      names = "--all",
      description = {
        "Every ring on every engine, and each engine with no ring; a table. Takes minutes."
      })
  private boolean all;

  @Option(
      names = "--write-docs",
      description = "With --all: also write docs/proof/attacks.md and its picture.")
  private boolean writeDocs;

  @Option(names = "--json", description = "Print the JSON line only.")
  private boolean jsonOnly;

  @Override
  public Integer call() throws IOException {
    if (writeDocs && !all) {
      throw new ParameterException(spec.commandLine(), "--write-docs goes with --all.");
    }
    try (PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      if (all) {
        return survey(out);
      }
      Dialect dialect =
          Dialect.named(engine)
              .filter(known -> Set.of("postgresql", "mariadb", "sqlite", "duckdb").contains(engine))
              .orElseThrow(
                  () -> new BadInput("--engine is postgresql, mariadb, sqlite or duckdb."));
      boolean core = ring.equals("core");
      if (!core && !ring.equals("database")) {
        throw new BadInput("--ring is core or database.");
      }
      if (!core && (dialect == Dialect.SQLITE || dialect == Dialect.DUCKDB)) {
        throw new Ground.NotHere(
            engine
                + " has no logins, so it has no ring of its own: whoever can read the file reads"
                + " everything in it. Try --ring core.");
      }
      AttackSet set = AttackSet.of(cases, fixture, policy);
      if (dialect == Dialect.MARIADB) {
        Optional<Integer> done = withMariadb();
        if (done.isPresent()) {
          return done.get();
        }
      }
      AttackScore score = new Attack(set, dialect, core, groups).run();
      if (!jsonOnly) {
        score.print(out);
      }
      out.println(score.json());
      return score.failed() ? 1 : 0;
    } catch (BadInput e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (Ground.NotHere e) {
      spec.commandLine().getErr().println(e.getMessage());
      return NOT_HERE;
    } catch (EnforcementProblem e) {
      spec.commandLine().getErr().println(e.object() + ": " + e.getMessage());
      return 1;
    } catch (SQLException e) {
      spec.commandLine()
          .getErr()
          .println("The database gave up (SQLSTATE " + e.getSQLState() + "): " + e.getMessage());
      return 1;
    }
  }

  private Optional<Integer> withMariadb() throws IOException {
    return MariadbJars.elsewhere(spec.root().commandLine().getParseResult().originalArgs());
  }

  private int survey(PrintStream out)
      throws IOException, SQLException, BadInput, Ground.NotHere, EnforcementProblem {
    AttackSet set = AttackSet.of(cases, fixture, policy);
    Optional<Integer> done = withMariadb();
    if (done.isPresent()) {
      return done.get();
    }
    AttackSurvey survey =
        AttackSurvey.of(
            set, groups, next -> spec.commandLine().getErr().println("sluice: trying " + next));
    out.print(survey.text());
    if (writeDocs) {
      Path folder =
          Path.of(System.getProperty("sluice.root", ".")).resolve("docs").resolve("proof");
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("attacks.svg"), AttackPlot.svg(survey));
      Files.writeString(
          folder.resolve("attacks.md"),
          survey.markdown("./sluice attack --all", set.source(), "attacks.svg"));
      spec.commandLine().getErr().println("sluice: written to docs/proof/attacks.md");
    }
    return survey.failed() ? 1 : 0;
  }
}
