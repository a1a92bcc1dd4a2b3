package dev.sluice.gateway.workspace;

import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.Journal.JournalProblem;
import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.util.List;
import java.util.Optional;

/// Who asks for a statement, and what the journal and the server are told of it before it runs.
final class Announcements {

  private final GovernedRun.Parts parts;
  private final ConnectionRoad road;

  Announcements(GovernedRun.Parts parts, ConnectionRoad road) {
    this.parts = parts;
    this.road = road;
  }

  Actor me(StatementText statement) {
    return parts.origin().asking(parts.client().me(), statement.text());
  }

  DecisionRequest request(
      StatementAnalysis analysis,
      CatalogSnapshot catalog,
      boolean inTransaction,
      Optional<Grant> grant) {
    return new DecisionRequest(
        analysis,
        catalog,
        me(analysis.statement()),
        road.context(),
        parts.clock().instant(),
        parts.origin().word(),
        "",
        inTransaction,
        0,
        List.of(),
        grant,
        parts.unmasked().checked());
  }

  AuditEvent event(String id, StatementAnalysis analysis, Decision decision) {
    return StatementEvents.intent(
        id,
        parts.clock().instant(),
        me(analysis.statement()),
        road.context().name(),
        analysis,
        decision,
        parts.origin().word());
  }

  /// @param printed what will be sent, empty when nothing will
  /// @param lease empty when it runs under none
  StatementIntent intent(
      String id,
      StatementAnalysis analysis,
      Decision decision,
      CatalogSnapshot catalog,
      String printed,
      String lease) {
    return new StatementIntent(
        id,
        id,
        road.context().name(),
        analysis.statement().text(),
        printed,
        List.of(),
        parts.origin().word(),
        me(analysis.statement()).labels(),
        decision.word(),
        decision.proof().rule(),
        decision.proof().reason(),
        decision.proof().policyVersion(),
        catalog.fingerprint(),
        StatementEvents.touched(analysis),
        StatementEvents.masked(StatementEvents.plan(decision)),
        lease,
        parts.clock().instant(),
        parts.client().lastSeen());
  }

  /// Writes into the journal of this machine; nothing runs before that.
  void write(AuditEvent event) throws WorkspaceProblem {
    write(parts.journal(), event);
  }

  private static void write(Journal journal, AuditEvent event) throws WorkspaceProblem {
    try {
      journal.append(event);
    } catch (JournalProblem e) {
      throw new WorkspaceProblem(
          "journal-unwritable",
          WorkspaceProblem.Blame.INTERNAL,
          "The journal on this machine cannot be written, so nothing runs.",
          "Make room on the disk, or give this program access to its folder again.");
    }
  }

  /// A refusal stands whether the server hears of it now or not.
  void tellRefusal(
      String id, StatementAnalysis analysis, Decision decision, CatalogSnapshot catalog) {
    if (road.isOwn()) {
      return;
    }
    try {
      parts.client().intent(intent(id, analysis, decision, catalog, "", ""));
    } catch (WorkspaceProblem e) {
      // The journal has it.
    }
  }
}
