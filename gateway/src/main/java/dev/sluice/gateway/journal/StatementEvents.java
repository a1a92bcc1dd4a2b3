package dev.sluice.gateway.journal;

import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.execution.Incident;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The events of one statement on its way.
public final class StatementEvents {

  private static final SecureRandom RANDOM = new SecureRandom();

  private StatementEvents() {}

  /// 128 random bits in hex.
  public static String newId() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// What is about to happen with a statement.
  ///
  /// @param id of the event; also the correlation of what follows
  public static AuditEvent intent(
      String id,
      Instant at,
      Actor actor,
      String connection,
      StatementAnalysis analysis,
      Decision decision,
      String origin) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("connection", connection);
    fields.put("statement", analysis.statement().text());
    fields.put("sent", sent(decision));
    fields.put("verdict", decision.word());
    fields.put("rule", decision.proof().rule());
    fields.put("reason", decision.proof().reason());
    fields.put("policy", decision.proof().policyVersion());
    fields.put("columns-touched", touched(analysis));
    fields.put("columns-masked", masked(plan(decision)));
    fields.put("origin", origin);
    fields.put("labels", actor.labels());
    return event(id, Journal.INTENT, at, actor, id, fields);
  }

  /// How it ended.
  public static AuditEvent outcome(
      String intentId, Instant at, Actor actor, ExecutionOutcome outcome) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("state", state(outcome));
    fields.put("rows", rows(outcome));
    fields.put("error", error(outcome));
    fields.put("incidents", incidents(outcome).stream().map(Incident::detail).toList());
    return event(newId(), Journal.OUTCOME, at, actor, intentId, fields);
  }

  /// An outcome that nobody knows: the process ended between intent and outcome.
  public static AuditEvent unknown(String intentId, Instant at, Actor actor) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("state", "unknown");
    fields.put("rows", -1L);
    fields.put("error", "");
    return event(newId(), Journal.OUTCOME, at, actor, intentId, fields);
  }

  /// A statement that did not run.
  public static AuditEvent notRun(String intentId, Instant at, Actor actor, String why) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("state", "not-run");
    fields.put("rows", -1L);
    fields.put("error", why);
    return event(newId(), Journal.OUTCOME, at, actor, intentId, fields);
  }

  /// A call that was refused before it came to a statement.
  public static AuditEvent refusedCall(
      String id, Instant at, Actor actor, String tool, String code, String reason) {
    return event(
        id, "call.refused", at, actor, id, Map.of("tool", tool, "code", code, "reason", reason));
  }

  private static AuditEvent event(
      String id,
      String kind,
      Instant at,
      Actor actor,
      String correlation,
      Map<String, Object> fields) {
    return new AuditEvent(
        id, kind, 1, at, actor.principal().key(), actor.kind(), correlation, fields);
  }

  private static String sent(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> allow.permit().textToSend();
      case Decision.NeedsApproval asked -> "";
      case Decision.Deny deny -> "";
    };
  }

  /// The plan of a decision; none for a denial.
  public static MaskingPlan plan(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> allow.permit().plan();
      case Decision.NeedsApproval asked -> asked.plan();
      case Decision.Deny deny -> MaskingPlan.none();
    };
  }

  /// Dotted names of all base columns that a statement reads or uses.
  public static List<String> touched(StatementAnalysis analysis) {
    TreeSet<String> names = new TreeSet<>();
    Stream.concat(
            analysis.columns().stream().flatMap(column -> column.sources().stream()),
            analysis.uses().stream().flatMap(use -> use.sources().stream()))
        .map(ColumnRef::dotted)
        .forEach(names::add);
    return List.copyOf(names);
  }

  /// Dotted names of the classified columns that a plan masks.
  public static List<String> masked(MaskingPlan plan) {
    TreeSet<String> names = new TreeSet<>();
    plan.masks()
        .forEach(mask -> mask.sensitiveSources().forEach(column -> names.add(column.dotted())));
    return List.copyOf(names);
  }

  /// `completed`, `failed` or `cancelled`.
  public static String state(ExecutionOutcome outcome) {
    return switch (outcome) {
      case ExecutionOutcome.Completed completed -> "completed";
      case ExecutionOutcome.Failed failed -> "failed";
      case ExecutionOutcome.Cancelled cancelled -> "cancelled";
    };
  }

  /// Rows affected or delivered.
  public static long rows(ExecutionOutcome outcome) {
    return switch (outcome) {
      case ExecutionOutcome.Completed completed ->
          completed.updateCount() >= 0 ? completed.updateCount() : completed.rows();
      case ExecutionOutcome.Failed failed -> failed.rowsDelivered();
      case ExecutionOutcome.Cancelled cancelled -> cancelled.rowsDelivered();
    };
  }

  /// SQLSTATE or our code; empty when it went well.
  public static String error(ExecutionOutcome outcome) {
    return switch (outcome) {
      case ExecutionOutcome.Completed completed -> "";
      case ExecutionOutcome.Failed failed ->
          failed.sqlState().isEmpty() ? failed.code() : failed.sqlState();
      case ExecutionOutcome.Cancelled cancelled -> "";
    };
  }

  private static List<Incident> incidents(ExecutionOutcome outcome) {
    return switch (outcome) {
      case ExecutionOutcome.Completed completed -> completed.incidents();
      case ExecutionOutcome.Failed failed -> failed.incidents();
      case ExecutionOutcome.Cancelled cancelled -> List.of();
    };
  }
}
