package dev.sluice.cli.run;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.CheckInput;
import dev.sluice.cli.check.StatementReport;
import dev.sluice.gateway.decision.MemoryBudget;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.Cancellation;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.execution.ExecutionRequest;
import dev.sluice.gateway.execution.GovernedExecutor;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Permit;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs one decided statement: intent into the journal, execution, outcome into the journal.
public final class StatementRun {

  private final GovernedExecutor executor;
  private final Journal journal;
  private final MemoryBudget budget;
  private final MaskKeys keys;
  private final int mostRows;

  public StatementRun(
      GovernedExecutor executor,
      Journal journal,
      MemoryBudget budget,
      MaskKeys keys,
      int mostRows) {
    this.executor = executor;
    this.journal = journal;
    this.budget = budget;
    this.keys = keys;
    this.mostRows = mostRows;
  }

  /// @return whether what follows on the line may run too
  boolean run(CheckInput input, StatementReport report, RunSession session, ObjectNode statement)
      throws BadInput, BackendFailure {
    Decision decision = report.decision().orElseThrow();
    String id = StatementEvents.newId();
    write(
        StatementEvents.intent(
            id,
            Instant.now(),
            input.actor(),
            input.connection().name(),
            report.analysis(),
            decision,
            "cli"));
    if (!(decision instanceof Decision.Allow allow)) {
      write(StatementEvents.notRun(id, Instant.now(), input.actor(), decision.word()));
      return false;
    }
    ExecutionOutcome outcome = execute(input, allow.permit(), session, statement);
    write(StatementEvents.outcome(id, Instant.now(), input.actor(), outcome));
    return outcome instanceof ExecutionOutcome.Completed;
  }

  private ExecutionOutcome execute(
      CheckInput input, Permit permit, RunSession session, ObjectNode statement)
      throws BackendFailure {
    budget.spend(permit.equalities());
    ResultJson result = new ResultJson(statement, mostRows);
    ExecutionRequest request =
        new ExecutionRequest(
            permit,
            input.catalog(),
            column ->
                input.policy().orElseThrow().sights().classified(input.connection().name(), column),
            keys);
    ExecutionOutcome outcome =
        executor.execute(request, session.backend(), result, new Cancellation());
    tell(outcome, result, statement);
    return outcome;
  }

  private static void tell(ExecutionOutcome outcome, ResultJson result, ObjectNode statement) {
    ArrayNode incidents = statement.putArray("incidents");
    switch (outcome) {
      case ExecutionOutcome.Completed completed -> {
        if (completed.updateCount() >= 0) {
          statement.put("update_count", completed.updateCount());
        }
        statement.put("truncated", completed.truncated() || result.isCut());
        ArrayNode warnings = statement.putArray("warnings");
        completed.warnings().forEach(warnings::add);
        completed.incidents().forEach(incident -> incidents.add(incident.detail()));
      }
      case ExecutionOutcome.Failed failed -> {
        statement.put("error", failed.message());
        statement.put("error_code", failed.code());
        statement.put("sqlstate", failed.sqlState());
        failed.position().ifPresent(position -> statement.put("error_position", position));
        failed.incidents().forEach(incident -> incidents.add(incident.detail()));
      }
      case ExecutionOutcome.Cancelled cancelled -> statement.put("error", "It was cancelled.");
    }
  }

  private void write(AuditEvent event) throws BadInput {
    try {
      journal.append(event);
    } catch (Journal.JournalProblem e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }
}
