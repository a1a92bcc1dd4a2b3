package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalEvent;
import dev.sluice.governance.approval.ApprovalMachine;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.approval.Transition;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.NewExport;
import dev.sluice.governance.codec.wire.NewReview;
import dev.sluice.governance.codec.wire.NewUnmask;
import dev.sluice.governance.policy.BreakGlasses;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Exporting;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.Unmasking;
import dev.sluice.server.ApprovalProblems;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.Judge;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Requests that are not to run one statement, or do not wait: unmasking, exports, emergencies, and
/// asking again for what was asked before. They take the same road as all others.
public final class SpecialRequests {

  private final Store store;
  private final Approvals approvals;
  private final Judge judge;
  private final Policies policies;
  private final InstantSource clock;

  public SpecialRequests(
      Store store, Approvals approvals, Judge judge, Policies policies, InstantSource clock) {
    this.store = store;
    this.approvals = approvals;
    this.judge = judge;
    this.policies = policies;
    this.clock = clock;
  }

  /// Asks those whom the policy names to lift masks for whoever asks.
  public ApprovalRequest unmask(Session session, NewUnmask wanted) {
    Approvals.checkWords(wanted.reason());
    PolicyBundle bundle = policies.inForce().loaded().bundle();
    ConnectionContext connection = judge.context(wanted.connection());
    var catalog = judge.catalog(wanted.connection(), true);
    Unmasking.Answer answer =
        Unmasking.of(bundle, wanted.connection(), catalog, session.actor(), wanted.columns());
    Unmasking.Answer.Possible possible =
        switch (answer) {
          case Unmasking.Answer.Possible found -> found;
          case Unmasking.Answer.Refused refused ->
              throw ApprovalProblems.refused(refused.code(), refused.why(), refused.wayOut());
        };
    if (wanted.minutes() < 1 || wanted.minutes() > possible.longest().toMinutes()) {
      throw ApprovalProblems.unmaskTooLong(possible.longest().toMinutes() + " minutes");
    }
    Right.Unmask right =
        new Right.Unmask(possible.columns().keySet(), Duration.ofMinutes(wanted.minutes()));
    Instant now = clock.instant();
    ApprovalRequest request =
        Approvals.moved(
            ApprovalMachine.open(
                Ids.next(),
                session.actor(),
                Unmasking.capsule(possible, right, connection, catalog, bundle.version()),
                possible.columns().values().stream()
                    .flatMap(java.util.Set::stream)
                    .distinct()
                    .map(tag -> "mask:" + tag)
                    .toList(),
                possible.approvers(),
                wanted.reason(),
                right,
                now));
    return approvals.keepNew(session, request, now);
  }

  /// Asks those whom the policy names to let more rows of a statement leave. Once they agree the
  /// server runs it, and the rows leave masked.
  public ApprovalRequest export(Session session, NewExport wanted) {
    Approvals.checkWords(wanted.reason());
    if (wanted.rows() < 1) {
      throw Problems.malformed("An export has at least one row.");
    }
    Judge.Judgement judgement =
        judge.judge(
            session.actor(),
            wanted.connection(),
            wanted.statement(),
            wanted.binds(),
            "server",
            true,
            Optional.empty());
    Exporting.Answer.Possible possible =
        switch (Exporting.of(
            judgement.policy().loaded().bundle(),
            judgement.request(),
            judgement.decision(),
            wanted.rows())) {
          case Exporting.Answer.Possible found -> found;
          case Exporting.Answer.Refused refused ->
              throw ApprovalProblems.refused(refused.code(), refused.why(), refused.wayOut());
        };
    Instant now = clock.instant();
    return approvals.keepNew(
        session,
        Approvals.moved(
            ApprovalMachine.open(
                Ids.next(),
                session.actor(),
                possible.capsule(),
                possible.rules(),
                possible.approvers(),
                wanted.reason(),
                new Right.Export(wanted.rows()),
                now)),
        now);
  }

  /// Goes ahead without approval where the policy allows it; tells everybody who was skipped.
  public ApprovalRequest breakGlass(Session session, String id, String reason) {
    Approvals.checkWords(reason);
    ApprovalRequest known = approvals.find(session, id);
    Optional<PolicyBundle.BreakGlass> terms =
        BreakGlasses.terms(
            policies.inForce().loaded().bundle(),
            session.actor(),
            judge.context(known.capsule().connection()),
            clock.instant());
    return approvals.change(
        session,
        id,
        handle ->
            new ApprovalEvent.GlassBroken(
                session.actor(),
                reason,
                terms.isPresent(),
                ApprovalTables.owesReview(handle, session.principalKey()),
                terms.map(PolicyBundle.BreakGlass::maxDuration).orElse(Duration.ZERO),
                terms.map(PolicyBundle.BreakGlass::reviewWithin).orElse(Duration.ZERO)),
        "approval.emergency",
        Map.of("reason", reason, "verdict", "emergency"));
  }

  /// Somebody else's look at an emergency afterwards.
  public ApprovalRequest reviewEmergency(Session session, String id, NewReview word) {
    Approvals.checkWords(word.comment());
    Review review =
        new Review(session.actor().principal(), word.verdict(), word.comment(), clock.instant());
    return approvals.change(
        session,
        id,
        handle ->
            new ApprovalEvent.EmergencyReviewed(
                review, session.actor(), approvals.awayFor(session)),
        "approval.emergency-reviewed",
        Map.of("verdict", word.verdict().name(), "comment", word.comment()));
  }

  /// The same as an earlier request of one's own, decided anew: "same as last month". Nothing of
  /// the earlier approval is inherited: it is judged under today's policy and schema, and waits.
  public ApprovalRequest repeat(Session session, String id, String reason) {
    ApprovalRequest earlier = approvals.find(session, id);
    if (!earlier.requester().principal().isSameAs(session.actor().principal())) {
      throw Problems.refused(
          new Transition.Refused(
              "not-yours",
              "Only the one who asked can ask for the same again.",
              "Make a request of your own for the same statement."));
    }
    String words = reason.isBlank() ? earlier.reason() : reason;
    Capsule capsule = earlier.capsule();
    return switch (earlier.right()) {
      case Right.Run run ->
          approvals.request(
              session,
              new NewApproval(
                  capsule.connection(),
                  capsule.text(),
                  capsule.binds(),
                  words,
                  "window",
                  Map.of()));
      case Right.Export export ->
          export(
              session,
              new NewExport(
                  capsule.connection(), capsule.text(), capsule.binds(), export.rows(), words));
      case Right.Unmask lifted ->
          unmask(
              session,
              new NewUnmask(
                  capsule.connection(),
                  lifted.columns().stream().map(ColumnRef::dotted).toList(),
                  lifted.lasts().toMinutes(),
                  words));
    };
  }

  /// Emergencies that this person could review, oldest first.
  List<ApprovalRequest> owed(Session session) {
    return store.read(ApprovalTables::owed).stream()
        .filter(request -> approvals.visible(request, session.actor()))
        .toList();
  }
}
