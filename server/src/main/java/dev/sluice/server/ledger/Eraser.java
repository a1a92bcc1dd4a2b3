package dev.sluice.server.ledger;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.Problems;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Removes what entries say, and every row derived from it, in one transaction: the event's key,
/// its place in timelines, its words in the search index, messages that carry it, and the texts of
/// the request it is about. The entry itself stays, so every proof still holds.
final class Eraser {

  private static final String GONE = "(erased)";

  private final Store store;
  private final Ledger ledger;

  Eraser(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /// Erases entries and the entries that tell how they ended.
  ///
  /// @return the places that were erased; those that had been erased before are left out
  /// @throws dev.sluice.server.ServerProblem for entries that must stay
  Set<Long> erase(Transaction transaction, Collection<Long> places) {
    Handle handle = transaction.handle();
    Map<Long, AuditEvent> events = new TreeMap<>(ledger.events(handle, places));
    events.putAll(aboutTheSameRequests(handle, events.values()));
    events.putAll(
        ledger.events(
            handle,
            Rows.among(
                handle,
                "SELECT outcome FROM timeline WHERE outcome > 0 AND sequence",
                "int8",
                events.keySet(),
                row -> row.getLong(1))));
    events.values().forEach(Eraser::checkErasable);
    Set<String> requests =
        events.values().stream()
            .flatMap(event -> EventFields.text(event, "request").stream())
            .collect(Collectors.toCollection(TreeSet::new));
    requests.forEach(request -> forget(handle, request));
    forgetConstants(handle, events.values());
    if (store.isSqlite()) {
      TimelineIndex.deleteWords(handle, events);
    }
    List<Map.Entry<Long, AuditEvent>> rows = List.copyOf(events.entrySet());
    Rows.write(
        handle,
        "DELETE FROM timeline WHERE sequence = ?",
        rows,
        (statement, row) -> statement.setLong(1, row.getKey()));
    Rows.write(
        handle,
        "DELETE FROM ledger_key WHERE sequence = ?",
        rows,
        (statement, row) -> statement.setLong(1, row.getKey()));
    return events.keySet();
  }

  /// Every entry about a request repeats its statement: they go together.
  private Map<Long, AuditEvent> aboutTheSameRequests(Handle handle, Collection<AuditEvent> events) {
    Map<Long, AuditEvent> more = new TreeMap<>();
    Set<String> requests = new TreeSet<>();
    Set<String> requesters = new TreeSet<>();
    for (AuditEvent event : events) {
      if (EventFields.text(event, "request").isPresent()) {
        requests.add(EventFields.orEmpty(event, "request"));
        requesters.add(EventFields.orEmpty(event, "requester"));
      }
    }
    for (String requester : requesters) {
      List<Long> places =
          handle
              .createQuery(
                  "SELECT t.sequence FROM timeline t JOIN ledger_entry e"
                      + " ON e.sequence = t.sequence WHERE t.owner = ?"
                      + " AND (e.envelope LIKE '%\"kind\":\"approval.%'"
                      + " OR e.envelope LIKE '%\"kind\":\"grant.%')")
              .bind(0, requester)
              .mapTo(Long.class)
              .list();
      ledger
          .events(handle, places)
          .forEach(
              (sequence, event) -> {
                if (requests.contains(EventFields.orEmpty(event, "request"))) {
                  more.put(sequence, event);
                }
              });
    }
    return more;
  }

  private static void checkErasable(AuditEvent event) {
    if (event.kind().startsWith("ledger.") || event.kind().startsWith("policy.")) {
      throw Problems.notErasable(
          "An entry of kind " + event.kind() + " is part of how the server is kept honest.");
    }
  }

  /// What the store keeps of a request besides the log.
  private static void forget(Handle handle, String request) {
    handle.execute("DELETE FROM outbox WHERE body LIKE ?", "%\"id\":\"" + request + "\"%");
    Optional<String> body =
        handle
            .createQuery("SELECT body FROM approval WHERE id = ?")
            .bind(0, request)
            .mapTo(String.class)
            .findOne();
    if (body.isEmpty()) {
      return;
    }
    try {
      if (JsonCodec.read(body.get(), ApprovalRequest.class).state().open()) {
        throw Problems.notErasable("The request " + request + " is still open; end it first.");
      }
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A stored request is not understood.", e);
    }
    ObjectNode root = (ObjectNode) JsonCodec.mapper().readTree(body.get());
    root.put("reason", GONE);
    if (root.get("capsule") instanceof ObjectNode capsule) {
      capsule.put("text", GONE);
      capsule.put("printed", GONE);
      capsule.set("binds", capsule.arrayNode());
      capsule.set("effects", capsule.arrayNode());
      capsule.set("impact", capsule.objectNode());
    }
    if (root.get("reviews") instanceof ArrayNode reviews) {
      reviews.forEach(review -> ((ObjectNode) review).put("comment", GONE));
    }
    handle.execute(
        "UPDATE approval SET body = ? WHERE id = ?",
        JsonCodec.mapper().writeValueAsString(root),
        request);
    handle.execute("UPDATE execution SET message = '' WHERE request_id = ?", request);
    handle.execute("DELETE FROM change_rows WHERE request_id = ?", request);
  }

  /// Constants that somebody compared a sensitive column with; those of today still count.
  private static void forgetConstants(Handle handle, Collection<AuditEvent> events) {
    List<String[]> days = new ArrayList<>();
    for (AuditEvent event : events) {
      if (event.kind().startsWith("statement.")) {
        days.add(new String[] {event.subject(), event.at().toString().substring(0, 10)});
      }
    }
    String today = java.time.Instant.now().toString().substring(0, 10);
    Rows.write(
        handle,
        "DELETE FROM equality_spent WHERE subject = ? AND day = ? AND day < ?",
        days,
        (statement, day) -> {
          statement.setString(1, day[0]);
          statement.setString(2, day[1]);
          statement.setString(3, today);
        });
  }

  /// Whole numbers as ranges: `3,5-9`.
  static String ranges(Collection<Long> numbers) {
    StringBuilder text = new StringBuilder();
    long first = -1;
    long last = -2;
    for (long number : new TreeSet<>(numbers)) {
      if (number == last + 1) {
        last = number;
        continue;
      }
      range(text, first, last);
      first = number;
      last = number;
    }
    range(text, first, last);
    return text.toString();
  }

  private static void range(StringBuilder text, long first, long last) {
    if (first < 0) {
      return;
    }
    text.append(text.isEmpty() ? "" : ",").append(first);
    if (last > first) {
      text.append('-').append(last);
    }
  }
}
