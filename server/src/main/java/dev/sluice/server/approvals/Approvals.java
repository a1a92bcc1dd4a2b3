package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalEvent;
import dev.sluice.governance.approval.ApprovalMachine;
import dev.sluice.governance.approval.ApprovalRefusals;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Conditions;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.approval.Transition;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.ConditionalApproval;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.NewReview;
import dev.sluice.governance.codec.wire.Push;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.Capsules;
import dev.sluice.server.execution.Judge;
import dev.sluice.server.execution.Judge.Judgement;
import dev.sluice.server.execution.Labelled;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.push.Outbox;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Requests: opening, reading, deciding, taking back, expiring. Running is [ApprovedRuns].
public final class Approvals {

  private static final int SHOWN = 200;
  private static final int LATELY = 30;
  private static final int LONGEST_WORDS = 4000;

  private final Store store;
  private final Ledger ledger;
  private final Judge judge;
  private final Delegates delegates;
  private final InstantSource clock;

  public Approvals(
      Store store, Ledger ledger, Judge judge, Delegates delegates, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.judge = judge;
    this.delegates = delegates;
    this.clock = clock;
  }

  /// Opens a request for a statement that, by the server's own decision, needs approval.
  public ApprovalRequest request(Session session, NewApproval wanted) {
    checkWords(wanted.reason());
    Actor requester = Labelled.actor(session.actor(), wanted.labels(), wanted.statement());
    Judgement judgement =
        judge.judge(
            requester,
            wanted.connection(),
            wanted.statement(),
            wanted.binds(),
            wanted.origin(),
            true,
            Optional.empty());
    Decision.NeedsApproval decision =
        switch (judgement.decision()) {
          case Decision.NeedsApproval needsApproval -> needsApproval;
          case Decision.Allow allow -> throw Problems.approvalNotNeeded();
          case Decision.Deny deny ->
              throw Problems.decision(
                  "denied",
                  deny.proof().reason(),
                  deny.proof().waysOut().stream()
                      .map(WayOut::label)
                      .findFirst()
                      .orElse("Ask the connection's owner what can be done."));
        };
    Instant now = clock.instant();
    Transition opened =
        ApprovalMachine.open(
            Ids.next(),
            requester,
            Capsules.of(judgement, decision),
            decision.proof().rules(),
            decision.approvers(),
            wanted.reason(),
            now);
    return keepNew(session, moved(opened), now);
  }

  /// Keeps a request that was just opened and tells whoever may decide it.
  ApprovalRequest keepNew(Session session, ApprovalRequest request, Instant now) {
    return store.write(
        transaction -> {
          ApprovalTables.insert(transaction.handle(), request, session.deviceThumbprint());
          tell(
              transaction,
              request,
              ApprovalEvents.of(
                  "approval.requested",
                  request,
                  session.actor(),
                  now,
                  Map.of(
                      "comment",
                      request.reason(),
                      "verdict",
                      "needs-approval",
                      "right",
                      request.right().word())));
          return request;
        });
  }

  /// The asker's own requests, newest first.
  public List<ApprovalRequest> mine(Session session) {
    return store.read(handle -> ApprovalTables.ofRequester(handle, session.principalKey(), SHOWN));
  }

  /// What waits for this person, oldest first: requests to decide and emergencies to review; then
  /// what they decided lately, newest first.
  public List<ApprovalRequest> inbox(Session session) {
    Instant now = clock.instant();
    List<Principal> away = awayFor(session);
    return store.read(
        handle -> {
          List<ApprovalRequest> inbox =
              new ArrayList<>(
                  ApprovalTables.pending(handle).stream()
                      .filter(
                          request -> ApprovalMachine.mayReview(request, session.actor(), away, now))
                      .toList());
          ApprovalTables.owed(handle).stream()
              .filter(request -> !asked(request, session.actor().principal()))
              .filter(request -> mayDecide(request, session.actor()))
              .forEach(inbox::add);
          inbox.addAll(ApprovalTables.reviewedBy(handle, session.principalKey(), LATELY));
          return inbox;
        });
  }

  public ApprovalRequest find(Session session, String id) {
    return store
        .read(handle -> ApprovalTables.find(handle, id))
        .map(ApprovalTables.Stored::request)
        .filter(request -> visible(request, session.actor()))
        .orElseThrow(() -> Problems.notFound("request"));
  }

  /// Whether somebody may know of a request: who asked, whose agent asked, who may decide or has
  /// decided, and auditors.
  public boolean visible(ApprovalRequest request, Actor actor) {
    Principal who = actor.principal();
    boolean reviewed =
        request.reviews().stream().anyMatch(review -> review.reviewer().isSameAs(who));
    return request.requester().principal().isSameAs(who)
        || request.requester().onBehalfOf().filter(owner -> owner.isSameAs(who)).isPresent()
        || reviewed
        || who.roles().contains("auditor")
        || mayDecide(request, actor);
  }

  private static boolean asked(ApprovalRequest request, Principal who) {
    return request.requester().principal().isSameAs(who)
        || request.requester().onBehalfOf().filter(owner -> owner.isSameAs(who)).isPresent();
  }

  /// Whether the rule names somebody, or one of those whose delegate they are now.
  boolean mayDecide(ApprovalRequest request, Actor actor) {
    Instant now = clock.instant();
    return actor instanceof Actor.Person
        && (ApprovalMachine.isApprover(request, actor.principal(), now)
            || delegates.awayFor(actor.principal()).stream()
                .filter(absent -> !asked(request, absent))
                .anyMatch(absent -> ApprovalMachine.isApprover(request, absent, now)));
  }

  List<Principal> awayFor(Session session) {
    return delegates.awayFor(session.actor().principal());
  }

  /// One person's word on a request.
  public ApprovalRequest review(Session session, String id, NewReview word) {
    return review(session, id, word.verdict(), word.comment(), Conditions.NONE);
  }

  /// One person's approval of less than was asked for.
  public ApprovalRequest approve(Session session, String id, ConditionalApproval word) {
    if (word.conditions().none()) {
      throw Problems.malformed(
          "An approval under conditions names at least one: executions, within or rows.");
    }
    return review(session, id, Review.Verdict.APPROVE, word.comment(), word.conditions());
  }

  private ApprovalRequest review(
      Session session, String id, Review.Verdict verdict, String comment, Conditions conditions) {
    checkWords(comment);
    Review review =
        new Review(
            session.actor().principal(),
            verdict,
            comment,
            clock.instant(),
            Optional.empty(),
            conditions);
    return change(
        session,
        id,
        handle -> new ApprovalEvent.Reviewed(review, session.actor(), awayFor(session)),
        "approval.reviewed",
        Map.of(
            "verdict", verdict.name(),
            "comment", comment,
            "conditions", ApprovalEvents.conditions(conditions)));
  }

  public ApprovalRequest cancel(Session session, String id) {
    return change(
        session,
        id,
        handle -> new ApprovalEvent.Cancelled(session.actor()),
        "approval.cancelled",
        Map.of());
  }

  public ApprovalRequest revoke(Session session, String id, String reason) {
    checkWords(reason);
    return change(
        session,
        id,
        handle -> new ApprovalEvent.Revoked(session.actor(), reason),
        "approval.revoked",
        Map.of("reason", reason));
  }

  /// Expires what is due.
  public void expire() {
    Instant now = clock.instant();
    for (String id : store.read(handle -> ApprovalTables.due(handle, now))) {
      store.write(
          transaction ->
              ApprovalTables.find(transaction.handle(), id)
                  .map(
                      stored ->
                          keepEnded(
                              transaction,
                              stored.request(),
                              moved(
                                  ApprovalMachine.apply(
                                      stored.request(), new ApprovalEvent.Ticked(), now)),
                              now)));
    }
  }

  /// Brings an event about.
  ///
  /// @param happening makes the event inside the transaction, where nothing else changes
  ApprovalRequest change(
      Session session,
      String id,
      Function<Handle, ApprovalEvent> happening,
      String kind,
      Map<String, Object> fields) {
    Instant now = clock.instant();
    Kept kept =
        store.write(
            transaction -> {
              ApprovalTables.Stored stored =
                  ApprovalTables.find(transaction.handle(), id)
                      .filter(found -> visible(found.request(), session.actor()))
                      .orElseThrow(() -> Problems.notFound("request"));
              ApprovalRequest before = stored.request();
              ApprovalEvent event = happening.apply(transaction.handle());
              checkDevice(event, stored, session);
              ApprovalRequest after = moved(ApprovalMachine.apply(before, event, now));
              if (endedByTime(before, after, event)) {
                keepEnded(transaction, before, after, now);
                return new Kept(after, true);
              }
              if (!ApprovalTables.compareAndSet(transaction.handle(), before, after, now)) {
                throw Problems.conflict();
              }
              if (event instanceof ApprovalEvent.Reviewed) {
                ApprovalTables.takeSeat(transaction.handle(), id, session.principalKey(), now);
                after
                    .reviews()
                    .getLast()
                    .standingInFor()
                    .ifPresent(
                        absent ->
                            ApprovalTables.takeSeat(transaction.handle(), id, absent.key(), now));
              }
              tell(
                  transaction, after, ApprovalEvents.of(kind, after, session.actor(), now, fields));
              return new Kept(after, false);
            });
    if (kept.tooLate()) {
      throw Problems.refused(ApprovalRefusals.closed(kept.request().state()));
    }
    return kept.request();
  }

  private record Kept(ApprovalRequest request, boolean tooLate) {}

  /// Two accounts on one device are taken for one person.
  private static void checkDevice(
      ApprovalEvent event, ApprovalTables.Stored stored, Session session) {
    boolean other = !stored.request().requester().principal().isSameAs(session.actor().principal());
    if ((event instanceof ApprovalEvent.Reviewed
            || event instanceof ApprovalEvent.EmergencyReviewed)
        && other
        && stored.deviceThumbprint().equals(session.deviceThumbprint())) {
      throw Problems.refused(
          new Transition.Refused(
              "same-device",
              "The request was made with the device that you decide with.",
              "Decide it with a device of your own."));
    }
  }

  /// Keeps a request that time or drift has ended.
  ApprovalRequest keepEnded(
      Transaction transaction, ApprovalRequest before, ApprovalRequest after, Instant at) {
    if (after.revision() != before.revision()
        && ApprovalTables.compareAndSet(transaction.handle(), before, after, at)) {
      boolean stale = after.state() == ApprovalState.STALE;
      tell(
          transaction,
          after,
          ApprovalEvents.ofServer(
              stale ? "approval.stale" : "approval.expired",
              after,
              at,
              ApprovalRefusals.closed(after.state()).message()));
    }
    return after;
  }

  /// Writes a log entry that changes nothing about a request.
  void append(Transaction transaction, AuditEvent event) {
    ledger.append(transaction, event);
  }

  /// Writes the log entry and the message to streams.
  void tell(Transaction transaction, ApprovalRequest request, AuditEvent event) {
    ledger.append(transaction, event);
    Outbox.add(
        transaction,
        Outbox.REQUEST,
        new Push("request-changed", Optional.of(request), 0, event.kind()),
        event.at().toEpochMilli());
  }

  /// Time ended the request before the event came.
  private static boolean endedByTime(
      ApprovalRequest before, ApprovalRequest after, ApprovalEvent event) {
    return !(event instanceof ApprovalEvent.EmergencyReviewed)
        && (expired(after)
            || (after.state() == ApprovalState.EXHAUSTED
                && before.state() == ApprovalState.APPROVED));
  }

  static boolean expired(ApprovalRequest request) {
    return request.state() == ApprovalState.EXPIRED_PENDING
        || request.state() == ApprovalState.EXPIRED_UNUSED;
  }

  static ApprovalRequest moved(Transition transition) {
    return switch (transition) {
      case Transition.Moved moved -> moved.request();
      case Transition.Refused refused -> throw Problems.refused(refused);
    };
  }

  static void checkWords(String words) {
    if (words.length() > LONGEST_WORDS) {
      throw Problems.malformed("A reason or comment has at most " + LONGEST_WORDS + " characters.");
    }
  }
}
