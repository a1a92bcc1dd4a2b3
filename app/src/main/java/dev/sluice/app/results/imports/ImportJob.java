package dev.sluice.app.results.imports;

import dev.sluice.app.results.GovernedTransaction;
import dev.sluice.app.results.GovernedTransaction.Outcome;
import dev.sluice.app.results.imports.ImportFile.Unreadable;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.StatementText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// One file on its way into one table: first every row is looked at and nothing is sent, then the
/// rows go as INSERT statements of a few hundred each, in one transaction. Blocks; not for the FX
/// thread, but for [#cancel].
final class ImportJob {

  private static final int NAMED = 500;
  /// One decision, one journal entry and one answer of the server for so many rows; with more,
  /// reading the longer text takes what is won.
  private static final int ROWS = 500;
  private static final int CHARACTERS = 60_000;

  /// What a look at every row gave.
  ///
  /// @param bad the first rows that cannot be imported
  /// @param badRows how many there are
  /// @param version of the file that was looked at
  record Checked(long good, List<ImportTrouble> bad, long badRows, String version) {
    Checked {
      bad = List.copyOf(bad);
    }
  }

  /// How it ended. Except after [Done] nothing is in the table.
  sealed interface End {
    /// @param leftOut the file that holds the rows that were left out
    record Done(long rows, Optional<Path> leftOut) implements End {}

    record Cancelled() implements End {}

    /// It is not allowed as it is, but may be asked for.
    record Ask(StatementText statement) implements End {}

    /// It is not allowed as it is, and too large for one statement that may be asked for.
    record TooLargeToAsk(long rowsThatFit) implements End {}

    /// The file is another one since it was looked at.
    record FileChanged() implements End {}

    /// The database did not take rows.
    ///
    /// @param from line of the first of them
    /// @param to line of the last of them
    record Failed(WorkspaceProblem problem, long from, long to) implements End {}

    /// Another number of rows than was sent came into the table.
    record Conflict(long expected, long found) implements End {}
  }

  private final ImportPlan plan;
  private final LongConsumer progress;
  private volatile Optional<GovernedTransaction> open = Optional.empty();
  private volatile boolean cancelled;

  /// @param progress is told the rows that are done, on the thread that works
  ImportJob(ImportPlan plan, LongConsumer progress) {
    this.plan = plan;
    this.progress = progress;
  }

  void cancel() {
    cancelled = true;
    open.ifPresent(GovernedTransaction::cancel);
  }

  boolean isCancelled() {
    return cancelled;
  }

  /// Looks at every row.
  ///
  /// @throws Unreadable when the file cannot be read to its end
  Checked check() throws IOException, Unreadable {
    String version = plan.file().version();
    List<ImportTrouble> bad = new ArrayList<>();
    long[] counts = new long[2];
    plan.file()
        .rows(
            plan.columns(),
            row -> {
              switch (plan.read(row)) {
                case ImportPlan.Read.Values values -> counts[0]++;
                case ImportPlan.Read.Bad found -> {
                  counts[1]++;
                  if (bad.size() < NAMED) {
                    bad.add(found.trouble());
                  }
                }
              }
              progress.accept(counts[0] + counts[1]);
              return !cancelled;
            });
    return new Checked(counts[0], bad, counts[1], version);
  }

  /// Sends the rows that can be imported; the others are kept in a file beside the first.
  ///
  /// @param checked what the person saw of this file
  /// @param tab where it comes from, in words
  End send(
      Workspace workspace,
      String connection,
      Supplier<String> tab,
      Checked checked,
      LeftOut.Words words)
      throws IOException, Unreadable, WorkspaceProblem {
    if (!plan.file().version().equals(checked.version())) {
      return new End.FileChanged();
    }
    if (!allowed(workspace, connection)) {
      return request(checked, words);
    }
    try (GovernedTransaction transaction = new GovernedTransaction(workspace, connection, tab);
        LeftOut leftOut = new LeftOut(plan, checked.badRows() > 0, words)) {
      open = Optional.of(transaction);
      Optional<Outcome> begun = transaction.begin();
      if (begun.isPresent()) {
        return end(begun.get(), new Batch(), Optional.empty());
      }
      Sending sending = new Sending(transaction, leftOut);
      plan.file().rows(plan.columns(), sending::take);
      sending.flush();
      if (sending.ended.isPresent()) {
        return end(sending.ended.get(), sending.batch, Optional.empty());
      }
      if (cancelled) {
        transaction.rollback();
        return new End.Cancelled();
      }
      Outcome outcome = transaction.commit();
      return end(outcome, sending.batch, leftOut.keepWhen(outcome instanceof Outcome.Done));
    } finally {
      open = Optional.empty();
    }
  }

  private End end(Outcome outcome, Batch batch, Optional<Path> leftOut) {
    return switch (outcome) {
      case Outcome.Done done -> new End.Done(done.rows(), leftOut);
      case Outcome.NotAllowed refused -> new End.Ask(batch.statement());
      case Outcome.Conflict conflict -> new End.Conflict(conflict.expected(), conflict.found());
      case Outcome.Failed failed ->
          cancelled
              ? new End.Cancelled()
              : new End.Failed(failed.problem(), batch.first, batch.last);
    };
  }

  /// Rows that go together.
  private final class Batch {
    private final StringBuilder sql = new StringBuilder(plan.head());
    private int rows;
    private long first;
    private long last;

    void add(ImportPlan.Read.Values values) {
      if (rows > 0) {
        sql.append(",\n       ");
      } else {
        first = values.line();
      }
      last = values.line();
      rows++;
      sql.append(values.sql());
    }

    StatementText statement() {
      return StatementText.of(sql.toString());
    }
  }

  /// The rows of a file, one after the other.
  private final class Sending {
    private final GovernedTransaction transaction;
    private final LeftOut leftOut;
    private Batch batch = new Batch();
    private Optional<Outcome> ended = Optional.empty();
    private long sent;

    Sending(GovernedTransaction transaction, LeftOut leftOut) {
      this.transaction = transaction;
      this.leftOut = leftOut;
    }

    boolean take(ImportRow row) {
      switch (plan.read(row)) {
        case ImportPlan.Read.Values values -> {
          if (batch.rows == ROWS || batch.sql.length() + values.sql().length() > CHARACTERS) {
            flush();
          }
          if (ended.isEmpty()) {
            batch.add(values);
          }
        }
        case ImportPlan.Read.Bad bad -> leftOut.add(row, bad.trouble());
      }
      return ended.isEmpty() && !cancelled;
    }

    void flush() {
      if (ended.isEmpty() && batch.rows > 0 && !cancelled) {
        ended = transaction.run(batch.statement(), batch.rows);
        if (ended.isEmpty()) {
          sent += batch.rows;
          progress.accept(sent);
          batch = new Batch();
        }
      }
    }
  }

  private boolean allowed(Workspace workspace, String connection)
      throws IOException, Unreadable, WorkspaceProblem {
    Batch batch = new Batch();
    plan.file()
        .rows(
            plan.columns(),
            row -> {
              if (plan.read(row) instanceof ImportPlan.Read.Values values) {
                batch.add(values);
              }
              return batch.rows == 0;
            });
    for (StatementVerdict verdict : workspace.decide(connection, batch.statement().text())) {
      if (!verdict.decision().word().equals("allow")) {
        return false;
      }
    }
    return true;
  }

  /// A request is for one text that an approver reads and that then runs as it is.
  private End request(Checked checked, LeftOut.Words words) throws IOException, Unreadable {
    Batch batch = new Batch();
    boolean[] fits = {true};
    plan.file()
        .rows(
            plan.columns(),
            row -> {
              if (plan.read(row) instanceof ImportPlan.Read.Values values) {
                fits[0] =
                    batch.sql.length() + values.sql().length() + 10 <= ImportPlan.LONGEST_STATEMENT;
                if (fits[0]) {
                  batch.add(values);
                }
              }
              return fits[0];
            });
    if (!fits[0]) {
      return new End.TooLargeToAsk(batch.rows);
    }
    try (LeftOut leftOut = new LeftOut(plan, checked.badRows() > 0, words)) {
      plan.file()
          .rows(
              plan.columns(),
              row -> {
                if (plan.read(row) instanceof ImportPlan.Read.Bad bad) {
                  leftOut.add(row, bad.trouble());
                }
                return true;
              });
      leftOut.keepWhen(true);
    }
    return new End.Ask(batch.statement());
  }
}
