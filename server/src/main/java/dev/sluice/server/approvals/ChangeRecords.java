package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.NewUndo;
import dev.sluice.governance.codec.wire.RowChanges;
import dev.sluice.governance.codec.wire.RowChangesList;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.masking.RowMaskers;
import dev.sluice.server.ApprovalProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.Sealer;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.Judge;
import dev.sluice.server.execution.KeptRows;
import dev.sluice.server.execution.RowView;
import dev.sluice.server.execution.UndoStatement;
import dev.sluice.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows that approved changes changed, kept sealed beside the use of the approval and forgotten
/// with its entries in the log. Shown masked for whoever asks, under the policy of that moment.
public final class ChangeRecords {

  private final Store store;
  private final Approvals approvals;
  private final Judge judge;
  private final Sealer sealer;
  private final MaskKeys keys;

  public ChangeRecords(
      Store store, Approvals approvals, Judge judge, Sealer sealer, MaskKeys keys) {
    this.store = store;
    this.approvals = approvals;
    this.judge = judge;
    this.sealer = sealer;
    this.keys = keys;
  }

  /// Rows as the store keeps them.
  ///
  /// @param digest SHA-256 (hex) of what is kept, for the log
  record Sealed(String requestId, String executionId, String text, String digest) {}

  Sealed sealed(String requestId, String executionId, KeptRows kept) {
    String text =
        sealer.seal(JsonCodec.write(kept).getBytes(StandardCharsets.UTF_8), context(executionId));
    return new Sealed(
        requestId, executionId, text, DeviceProof.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static void keep(Handle handle, Sealed sealed) {
    handle.execute(
        "INSERT INTO change_rows (execution_id, request_id, sealed) VALUES (?, ?, ?)",
        sealed.executionId(),
        sealed.requestId(),
        sealed.text());
  }

  private static String context(String executionId) {
    return "change-rows:" + executionId;
  }

  /// What the uses of a request did, as this person sees it.
  public RowChangesList of(Session session, String requestId) {
    ApprovalRequest request = approvals.find(session, requestId);
    Map<String, String> sealed =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT execution_id, sealed FROM change_rows WHERE request_id = ?")
                    .bind(0, requestId)
                    .map(
                        (row, context) ->
                            Map.entry(row.getString("execution_id"), row.getString("sealed")))
                    .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    List<RowChanges> uses = new ArrayList<>();
    for (Execution use : store.read(handle -> ApprovalTables.executions(handle, requestId))) {
      Optional.ofNullable(sealed.get(use.id()))
          .map(text -> opened(use.id(), text))
          .ifPresent(kept -> uses.add(shown(session.actor(), request, Optional.of(use), kept, -1)));
    }
    return new RowChangesList(uses);
  }

  private KeptRows opened(String executionId, String sealed) {
    try {
      return JsonCodec.read(
          new String(sealer.open(sealed, context(executionId)), StandardCharsets.UTF_8),
          KeptRows.class);
    } catch (JsonCodec.MalformedJson | IllegalArgumentException e) {
      throw new IllegalStateException("Kept rows are not understood.", e);
    }
  }

  /// @param use empty for a dry run
  RowChanges shown(
      Actor viewer,
      ApprovalRequest request,
      Optional<Execution> use,
      KeptRows kept,
      long dryRunRows) {
    String connection = request.capsule().connection();
    RowView.Shown shown =
        RowView.of(kept, judge.sight(viewer, connection, kept), plan -> RowMaskers.of(plan, keys));
    RowChanges.Undo undo =
        kept.kind().isPresent() && !shown.withheld().isEmpty()
            ? new RowChanges.Undo("", "No rows from before and after are shown.")
            : UndoStatement.of(
                kept,
                judge.context(connection).engine(),
                column -> judge.classified(connection, column));
    return new RowChanges(
        request.id(),
        use.map(Execution::id).orElse(""),
        use.isEmpty(),
        use.map(Execution::rows).orElse(dryRunRows),
        request.rowCeiling(),
        kept.table().isEmpty()
            ? ""
            : new dev.sluice.governance.catalog.TableRef(kept.schema(), kept.table()).dotted(),
        shown.withheld().isEmpty() ? kept.key() : List.of(),
        shown.columns(),
        shown.rows(),
        kept.truncated(),
        shown.withheld(),
        kept.sideEffects(),
        undo,
        use.flatMap(ended -> ended.endedAt().map(end -> millis(ended, end))).orElse(-1L));
  }

  private static long millis(Execution use, java.time.Instant end) {
    return end.toEpochMilli() - use.startedAt().toEpochMilli();
  }

  /// Opens a request of this person's own for what takes a use back. It is decided like any other.
  public ApprovalRequest undo(Session session, String requestId, NewUndo wanted) {
    RowChanges change =
        of(session, requestId).uses().stream()
            .filter(use -> use.executionId().equals(wanted.executionId()))
            .findFirst()
            .orElseThrow(() -> Problems.notFound("change"));
    if (!change.undo().offered()) {
      throw ApprovalProblems.refused(
          "undo-not-offered",
          "There is no statement that takes exactly this back. " + change.undo().refusal(),
          "Write one yourself and ask for it.");
    }
    return approvals.request(
        session,
        new NewApproval(
            approvals.find(session, requestId).capsule().connection(),
            change.undo().statement(),
            List.of(),
            wanted.reason(),
            "window",
            Map.of()));
  }
}
