package dev.sluice.cli;

import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.governance.audit.AuditChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice verify`: checks a journal of this machine link by link.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks a journal link by link and names statements of unknown outcome.",
    footer = {"", "Exit codes: 0 intact, 1 broken, 2 bad arguments."})
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The journal (default: ~/.sluice/run/journal.db).")
  private @Nullable Path file;

  @Override
  public Integer call() {
    Path journal = file == null ? SluiceHome.folder().resolve("run").resolve("journal.db") : file;
    if (!Files.isReadable(journal)) {
      throw new ParameterException(
          spec.commandLine(), "There is no readable journal " + journal + ".");
    }
    try (SqliteJournal open = SqliteJournal.open(journal)) {
      List<Journal.OpenIntent> unknown = open.unknownOutcomes();
      return switch (open.verify()) {
        case AuditChain.Verification.Intact intact -> {
          System.out.println("Verified to #" + intact.last() + ", head " + intact.head() + ".");
          unknown.forEach(
              intent -> System.out.println("Outcome unknown: #" + intent.sequence() + "."));
          yield 0;
        }
        case AuditChain.Verification.Broken broken -> {
          System.out.println("Broken at #" + broken.sequence() + ": " + broken.message());
          yield 1;
        }
      };
    } catch (Journal.JournalProblem e) {
      System.out.println(e.getMessage());
      return 1;
    }
  }
}
