package dev.sluice.server.mcp;

import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// One agent session at work: its workspace, what it may still spend, and what it was refused
/// lately. Answers are objects; nothing is decided here that the workspace does not decide.
public final class AgentDesk implements AutoCloseable {

  private static final int MOST_TABLES = 200;
  private static final int REMEMBERED = 50;

  private final Workspace workspace;
  private final AgentBudget budget;
  private final CallRecorder recorder;
  private final RowsListener listener;
  private final Set<Run> running = ConcurrentHashMap.newKeySet();
  private volatile String stopped = "";
  private final Map<String, Map<String, Object>> refusals =
      java.util.Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Map<String, Object>> eldest) {
              return size() > REMEMBERED;
            }
          });

  /// Writes down a call that was refused before it came to a statement.
  @FunctionalInterface
  public interface CallRecorder {
    /// @param code such as `bad-arguments`, `budget-exhausted`
    /// @param reason one sentence, without values of the call
    void refused(String tool, String code, String reason);
  }

  /// Shows an agent's owner what the agent got.
  @FunctionalInterface
  interface RowsListener {
    /// @param correlation of the statement
    /// @param rows values as words, masked
    void got(String correlation, List<String> columns, List<List<String>> rows);
  }

  /// @param workspace of an agent; closed with this
  public AgentDesk(Workspace workspace, AgentLimits limits, CallRecorder recorder) {
    this(workspace, new AgentBudget(limits), recorder, (correlation, columns, rows) -> {});
  }

  /// @param budget of the session, which may have had another workspace before
  AgentDesk(Workspace workspace, AgentBudget budget, CallRecorder recorder, RowsListener listener) {
    this.workspace = workspace;
    this.budget = budget;
    this.recorder = recorder;
    this.listener = listener;
  }

  /// Somebody ended the session: what runs is cancelled, and nothing more begins.
  ///
  /// @param reason one sentence, for the agent
  public void stop(String reason) {
    stopped = reason;
    running.forEach(Run::cancel);
  }

  /// One call on its way.
  ///
  /// @param onCancel takes what stops it
  /// @param progress rows so far, and a word
  record Call(Consumer<Runnable> onCancel, BiConsumer<Long, String> progress) {}

  CallRecorder recorder() {
    return recorder;
  }

  Optional<Answer> refuseCall(String tool) {
    return stopped.isEmpty()
        ? budget.call().map(reason -> exhausted(tool, reason))
        : Optional.of(stopped());
  }

  private Answer stopped() {
    return refused(
        Refusals.plain(
            "session-ended",
            "",
            stopped,
            "Stop here. Whoever you act for sees what you did and decides how it goes on."));
  }

  private Answer exhausted(String tool, String reason) {
    recorder.refused(tool, "budget-exhausted", reason);
    return refused(
        Refusals.plain(
            "budget-exhausted",
            "session-budget",
            reason,
            "Stop here and tell your owner what you found; a new session has a new budget."));
  }

  /// A refusal that can be asked about later.
  Answer refused(Map<String, Object> refusal) {
    Map<String, Object> numbered = new LinkedHashMap<>();
    String id = "refusal-" + (refusals.size() + 1) + "-" + Integer.toHexString(refusal.hashCode());
    numbered.put("refusal_id", id);
    numbered.putAll(refusal);
    refusals.put(id, numbered);
    return Answer.refusal(numbered);
  }

  Answer connections() throws WorkspaceProblem {
    List<Map<String, Object>> all = new ArrayList<>();
    for (WorkspaceConnection connection : workspace.connections()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("name", connection.context().name());
      told.put("environment", connection.context().environment());
      told.put("engine", connection.context().engine().id());
      told.put("ring", connection.context().ring());
      told.put("owner", connection.owner());
      told.put("what_could_go_wrong", connection.whatCouldGoWrong());
      all.add(told);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("acting_as", workspace.me().principal().displayName());
    workspace.me().onBehalfOf().ifPresent(owner -> answer.put("on_behalf_of", owner.displayName()));
    answer.put("connections", all);
    answer.put("budget", budget.left());
    return Answer.of(answer);
  }

  Answer schema(String connection, Optional<String> table) throws WorkspaceProblem {
    Map<ColumnRef, ColumnGovernance> governed = new HashMap<>();
    workspace.columnGovernance(connection).forEach(each -> governed.put(each.column(), each));
    List<Map<String, Object>> tables = new ArrayList<>();
    boolean cut = false;
    for (Relation relation : workspace.catalog(connection, false).relations()) {
      boolean wanted =
          table.isEmpty()
              || relation.ref().name().equalsIgnoreCase(table.get())
              || relation.ref().dotted().equalsIgnoreCase(table.get());
      if (wanted && tables.size() >= MOST_TABLES) {
        cut = true;
      } else if (wanted) {
        tables.add(table(relation, governed));
      }
    }
    if (tables.isEmpty() && table.isPresent()) {
      return refused(
          Refusals.plain(
              "unknown-table",
              "",
              "There is no such table on \"" + connection + "\".",
              "Call describe_schema without a table to see which there are."));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("connection", connection);
    answer.put("tables", tables);
    answer.put("truncated", cut);
    return Answer.data(answer);
  }

  private static Map<String, Object> table(
      Relation relation, Map<ColumnRef, ColumnGovernance> governed) {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (CatalogColumn column : relation.columns()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("name", Untrusted.visible(column.name(), 200));
      told.put("type", column.type());
      ColumnGovernance governance = governed.get(new ColumnRef(relation.ref(), column.name()));
      told.put("masked", governance != null && !governance.exempt());
      if (governance != null) {
        told.put("tag", governance.tag());
        told.put("mask", governance.algorithm());
        told.put("why", governance.whoMaySee());
      }
      if (!column.comment().isEmpty()) {
        told.put("comment", Untrusted.visible(column.comment(), 400));
      }
      columns.add(told);
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", Untrusted.visible(relation.ref().dotted(), 400));
    told.put("kind", relation.kind().name().toLowerCase(Locale.ROOT));
    told.put("estimated_rows", relation.estimatedRows());
    told.put("primary_key", relation.primaryKey());
    told.put("columns", columns);
    return told;
  }

  Answer check(String connection, String sql) throws WorkspaceProblem {
    List<Map<String, Object>> statements = new ArrayList<>();
    for (StatementVerdict verdict : workspace.decide(connection, sql)) {
      statements.add(Verdicts.told(connection, verdict));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ran", false);
    answer.put("statements", statements);
    return Answer.of(answer);
  }

  Answer query(Call call, String connection, String sql, int mostRows)
      throws WorkspaceProblem, InterruptedException {
    StatementText statement = one(connection, sql);
    return run(
        call,
        "query",
        connection,
        mostRows,
        collector -> workspace.run(connection, statement, collector));
  }

  Answer runApproved(Call call, String requestId, int mostRows)
      throws WorkspaceProblem, InterruptedException {
    return run(
        call,
        "run_approved",
        "",
        mostRows,
        collector -> workspace.runApproved(requestId, collector));
  }

  private Answer run(
      Call call, String tool, String connection, int mostRows, Function<RunCollector, Run> starter)
      throws InterruptedException {
    Optional<String> spent = budget.query();
    if (spent.isPresent()) {
      return exhausted(tool, spent.get());
    }
    RunCollector collector =
        new RunCollector(
            (int) Math.min(mostRows, budget.rowsLeft()), budget.bytesLeft(), call.progress());
    Run run = starter.apply(collector);
    running.add(run);
    Optional<RunEvent> last;
    try {
      call.onCancel().accept(run::cancel);
      if (!stopped.isEmpty()) {
        run.cancel();
      }
      last = collector.await(run, budget.timeLeft());
    } finally {
      running.remove(run);
    }
    budget.spent(collector.rows().size(), collector.bytes(), collector.ran());
    if (!stopped.isEmpty() && !(last.orElse(null) instanceof RunEvent.Completed)) {
      return stopped();
    }
    if (last.isEmpty()) {
      return exhausted(tool, "The statement took longer than this session's statements may.");
    }
    return switch (last.get()) {
      case RunEvent.Completed completed -> completed(completed, collector);
      case RunEvent.Refused refused ->
          refused(Refusals.of(connection, refused.analysis(), refused.decision()));
      case RunEvent.Failed failed -> refused(Refusals.of(failed.problem()));
      case RunEvent.Cancelled cancelled ->
          refused(
              Refusals.plain(
                  "cancelled", "", "The statement was cancelled.", "Run it again if needed."));
      case RunEvent.StateChanged open -> throw new IllegalStateException("Not an end.");
      case RunEvent.ColumnsKnown open -> throw new IllegalStateException("Not an end.");
      case RunEvent.Rows open -> throw new IllegalStateException("Not an end.");
    };
  }

  private Answer completed(RunEvent.Completed completed, RunCollector collector) {
    Map<String, Object> answer = new LinkedHashMap<>();
    listener.got(completed.eventId(), collector.names(), collector.words());
    answer.put("columns", collector.columns());
    answer.put("rows", collector.rows());
    answer.put("truncated", completed.truncated() || collector.isCut());
    answer.put("update_count", completed.updateCount());
    answer.put("milliseconds", completed.total().toMillis());
    answer.put("warnings", completed.warnings());
    answer.put("event_id", completed.eventId());
    answer.put("budget", budget.left());
    return Answer.data(answer);
  }

  Answer requestApproval(String connection, String sql, String reason) throws WorkspaceProblem {
    return Answer.of(
        Verdicts.told(workspace.requestApproval(connection, one(connection, sql), reason)));
  }

  Answer approvals(Optional<String> id) throws WorkspaceProblem {
    List<Map<String, Object>> mine = new ArrayList<>();
    for (ApprovalRequest request : workspace.myRequests()) {
      if (id.isEmpty() || request.id().equals(id.get())) {
        mine.add(Verdicts.told(request));
      }
    }
    if (mine.isEmpty() && id.isPresent()) {
      return refused(
          Refusals.plain(
              "not-found",
              "",
              "You have no such request.",
              "Call approval_status without an id to see yours."));
    }
    return Answer.of(Map.of("requests", mine));
  }

  Answer explain(Optional<String> refusalId, Optional<String> connection, Optional<String> sql)
      throws WorkspaceProblem, BadArguments {
    if (refusalId.isPresent()) {
      Map<String, Object> known = refusals.get(refusalId.get());
      return known == null
          ? refused(
              Refusals.plain(
                  "not-found",
                  "",
                  "This session has no such refusal.",
                  "Give connection and sql to have a statement explained."))
          : Answer.of(Map.of("explanations", List.of(known)));
    }
    if (connection.isEmpty() || sql.isEmpty()) {
      throw new BadArguments("Give refusal_id, or connection and sql.");
    }
    List<Map<String, Object>> all = new ArrayList<>();
    for (StatementVerdict verdict : workspace.decide(connection.get(), sql.get())) {
      if (verdict.decision() instanceof Decision.Allow) {
        all.add(Map.of("code", "allowed", "reason", verdict.decision().proof().reason()));
      } else {
        all.add(Refusals.of(connection.get(), verdict.analysis(), verdict.decision()));
      }
    }
    return Answer.of(Map.of("explanations", all));
  }

  Answer activity(String text, int limit) throws WorkspaceProblem {
    TimelinePage page = workspace.timeline(new TimelineQuery(text, Long.MAX_VALUE, limit));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("entries", page.entries().stream().map(Verdicts::told).toList());
    answer.put("more", page.more());
    answer.put("budget", budget.left());
    return Answer.data(answer);
  }

  Workspace workspace() {
    return workspace;
  }

  private StatementText one(String connection, String sql) throws WorkspaceProblem {
    for (WorkspaceConnection each : workspace.connections()) {
      if (each.context().name().equals(connection)) {
        List<StatementText> statements = SqlScript.cut(sql, each.context().engine()).statements();
        if (statements.size() != 1) {
          throw new WorkspaceProblem(
              "one-statement",
              WorkspaceProblem.Blame.USER,
              "The text holds " + statements.size() + " statements; one at a time runs.",
              "Send the statements one by one.");
        }
        return statements.getFirst();
      }
    }
    throw new WorkspaceProblem(
        "unknown-connection",
        WorkspaceProblem.Blame.USER,
        "There is no such connection for you.",
        "Choose one from list_connections.");
  }

  @Override
  public void close() {
    workspace.close();
  }
}
