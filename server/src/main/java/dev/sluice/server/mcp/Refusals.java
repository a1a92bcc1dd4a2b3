package dev.sluice.server.mcp;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refusals in a form that a program can act on: code, rule, reason, span, ways out, and how to ask
/// the people who can lift it.
final class Refusals {

  private Refusals() {}

  /// Of a statement that was decided; nothing for one that is allowed.
  static Map<String, Object> of(String connection, StatementAnalysis analysis, Decision decision) {
    Proof proof = decision.proof();
    boolean asks = decision instanceof Decision.NeedsApproval;
    Map<String, Object> refusal = new LinkedHashMap<>();
    refusal.put(
        "code",
        asks ? "needs-approval" : analysis.refusals().isEmpty() ? "denied" : "not-understood");
    refusal.put("rule", proof.rule());
    refusal.put("rules", proof.rules());
    refusal.put("reason", proof.reason());
    String text = analysis.statement().text();
    refusal.put("span", span(text, firstSpan(analysis, proof)));
    List<Object> ways = new ArrayList<>();
    proof.waysOut().forEach(way -> ways.add(way(text, way)));
    for (Refusal each : analysis.refusals()) {
      ways.add(Map.of("kind", "advice", "label", each.wayOut()));
    }
    refusal.put("ways_out", ways);
    refusal.put("how_to_request", asks ? howTo(connection, text, approvers(decision)) : null);
    refusal.put("policy_version", proof.policyVersion());
    return refusal;
  }

  private static ApproverRule approvers(Decision decision) {
    return ((Decision.NeedsApproval) decision).approvers();
  }

  /// Of something around a statement.
  static Map<String, Object> of(WorkspaceProblem problem) {
    return plain(problem.code(), "", String.valueOf(problem.getMessage()), problem.wayOut());
  }

  static Map<String, Object> plain(String code, String rule, String reason, String wayOut) {
    Map<String, Object> refusal = new LinkedHashMap<>();
    refusal.put("code", code);
    refusal.put("rule", rule);
    refusal.put("rules", List.of());
    refusal.put("reason", reason);
    refusal.put("span", null);
    refusal.put("ways_out", List.of(Map.of("kind", "advice", "label", wayOut)));
    refusal.put("how_to_request", null);
    return refusal;
  }

  private static Optional<Span> firstSpan(StatementAnalysis analysis, Proof proof) {
    return proof.spans().stream()
        .findFirst()
        .or(() -> analysis.refusals().stream().map(Refusal::span).findFirst());
  }

  private static @Nullable Object span(String text, Optional<Span> span) {
    if (span.isEmpty() || span.get().end() > text.length()) {
      return null;
    }
    int start = span.get().start();
    int end = span.get().end();
    String before = text.substring(0, start);
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("start", start);
    place.put("end", end);
    place.put("line", (int) before.chars().filter(c -> c == '\n').count() + 1);
    place.put("column", start - (before.lastIndexOf('\n') + 1) + 1);
    place.put("text", Untrusted.visible(text.substring(start, end), 200));
    return place;
  }

  private static Map<String, Object> way(String text, WayOut way) {
    Map<String, Object> told = new LinkedHashMap<>();
    switch (way) {
      case WayOut.Fix fix -> {
        told.put("kind", "fix");
        told.put("label", fix.label());
        if (fix.span().end() <= text.length()) {
          told.put(
              "sql",
              text.substring(0, fix.span().start())
                  + fix.replacement()
                  + text.substring(fix.span().end()));
        }
      }
      case WayOut.AskApproval ask -> {
        told.put("kind", "ask-approval");
        told.put("label", ask.label());
      }
      case WayOut.OtherConnection other -> {
        told.put("kind", "other-connection");
        told.put("label", other.label());
        told.put("connection", other.connection());
      }
      case WayOut.Advice advice -> {
        told.put("kind", "advice");
        told.put("label", advice.label());
      }
    }
    return told;
  }

  private static Map<String, Object> howTo(
      String connection, String statement, ApproverRule approvers) {
    Map<String, Object> how = new LinkedHashMap<>();
    how.put("tool", "request_approval");
    how.put(
        "arguments",
        Map.of(
            "connection",
            connection,
            "sql",
            statement,
            "reason",
            "(why it is needed, for the person who decides)"));
    how.put("decided_by", List.copyOf(approvers.anyOf()));
    how.put("people_needed", approvers.quorum());
    how.put("note", "Only a person can approve it. You may ask, wait and then run it once.");
    return how;
  }
}
