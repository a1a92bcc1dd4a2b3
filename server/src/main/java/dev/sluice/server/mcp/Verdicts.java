package dev.sluice.server.mcp;

import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decisions, requests and activity as plain objects.
final class Verdicts {

  private static final int LONGEST_STATEMENT = 4000;

  private Verdicts() {}

  static Map<String, Object> told(String connection, StatementVerdict verdict) {
    StatementAnalysis analysis = verdict.analysis();
    Decision decision = verdict.decision();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("sql", Untrusted.visible(analysis.statement().text(), LONGEST_STATEMENT));
    told.put("kind", analysis.kind());
    told.put("verdict", decision.word());
    told.put("rule", decision.proof().rule());
    told.put("reason", decision.proof().reason());
    told.put(
        "effects",
        analysis.effects().stream()
            .map(
                effect ->
                    Map.of(
                        "kind", effect.kind().name(),
                        "objects", effect.objects(),
                        "filtered", effect.filtered()))
            .toList());
    told.put("columns_touched", StatementEvents.touched(analysis));
    told.put("masked_columns", masks(StatementEvents.plan(decision).masks(), analysis));
    if (!(decision instanceof Decision.Allow)) {
      told.put("refusal", Refusals.of(connection, analysis, decision));
    }
    return told;
  }

  private static List<Map<String, Object>> masks(
      List<ColumnMask> masks, StatementAnalysis analysis) {
    return masks.stream()
        .map(
            mask -> {
              Map<String, Object> told = new LinkedHashMap<>();
              told.put("ordinal", mask.ordinal());
              if (mask.ordinal() < analysis.columns().size()) {
                told.put("name", analysis.columns().get(mask.ordinal()).name());
              }
              told.put("mask", mask.spec().algorithm());
              return told;
            })
        .toList();
  }

  static Map<String, Object> told(ApprovalRequest request) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("request_id", request.id());
    told.put("state", request.state().name());
    told.put("connection", request.capsule().connection());
    told.put("sql", Untrusted.visible(request.capsule().text(), LONGEST_STATEMENT));
    told.put("rules", request.ruleIds());
    told.put("decided_by", List.copyOf(request.approvers().anyOf()));
    told.put("people_needed", request.approvers().quorum());
    told.put(
        "reviews",
        request.reviews().stream()
            .map(
                review ->
                    Map.of(
                        "verdict", review.verdict().name(),
                        "by", review.reviewer().displayName(),
                        "comment", Untrusted.visible(review.comment(), 1000)))
            .toList());
    told.put("row_limit", request.rowCeiling());
    told.put("uses_left", request.usesLeft());
    told.put("decide_by", request.decideBy().toString());
    told.put("use_by", request.useBy().toString());
    return told;
  }

  static Map<String, Object> told(TimelinePage.Entry entry) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("at", entry.at().toString());
    told.put("title", entry.title());
    told.put("connection", entry.connection());
    told.put("verdict", entry.verdict());
    told.put("rule", entry.rule());
    told.put("sql", Untrusted.visible(entry.statement(), LONGEST_STATEMENT));
    told.put("detail", Untrusted.visible(entry.detail(), 1000));
    told.put("rows", entry.rows());
    told.put("milliseconds", entry.milliseconds());
    told.put("columns_masked", entry.columnsMasked());
    return told;
  }
}
