package dev.sluice.gateway.workspace;

import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.codec.wire.ChangeSet;
import dev.sluice.governance.codec.wire.ChangeSetRun;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.StatementAnalysis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Has the server make changes that the policy allows, where the lent login only reads. Each is
/// decided here and noted in the journal first, as if it ran here. Once sent, it cannot be called
/// back.
final class ServerChanges {

  /// What the server is asked to make.
  ///
  /// @param id of the announcement
  /// @param expected rows it must affect, -1 for any number
  record Ready(String id, StatementAnalysis analysis, Decision.Allow allow, long expected) {}

  /// What the server takes in one call, in characters, with room for what stands beside the texts.
  private static final long MOST_TEXT = 700_000;

  private static final int BESIDE = 600;

  private final GovernedRun.Parts parts;
  private final ConnectionRoad road;
  private final Announcements announcements;

  ServerChanges(GovernedRun.Parts parts, ConnectionRoad road) {
    this.parts = parts;
    this.road = road;
    this.announcements = new Announcements(parts, road);
  }

  /// Decides all changes; sends them when all are allowed.
  ChangeOutcome make(List<PlannedChange> planned) throws WorkspaceProblem {
    if (planned.size() > ChangeSet.MOST) {
      throw new WorkspaceProblem(
          "too-many-changes",
          WorkspaceProblem.Blame.USER,
          "The server makes at most " + ChangeSet.MOST + " changes at once on this connection.",
          "Submit fewer at a time.");
    }
    CatalogSnapshot read = road.catalog(false);
    ReadyPolicy policy = parts.policies().on(road);
    CatalogSnapshot catalog = read.withFunctions(policy.bundle().functions());
    List<Ready> ready = new ArrayList<>();
    for (PlannedChange change : planned) {
      StatementAnalysis analysis =
          parts.core().analyzer().analyze(change.statement(), road.context().engine(), catalog);
      Decision decision =
          policy.engine().decide(announcements.request(analysis, catalog, false, Optional.empty()));
      String id = StatementEvents.newId();
      if (!(decision instanceof Decision.Allow allow)) {
        announcements.write(announcements.event(id, analysis, decision));
        announcements.write(
            StatementEvents.notRun(
                id, parts.clock().instant(), parts.client().me(), decision.word()));
        announcements.tellRefusal(id, analysis, decision, catalog);
        return new ChangeOutcome.Refused(analysis, decision);
      }
      ready.add(new Ready(id, analysis, allow, change.expected()));
    }
    requireSmall(ready);
    for (Ready each : ready) {
      announcements.write(announcements.event(each.id(), each.analysis(), each.allow()));
    }
    ChangeSetRun run = send(ready, catalog);
    return switch (run.state()) {
      case ChangeSetRun.COMPLETED -> new ChangeOutcome.Made(run.updateCounts());
      case ChangeSetRun.NOT_AS_EXPECTED ->
          new ChangeOutcome.NotAsExpected(run.at(), run.updateCounts().getLast());
      default -> throw problem(run);
    };
  }

  private static void requireSmall(List<Ready> ready) throws WorkspaceProblem {
    long text = 0;
    for (Ready each : ready) {
      text +=
          BESIDE
              + each.analysis().statement().text().length()
              + each.allow().permit().textToSend().length();
    }
    if (text > MOST_TEXT) {
      throw new WorkspaceProblem(
          "too-many-changes",
          WorkspaceProblem.Blame.USER,
          "This is more than the server takes in one transaction on this connection; nothing was"
              + " sent.",
          "Submit about " + Math.max(1, 100 * MOST_TEXT / text) + " % of it at a time.");
    }
  }

  /// Sends what was decided and noted already, and notes how it ended.
  ///
  /// @throws WorkspaceProblem when the server does not take it, or cannot be reached
  ChangeSetRun send(List<Ready> ready, CatalogSnapshot catalog) throws WorkspaceProblem {
    ChangeSetRun run;
    try {
      run =
          parts
              .client()
              .change(
                  new ChangeSet(
                      ready.stream()
                          .map(
                              each ->
                                  new ChangeSet.Change(
                                      announcements.intent(
                                          each.id(),
                                          each.analysis(),
                                          each.allow(),
                                          catalog,
                                          each.allow().permit().textToSend(),
                                          ""),
                                      each.expected()))
                          .toList()));
    } catch (WorkspaceProblem e) {
      for (Ready each : ready) {
        announcements.write(
            e.code().equals("server-unreachable")
                ? StatementEvents.unknown(each.id(), parts.clock().instant(), parts.client().me())
                : StatementEvents.notRun(
                    each.id(), parts.clock().instant(), parts.client().me(), e.code()));
      }
      throw e.code().equals("server-unreachable") ? answerLost() : e;
    }
    for (int at = 0; at < ready.size(); at++) {
      note(ready.get(at).id(), run, at);
    }
    if (changesSchema(ready)) {
      road.forgetCatalog();
    }
    return run;
  }

  private void note(String id, ChangeSetRun run, int at) throws WorkspaceProblem {
    announcements.write(
        switch (run.state()) {
          case ChangeSetRun.COMPLETED ->
              StatementEvents.outcome(
                  id,
                  parts.clock().instant(),
                  parts.client().me(),
                  new ExecutionOutcome.Completed(
                      run.updateCounts().get(at),
                      run.rows().size(),
                      run.truncated(),
                      Duration.ZERO,
                      Duration.ofMillis(run.milliseconds()),
                      run.warnings(),
                      List.of()));
          case ChangeSetRun.UNKNOWN ->
              StatementEvents.unknown(id, parts.clock().instant(), parts.client().me());
          default ->
              StatementEvents.outcome(
                  id,
                  parts.clock().instant(),
                  parts.client().me(),
                  new ExecutionOutcome.Failed(
                      run.code(),
                      run.sqlState(),
                      run.message(),
                      OptionalInt.empty(),
                      run.wayOut(),
                      0,
                      List.of()));
        });
  }

  private static boolean changesSchema(List<Ready> ready) {
    return ready.stream()
        .flatMap(each -> each.analysis().effects().stream())
        .anyMatch(
            effect ->
                effect.kind() == EffectKind.CREATE
                    || effect.kind() == EffectKind.ALTER
                    || effect.kind() == EffectKind.DROP
                    || effect.kind() == EffectKind.RENAME);
  }

  /// Why a set did not take effect, for people.
  static WorkspaceProblem problem(ChangeSetRun run) {
    return new WorkspaceProblem(
        run.code(),
        run.code().equals("database-error")
            ? WorkspaceProblem.Blame.USER
            : WorkspaceProblem.Blame.DATABASE,
        run.message(),
        run.wayOut(),
        run.sqlState());
  }

  private static WorkspaceProblem answerLost() {
    return new WorkspaceProblem(
        "outcome-unknown",
        WorkspaceProblem.Blame.INTERNAL,
        "The server did not answer; nobody here knows whether it made the change.",
        "Look in your timeline or at the data once the server is back, before you run it again.");
  }
}
