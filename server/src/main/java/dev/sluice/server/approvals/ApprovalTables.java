package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Emergency;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.CommentList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The SQL of requests and executions.
final class ApprovalTables {

  private ApprovalTables() {}

  /// A request and the device it was made with.
  record Stored(ApprovalRequest request, String deviceThumbprint) {}

  static void insert(Handle handle, ApprovalRequest request, String deviceThumbprint) {
    handle.execute(
        "INSERT INTO approval (id, requester_key, state, revision, uses, created_at, changed_at,"
            + " due_at, device_thumbprint, body, right_kind, owes_review, escalate_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        request.id(),
        request.requester().principal().key(),
        request.state().name(),
        request.revision(),
        request.uses(),
        request.createdAt().toEpochMilli(),
        request.createdAt().toEpochMilli(),
        due(request),
        deviceThumbprint,
        JsonCodec.write(request),
        request.right().word(),
        owes(request),
        request
            .approvers()
            .escalation()
            .map(next -> request.createdAt().plus(next.after()).toEpochMilli())
            .orElse(0L));
  }

  /// Keeps the next state if nobody changed the request since it was read.
  ///
  /// @return whether it was kept
  static boolean compareAndSet(
      Handle handle, ApprovalRequest before, ApprovalRequest after, Instant at) {
    return handle.execute(
            "UPDATE approval SET state = ?, revision = ?, uses = ?, changed_at = ?, due_at = ?,"
                + " body = ?, owes_review = ? WHERE id = ? AND revision = ? AND state = ? AND uses"
                + " = ?",
            after.state().name(),
            after.revision(),
            after.uses(),
            at.toEpochMilli(),
            due(after),
            JsonCodec.write(after),
            owes(after),
            before.id(),
            before.revision(),
            before.state().name(),
            before.uses())
        == 1;
  }

  static Optional<Stored> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT body, device_thumbprint FROM approval WHERE id = ?")
        .bind(0, id)
        .map(
            (row, context) ->
                new Stored(read(row.getString("body")), row.getString("device_thumbprint")))
        .findOne();
  }

  static List<ApprovalRequest> ofRequester(Handle handle, String requesterKey, int limit) {
    return list(
        handle
            .createQuery(
                "SELECT body FROM approval WHERE requester_key = ?"
                    + " ORDER BY created_at DESC, id LIMIT ?")
            .bind(0, requesterKey)
            .bind(1, limit));
  }

  static List<ApprovalRequest> pending(Handle handle) {
    return list(
        handle.createQuery(
            "SELECT body FROM approval WHERE state = 'PENDING' ORDER BY created_at, id"));
  }

  static List<ApprovalRequest> reviewedBy(Handle handle, String reviewerKey, int limit) {
    return list(
        handle
            .createQuery(
                "SELECT a.body FROM approval_seat s JOIN approval a ON a.id = s.request_id"
                    + " WHERE s.reviewer_key = ? ORDER BY s.reviewed_at DESC LIMIT ?")
            .bind(0, reviewerKey)
            .bind(1, limit));
  }

  static List<String> due(Handle handle, Instant now) {
    return handle
        .createQuery(
            "SELECT id FROM approval WHERE state IN ('PENDING', 'APPROVED') AND due_at < ?")
        .bind(0, now.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  /// Approved requests of somebody that lift masks.
  static List<ApprovalRequest> unmasking(Handle handle, String requesterKey) {
    return list(
        handle
            .createQuery(
                "SELECT body FROM approval WHERE requester_key = ? AND right_kind = 'unmask'"
                    + " AND state = 'APPROVED' ORDER BY created_at, id")
            .bind(0, requesterKey));
  }

  /// Emergencies that nobody has reviewed, oldest first.
  static List<ApprovalRequest> owed(Handle handle) {
    return list(
        handle.createQuery(
            "SELECT body FROM approval WHERE owes_review = 1 ORDER BY created_at, id"));
  }

  /// Whether an emergency of somebody waits for its review.
  static boolean owesReview(Handle handle, String requesterKey) {
    return handle
        .createQuery("SELECT 1 FROM approval WHERE owes_review = 1 AND requester_key = ? LIMIT 1")
        .bind(0, requesterKey)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Requests of which further people must be told.
  static List<String> toEscalate(Handle handle, Instant now) {
    return handle
        .createQuery(
            "SELECT id FROM approval WHERE state = 'PENDING' AND escalate_at > 0"
                + " AND escalate_at <= ?")
        .bind(0, now.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  static List<CommentList.Comment> comments(Handle handle, String requestId) {
    return handle
        .createQuery("SELECT * FROM approval_comment WHERE request_id = ? ORDER BY said_at, id")
        .bind(0, requestId)
        .map(
            (row, context) ->
                new CommentList.Comment(
                    row.getString("author"),
                    row.getString("author_name"),
                    Instant.ofEpochMilli(row.getLong("said_at")),
                    row.getString("words"),
                    row.getString("proposed")))
        .list();
  }

  private static int owes(ApprovalRequest request) {
    return request.emergency().filter(Emergency::owed).isPresent() ? 1 : 0;
  }

  static void takeSeat(Handle handle, String requestId, String reviewerKey, Instant at) {
    handle.execute(
        "INSERT INTO approval_seat (request_id, reviewer_key, reviewed_at) VALUES (?, ?, ?)",
        requestId,
        reviewerKey,
        at.toEpochMilli());
  }

  static void insert(Handle handle, Execution execution, int use, String serverId) {
    handle.execute(
        "INSERT INTO execution (id, request_id, use_number, server_id, state, started_at,"
            + " ended_at, affected, message) VALUES (?, ?, ?, ?, ?, ?, 0, -1, '')",
        execution.id(),
        execution.requestId(),
        use,
        serverId,
        execution.state().name(),
        execution.startedAt().toEpochMilli());
  }

  /// Ends an execution that is under way.
  ///
  /// @return whether it was
  static boolean end(Handle handle, Execution ended, Instant at) {
    return handle.execute(
            "UPDATE execution SET state = ?, ended_at = ?, affected = ?, message = ?"
                + " WHERE id = ? AND state = 'EXECUTING'",
            ended.state().name(),
            at.toEpochMilli(),
            ended.rows(),
            ended.message(),
            ended.id())
        == 1;
  }

  /// Executions under way in processes that are gone.
  ///
  /// @param alone no other process works on this store, whatever the table says
  static List<Execution> leftBehind(Handle handle, String serverId, boolean alone) {
    return handle
        .createQuery(
            "SELECT id, request_id, started_at FROM execution"
                + " WHERE state = 'EXECUTING'"
                + " AND server_id <> ? AND (? = 1"
                + " OR server_id NOT IN (SELECT id FROM server_process))")
        .bind(0, serverId)
        .bind(1, alone ? 1 : 0)
        .map(
            (row, context) ->
                new Execution(
                    row.getString("id"),
                    row.getString("request_id"),
                    Execution.State.EXECUTING,
                    Instant.ofEpochMilli(row.getLong("started_at")),
                    Optional.empty(),
                    -1,
                    ""))
        .list();
  }

  static List<Execution> executions(Handle handle, String requestId) {
    return handle
        .createQuery("SELECT * FROM execution WHERE request_id = ? ORDER BY use_number")
        .bind(0, requestId)
        .map(
            (row, context) ->
                new Execution(
                    row.getString("id"),
                    requestId,
                    Execution.State.valueOf(row.getString("state")),
                    Instant.ofEpochMilli(row.getLong("started_at")),
                    row.getLong("ended_at") == 0
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(row.getLong("ended_at"))),
                    row.getLong("affected"),
                    row.getString("message")))
        .list();
  }

  private static long due(ApprovalRequest request) {
    return (request.state() == ApprovalState.PENDING ? request.decideBy() : request.useBy())
        .toEpochMilli();
  }

  private static List<ApprovalRequest> list(Query query) {
    return query.map((row, context) -> read(row.getString("body"))).list();
  }

  private static ApprovalRequest read(String json) {
    return StoredRequests.read(json);
  }
}
