package dev.sluice.cli.pipeline;

import dev.sluice.cli.pipeline.StepResult.State;
import dev.sluice.gateway.headless.HeadlessWorkspace;
import dev.sluice.gateway.schema.SchemaDiff;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs the statements of files in order and stops at the first that does not run.
///
/// Running it again is safe: a statement whose approval was used by an earlier attempt of the same
/// workflow (the label `workflow`, which names the commit) is not run again, one that still waits
/// goes on waiting, and one whose outcome nobody knows stops the run until a person has looked.
public final class PipelineRun {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final HeadlessWorkspace opened;
  private final WorkspaceConnection connection;
  private final Duration patience;
  private final String reason;
  private final Consumer<String> say;
  private final Map<String, Integer> seen = new HashMap<>();

  /// @param patience how long to wait for people, all statements together
  /// @param reason for the people who decide
  /// @param say takes a line of progress
  public PipelineRun(
      HeadlessWorkspace opened,
      String connection,
      Duration patience,
      String reason,
      Consumer<String> say)
      throws WorkspaceProblem {
    this.opened = opened;
    this.connection =
        opened.workspace().connections().stream()
            .filter(each -> each.context().name().equals(connection))
            .findFirst()
            .orElseThrow(
                () ->
                    new WorkspaceProblem(
                        "unknown-connection",
                        WorkspaceProblem.Blame.USER,
                        "There is no connection \"" + connection + "\" for this identity.",
                        "Give one of the server's connections."));
    this.patience = patience;
    this.reason = reason;
    this.say = say;
  }

  /// @param texts by file name, in order
  public PipelineReport run(Map<String, String> texts)
      throws WorkspaceProblem, InterruptedException {
    CatalogSnapshot before = catalog();
    long until = System.nanoTime() + patience.toNanos();
    List<StepResult> steps = new ArrayList<>();
    boolean going = true;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      SqlScript script = SqlScript.cut(text.getValue(), connection.context().engine());
      for (StatementText statement : script.statements()) {
        Step step = new Step(text.getKey(), line(text.getValue(), statement), statement);
        StepResult result =
            going ? step.run(until) : step.ended(State.SKIPPED, "", "Something before it.", "", -1);
        going = going && result.state().isGood();
        steps.add(result);
        say.accept(result.state() + " " + result.file() + ":" + result.line());
      }
    }
    CatalogSnapshot after = catalog();
    return new PipelineReport(
        connection.context().name(),
        before.fingerprint(),
        after.fingerprint(),
        SchemaDiff.between(before, after),
        steps);
  }

  private CatalogSnapshot catalog() throws WorkspaceProblem {
    return opened.workspace().catalog(connection.context().name(), true);
  }

  private static int line(String text, StatementText statement) {
    int start = Math.min(statement.span().start(), text.length());
    return (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
  }

  /// One statement on its way.
  private final class Step {
    private final String file;
    private final int line;
    private final StatementText statement;
    private final long started = System.nanoTime();
    private final int occurrence;

    Step(String file, int line, StatementText statement) {
      this.file = file;
      this.line = line;
      this.statement = statement;
      this.occurrence = seen.merge(statement.text(), 1, Integer::sum);
    }

    StepResult run(long until) throws WorkspaceProblem, InterruptedException {
      RunEvent end = await(collector -> opened.workspace().run(name(), statement, collector));
      return switch (end) {
        case RunEvent.Refused refused
            when refused.decision() instanceof Decision.NeedsApproval asked ->
            approved(asked.proof(), until);
        case RunEvent.Refused refused ->
            ended(
                State.DENIED,
                refused.decision().proof().rule(),
                words(refused.decision().proof()),
                "",
                -1);
        default -> ended(end, "", "");
      };
    }

    private String name() {
      return connection.context().name();
    }

    private StepResult approved(Proof proof, long until)
        throws WorkspaceProblem, InterruptedException {
      int ran = 0;
      for (ApprovalRequest request : earlier()) {
        for (Execution execution : opened.client().executions(request.id())) {
          switch (execution.state()) {
            case EXECUTED -> ran++;
            case FAILED -> {}
            case EXECUTING, UNKNOWN_OUTCOME -> {
              return ended(
                  State.UNKNOWN,
                  proof.rule(),
                  "An earlier attempt was started and nobody knows how it ended. Look at the data,"
                      + " then run the rest under another workflow.",
                  request.id(),
                  -1);
            }
          }
        }
      }
      if (ran >= occurrence) {
        return ended(State.RAN_BEFORE, proof.rule(), "It ran in an earlier attempt.", "", -1);
      }
      return waitAndRun(proof, until);
    }

    private List<ApprovalRequest> earlier() throws WorkspaceProblem {
      String workflow = opened.workspace().labelsOf(statement).getOrDefault("workflow", "");
      return opened.workspace().myRequests().stream()
          .filter(request -> request.capsule().connection().equals(name()))
          .filter(request -> request.capsule().text().equals(statement.text()))
          .filter(
              request -> request.requester().labels().getOrDefault("workflow", "").equals(workflow))
          .toList();
    }

    private StepResult waitAndRun(Proof proof, long until)
        throws WorkspaceProblem, InterruptedException {
      ApprovalRequest request = mine();
      say.accept("Waiting for approval of " + file + ":" + line + ", request " + request.id());
      while (request.state() == ApprovalState.PENDING && System.nanoTime() < until) {
        Thread.sleep(LOOK_EVERY);
        request = opened.client().request(request.id());
      }
      String id = request.id();
      return switch (request.state()) {
        case APPROVED ->
            ended(
                await(collector -> opened.workspace().runApproved(id, collector)),
                proof.rule(),
                id);
        case PENDING ->
            ended(
                State.WAITS,
                proof.rule(),
                words(proof) + " Request " + id + " waits for " + request.approvers().anyOf() + ".",
                id,
                -1);
        case REJECTED, CANCELLED, EXPIRED_PENDING, EXPIRED_UNUSED, STALE, REVOKED, EXHAUSTED ->
            ended(
                State.DENIED,
                proof.rule(),
                "The request is " + request.state() + "." + comments(request),
                id,
                -1);
      };
    }

    /// The request of this workflow that is still open; a new one when there is none.
    private ApprovalRequest mine() throws WorkspaceProblem {
      for (ApprovalRequest request : earlier()) {
        if (request.state().open()) {
          return request;
        }
      }
      return opened.workspace().requestApproval(name(), statement, reason);
    }

    private StepResult ended(RunEvent end, String rule, String requestId) {
      return switch (end) {
        case RunEvent.Completed completed ->
            ended(
                State.RAN,
                rule,
                String.join(" ", completed.warnings()),
                requestId,
                completed.updateCount() >= 0 ? completed.updateCount() : completed.rows());
        case RunEvent.Failed failed ->
            ended(
                failed.problem().code().equals("execution-unknown_outcome")
                    ? State.UNKNOWN
                    : State.FAILED,
                rule,
                failed.problem().getMessage() + " " + failed.problem().wayOut(),
                requestId,
                -1);
        case RunEvent.Cancelled cancelled ->
            ended(State.FAILED, rule, "It was cancelled.", requestId, -1);
        case RunEvent.Refused refused ->
            ended(State.DENIED, rule, words(refused.decision().proof()), requestId, -1);
        case RunEvent.StateChanged open -> throw new IllegalStateException("Not an end.");
        case RunEvent.ColumnsKnown open -> throw new IllegalStateException("Not an end.");
        case RunEvent.Rows open -> throw new IllegalStateException("Not an end.");
      };
    }

    StepResult ended(State state, String rule, String message, String requestId, long rows) {
      return new StepResult(
          file,
          line,
          statement.text(),
          state,
          rule,
          message,
          requestId,
          rows,
          Duration.ofNanos(System.nanoTime() - started));
    }
  }

  private static String comments(ApprovalRequest request) {
    StringBuilder words = new StringBuilder();
    request
        .reviews()
        .forEach(
            review ->
                words
                    .append(' ')
                    .append(review.reviewer().displayName())
                    .append(": ")
                    .append(review.comment()));
    return words.toString();
  }

  private static String words(Proof proof) {
    return proof.reason()
        + proof.waysOut().stream().map(WayOut::label).findFirst().map(way -> " " + way).orElse("");
  }

  private static RunEvent await(Function<Consumer<RunEvent>, Run> start)
      throws InterruptedException {
    BlockingQueue<RunEvent> last = new ArrayBlockingQueue<>(1);
    Run run =
        start.apply(
            event -> {
              switch (event) {
                case RunEvent.StateChanged changed -> {}
                case RunEvent.ColumnsKnown known -> {}
                case RunEvent.Rows rows -> {}
                case RunEvent.Completed completed -> last.add(completed);
                case RunEvent.Refused refused -> last.add(refused);
                case RunEvent.Failed failed -> last.add(failed);
                case RunEvent.Cancelled cancelled -> last.add(cancelled);
              }
            });
    try {
      return last.take();
    } catch (InterruptedException e) {
      run.cancel();
      throw e;
    }
  }
}
