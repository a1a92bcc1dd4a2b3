package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.server.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Which entries belong to whose timeline, and the words they are found by.
final class TimelineIndex {

  private static final int MOST_WORDS = 20_000;

  private TimelineIndex() {}

  static void add(Transaction transaction, boolean sqlite, AuditEvent event, long sequence) {
    Handle handle = transaction.handle();
    Optional<String> begun = EventFields.text(event, "of");
    if (begun.isPresent()) {
      LedgerTables.sequenceOf(handle, begun.get())
          .ifPresent(
              start ->
                  handle.execute(
                      "UPDATE timeline SET outcome = ? WHERE sequence = ?", sequence, start));
      return;
    }
    if (!EventFields.shown(event)) {
      return;
    }
    String words = words(event);
    for (String owner : owners(event)) {
      handle.execute(
          "INSERT INTO timeline (owner, sequence, outcome) VALUES (?, ?, 0)", owner, sequence);
      if (!sqlite) {
        handle.execute(
            "UPDATE timeline SET words = to_tsvector('simple', ?) WHERE owner = ? AND sequence = ?",
            words,
            owner,
            sequence);
      }
    }
    if (sqlite) {
      String tokens =
          String.join(" ", owners(event).stream().map(TimelineIndex::ownerToken).toList());
      // The full-text index flushes at every savepoint, so it is written once for all of them.
      transaction.beforeCommit(
          last ->
              last.execute(
                  "INSERT INTO timeline_search (rowid, owner, words) VALUES (?, ?, ?)",
                  sequence,
                  tokens,
                  words));
    }
  }

  /// The newest entries of a person before a place.
  static List<Row> rows(
      Handle handle, boolean sqlite, String owner, String text, long before, int limit) {
    List<String> tokens = tokens(text);
    if (!text.isBlank() && tokens.isEmpty()) {
      return List.of();
    }
    String head = "SELECT t.sequence, t.outcome FROM timeline t ";
    String tail = "t.owner = :owner AND t.sequence < :before ORDER BY t.sequence DESC LIMIT :limit";
    if (tokens.isEmpty()) {
      return list(handle.createQuery(head + "WHERE " + tail), owner, before, limit);
    }
    if (sqlite) {
      StringBuilder match = new StringBuilder("owner : \"" + ownerToken(owner) + "\"");
      tokens.forEach(token -> match.append(" AND words : \"").append(token).append("\"*"));
      return list(
          handle
              .createQuery(
                  "SELECT t.sequence, t.outcome FROM (SELECT rowid AS place FROM timeline_search"
                      + " WHERE timeline_search MATCH :match AND rowid < :before"
                      + " ORDER BY rowid DESC LIMIT :limit) f"
                      + " JOIN timeline t ON t.sequence = f.place WHERE "
                      + tail)
              .bind("match", match.toString()),
          owner,
          before,
          limit);
    }
    String query = String.join(" & ", tokens.stream().map(token -> token + ":*").toList());
    return list(
        handle
            .createQuery(head + "WHERE t.words @@ to_tsquery('simple', :match) AND " + tail)
            .bind("match", query),
        owner,
        before,
        limit);
  }

  /// A place in somebody's timeline.
  ///
  /// @param outcome the entry that tells how it ended, 0 when there is none
  record Row(long sequence, long outcome) {}

  private static List<Row> list(
      org.jdbi.v3.core.statement.Query query, String owner, long before, int limit) {
    return query
        .bind("owner", owner)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, context) -> new Row(row.getLong("sequence"), row.getLong("outcome")))
        .list();
  }

  /// Whose timelines an event belongs to.
  static Set<String> owners(AuditEvent event) {
    Set<String> owners = new LinkedHashSet<>();
    owners.add(event.subject());
    EventFields.text(event, "requester").ifPresent(owners::add);
    EventFields.text(event, "owner").ifPresent(owners::add);
    return owners;
  }

  private static String words(AuditEvent event) {
    String words =
        String.join(
            " ",
            EventFields.orEmpty(event, "statement"),
            EventFields.orEmpty(event, "connection"),
            EventFields.orEmpty(event, "verdict"),
            EventFields.orEmpty(event, "rule"),
            EventFields.orEmpty(event, "reason"),
            EventFields.orEmpty(event, "comment"),
            String.join(" ", EventFields.labels(event)),
            event.kind());
    return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    for (String token : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!token.isEmpty() && tokens.size() < 16) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static String ownerToken(String owner) {
    return "o" + DeviceProof.digest(owner).substring(0, 24);
  }
}
