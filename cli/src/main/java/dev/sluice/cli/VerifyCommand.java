package dev.sluice.cli;

import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.governance.audit.AuditChain;
import dev.sluice.server.verify.LedgerVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice verify`: checks a journal of this machine, or an export of a server's log, link by link.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a journal link by link and names statements of unknown outcome;",
      "or checks an export of a server's audit log, offline."
    },
    footer = {"", "Exit codes: 0 intact, 1 broken, 2 bad arguments."})
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description =
          "A journal, or an export of a server's log (default: ~/.sluice/run/journal.db).")
  private @Nullable Path file;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The key of the server's log as you know it from elsewhere (base64). Without it, an"
              + " export is only known to agree with itself.")
  private @Nullable String key;

  @Option(
      names = "--seen",
      paramLabel = "FILE",
      description =
          "An earlier export of the same log: this one must go on from it. Without it, a log that"
              + " was cut off or rewritten as a whole, with its key, is not found out.")
  private @Nullable Path seen;

  @Override
  public Integer call() {
    Path journal = file == null ? SluiceHome.folder().resolve("run").resolve("journal.db") : file;
    if (!Files.isReadable(journal)) {
      throw new ParameterException(
          spec.commandLine(), "There is no readable journal " + journal + ".");
    }
    if (isExport(journal)) {
      return verifyExport(journal);
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

  /// A journal is a SQLite file; an export begins with a JSON object.
  private static boolean isExport(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == '{';
    } catch (IOException e) {
      return false;
    }
  }

  private int verifyExport(Path export) {
    try {
      Optional<String> pinned = Optional.ofNullable(key);
      LedgerVerifier.Report report =
          seen == null
              ? LedgerVerifier.verify(export, pinned)
              : LedgerVerifier.verify(export, pinned, seen);
      System.out.println(
          report.intact()
              ? report.message()
              : "Broken at " + report.place() + ": " + report.message());
      return report.intact() ? 0 : 1;
    } catch (IOException e) {
      System.out.println("The file " + export + " cannot be read.");
      return 1;
    }
  }
}
