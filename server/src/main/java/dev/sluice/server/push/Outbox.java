package dev.sluice.server.push;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Push;
import dev.sluice.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows that streams are fed from.
public final class Outbox {

  /// Audience: every stream.
  public static final String EVERYBODY = "*";

  /// Audience: whoever may see the request in the message.
  public static final String REQUEST = "request";

  private static final long KEPT_MILLISECONDS = 24L * 60 * 60 * 1000;

  private Outbox() {}

  /// One row.
  ///
  /// @param sequence commit order, from 1
  /// @param audience [#EVERYBODY], [#REQUEST] or a principal key
  /// @param json the message as it goes out
  /// @param request of the message, if it is about one
  /// @param message as it goes out to every stream, made once
  @SuppressWarnings("ArrayRecordComponent")
  public record Row(
      long sequence,
      String audience,
      String json,
      Optional<ApprovalRequest> request,
      byte[] message) {

    Row(long sequence, String audience, String json, Optional<ApprovalRequest> request) {
      this(
          sequence,
          audience,
          json,
          request,
          ("id: " + sequence + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Adds a message to the caller's transaction.
  public static void add(Transaction transaction, String audience, Push push, long at) {
    // Writers are serialised, so the next number is the next in commit order.
    transaction
        .handle()
        .execute(
            "INSERT INTO outbox (sequence, audience, body, created_at)"
                + " SELECT COALESCE(MAX(sequence), 0) + 1, ?, ?, ? FROM outbox",
            audience,
            JsonCodec.write(push),
            at);
    transaction.announce();
  }

  static List<Row> after(Handle handle, long sequence, int limit) {
    return handle
        .createQuery(
            "SELECT sequence, audience, body FROM outbox WHERE sequence > ? ORDER BY sequence"
                + " LIMIT ?")
        .bind(0, sequence)
        .bind(1, limit)
        .map(
            (row, context) ->
                row(row.getLong("sequence"), row.getString("audience"), row.getString("body")))
        .list();
  }

  private static Row row(long sequence, String audience, String json) {
    try {
      return new Row(
          sequence,
          audience,
          json,
          audience.equals(REQUEST) ? JsonCodec.read(json, Push.class).request() : Optional.empty());
    } catch (JsonCodec.MalformedJson e) {
      // Nobody is told what cannot be read.
      return new Row(sequence, audience, json, Optional.empty());
    }
  }

  static long newest(Handle handle) {
    return bound(handle, "MAX");
  }

  static long oldest(Handle handle) {
    return bound(handle, "MIN");
  }

  private static long bound(Handle handle, String function) {
    return handle
        .createQuery("SELECT COALESCE(" + function + "(sequence), 0) FROM outbox")
        .mapTo(Long.class)
        .one();
  }

  /// Removes old rows, never the newest: numbers must go on from it.
  public static int forget(Handle handle, long now) {
    return handle.execute(
        "DELETE FROM outbox WHERE created_at < ?"
            + " AND sequence < (SELECT MAX(sequence) FROM outbox)",
        now - KEPT_MILLISECONDS);
  }
}
