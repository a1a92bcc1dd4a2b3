package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalEvent;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.codec.wire.CommentList;
import dev.sluice.governance.codec.wire.NewComment;
import dev.sluice.server.ApprovalProblems;
import dev.sluice.server.Ids;
import dev.sluice.server.directory.Session;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// What people say about a request without deciding it: comments, proposals of another text, and
/// reminders. Tells further people when a request has waited too long.
public final class Conversations {

  private static final Duration BETWEEN_NUDGES = Duration.ofMinutes(15);

  private final Store store;
  private final Approvals approvals;
  private final InstantSource clock;

  public Conversations(Store store, Approvals approvals, InstantSource clock) {
    this.store = store;
    this.approvals = approvals;
    this.clock = clock;
  }

  public CommentList comments(Session session, String id) {
    approvals.find(session, id);
    return store.read(handle -> new CommentList(ApprovalTables.comments(handle, id)));
  }

  /// Says something, or proposes another text: then the request waits for the requester to ask
  /// anew.
  public CommentList say(Session session, String id, NewComment comment) {
    Approvals.checkWords(comment.words());
    if (comment.words().isBlank()) {
      throw ApprovalProblems.noWords();
    }
    ApprovalRequest request = approvals.find(session, id);
    Instant now = clock.instant();
    store.write(
        transaction -> {
          keep(transaction.handle(), session, id, comment, now);
          approvals.tell(
              transaction,
              request,
              ApprovalEvents.of(
                  comment.proposed().isEmpty() ? "approval.commented" : "approval.change-proposed",
                  request,
                  session.actor(),
                  now,
                  Map.of("comment", comment.words(), "proposed", comment.proposed())));
          return 0;
        });
    return comments(session, id);
  }

  /// Reminds the people who decide, at most every quarter of an hour.
  public void nudge(Session session, String id) {
    ApprovalRequest request = approvals.find(session, id);
    if (!request.requester().principal().isSameAs(session.actor().principal())
        || request.state() != ApprovalState.PENDING) {
      throw ApprovalProblems.refused(
          "nothing-to-nudge",
          "Only the one who asked reminds others, and only while nobody has decided.",
          "Look at the request: it says where it stands.");
    }
    Instant now = clock.instant();
    store.write(
        transaction -> {
          int counted =
              transaction
                  .handle()
                  .execute(
                      "UPDATE approval SET nudged_at = ? WHERE id = ? AND nudged_at < ?",
                      now.toEpochMilli(),
                      id,
                      now.minus(BETWEEN_NUDGES).toEpochMilli());
          if (counted == 0) {
            throw ApprovalProblems.nudgedLately(BETWEEN_NUDGES.toMinutes());
          }
          approvals.tell(
              transaction,
              request,
              ApprovalEvents.of("approval.nudged", request, session.actor(), now, Map.of()));
          return counted;
        });
  }

  /// Lets the people of the escalation decide now, and tells them.
  ///
  /// @param words why, for them; may be empty
  public ApprovalRequest passOn(Session session, String id, String words) {
    Approvals.checkWords(words);
    return approvals.change(
        session,
        id,
        handle -> {
          // They are told by this; a second message when their time comes would say nothing new.
          handle.execute("UPDATE approval SET escalate_at = 0 WHERE id = ?", id);
          if (!words.isBlank()) {
            keep(handle, session, id, new NewComment(words, ""), clock.instant());
          }
          return new ApprovalEvent.PassedOn(session.actor(), approvals.awayFor(session));
        },
        "approval.escalated",
        Map.of("comment", words));
  }

  private static void keep(
      Handle handle, Session session, String id, NewComment comment, Instant at) {
    handle.execute(
        "INSERT INTO approval_comment (id, request_id, author, author_name, said_at, words,"
            + " proposed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        Ids.next(),
        id,
        session.principalKey(),
        session.actor().principal().displayName(),
        at.toEpochMilli(),
        comment.words(),
        comment.proposed());
  }

  /// Tells the next people of requests that nobody decided in time. Each is told once, by one
  /// server.
  public void escalate() {
    Instant now = clock.instant();
    List<String> due = store.read(handle -> ApprovalTables.toEscalate(handle, now));
    for (String id : due) {
      store.write(
          transaction -> {
            int first =
                transaction
                    .handle()
                    .execute(
                        "UPDATE approval SET escalate_at = 0"
                            + " WHERE id = ? AND escalate_at > 0 AND state = 'PENDING'",
                        id);
            if (first == 1) {
              ApprovalRequest request =
                  ApprovalTables.find(transaction.handle(), id).orElseThrow().request();
              approvals.tell(
                  transaction,
                  request,
                  ApprovalEvents.ofServer(
                      "approval.escalated",
                      request,
                      now,
                      "Nobody decided in time; "
                          + request.approvers().escalation().map(next -> next.to()).orElse("")
                          + " may decide too."));
            }
            return first;
          });
    }
  }
}
