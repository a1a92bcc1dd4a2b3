package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.audit.MerkleNodes;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The SQL of the log's tables.
final class LedgerTables {

  private static final String ENTRY = "SELECT sequence, previous, envelope, hash FROM ledger_entry";

  private LedgerTables() {}

  static long size(Handle handle) {
    return handle
        .createQuery("SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry")
        .mapTo(Long.class)
        .one();
  }

  /// The last entry's place and hash, or where a chain begins.
  static ChainedEvent last(Handle handle) {
    return handle
        .createQuery(ENTRY + " ORDER BY sequence DESC LIMIT 1")
        .map((row, context) -> entry(row))
        .findOne()
        .orElse(new ChainedEvent(0, "", "", AuditChain.GENESIS));
  }

  static Optional<ChainedEvent> entry(Handle handle, long sequence) {
    return handle
        .createQuery(ENTRY + " WHERE sequence = ?")
        .bind(0, sequence)
        .map((row, context) -> entry(row))
        .findOne();
  }

  static Optional<Long> sequenceOf(Handle handle, String eventId) {
    return handle
        .createQuery("SELECT sequence FROM ledger_entry WHERE event_id = ?")
        .bind(0, eventId)
        .mapTo(Long.class)
        .findOne();
  }

  /// All entries after one, in order, read in pages as the iteration goes.
  static Iterable<ChainedEvent> entriesAfter(Handle handle, long sequence) {
    return () -> new PagedEntries(handle, sequence);
  }

  /// Where events stand, by id; those that are not in the log are left out.
  static Map<String, Long> sequencesOf(Handle handle, Collection<String> eventIds) {
    Map<String, Long> sequences = new HashMap<>();
    Rows.among(
            handle,
            "SELECT event_id, sequence FROM ledger_entry WHERE event_id",
            "text",
            eventIds,
            row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(found -> sequences.put(found.getKey(), found.getValue()));
    return sequences;
  }

  /// What is needed to open an entry.
  ///
  /// @param sealedKey empty when the entry was erased
  record Stored(long sequence, String envelope, Optional<String> sealedKey) {}

  static Map<Long, Stored> stored(Handle handle, Collection<Long> sequences) {
    Map<Long, Stored> entries = new HashMap<>();
    Rows.among(
            handle,
            "SELECT e.sequence, e.envelope, k.content_key FROM ledger_entry e"
                + " LEFT JOIN ledger_key k ON k.sequence = e.sequence WHERE e.sequence",
            "int8",
            sequences,
            row ->
                new Stored(row.getLong(1), row.getString(2), Optional.ofNullable(row.getString(3))))
        .forEach(entry -> entries.put(entry.sequence(), entry));
    return entries;
  }

  /// The next entries after a place, in order.
  static List<Stored> storedAfter(Handle handle, long sequence, int limit) {
    return handle
        .createQuery(
            "SELECT e.sequence, e.envelope, k.content_key FROM ledger_entry e"
                + " LEFT JOIN ledger_key k ON k.sequence = e.sequence WHERE e.sequence > ?"
                + " ORDER BY e.sequence LIMIT ?")
        .bind(0, sequence)
        .bind(1, limit)
        .map(
            (row, context) ->
                new Stored(row.getLong(1), row.getString(2), Optional.ofNullable(row.getString(3))))
        .list();
  }

  /// Places whose content was erased.
  static Set<Long> erased(Handle handle) {
    return handle
        .createQuery(
            "SELECT e.sequence FROM ledger_entry e LEFT JOIN ledger_key k"
                + " ON k.sequence = e.sequence WHERE k.sequence IS NULL")
        .mapTo(Long.class)
        .set();
  }

  static void insert(Handle handle, List<LedgerBatch.Entry> entries) {
    Rows.write(
        handle,
        "INSERT INTO ledger_entry (sequence, event_id, previous, envelope, hash)"
            + " VALUES (?, ?, ?, ?, ?)",
        entries,
        (statement, entry) -> {
          statement.setLong(1, entry.link().sequence());
          statement.setString(2, entry.event().id());
          statement.setString(3, entry.link().previous());
          statement.setString(4, entry.link().canonical());
          statement.setString(5, entry.link().hash());
        });
    Rows.write(
        handle,
        "INSERT INTO ledger_key (sequence, content_key) VALUES (?, ?)",
        entries,
        (statement, entry) -> {
          statement.setLong(1, entry.link().sequence());
          statement.setString(2, entry.sealedKey());
        });
    Rows.write(
        handle,
        "INSERT INTO ledger_node (level, position, hash) VALUES (?, ?, ?)",
        entries.stream().flatMap(entry -> entry.nodes().stream()).toList(),
        (statement, node) -> {
          statement.setInt(1, node.level());
          statement.setLong(2, node.index());
          statement.setString(3, Base64.getEncoder().encodeToString(node.hash()));
        });
  }

  static MerkleNodes nodes(Handle handle) {
    return (level, index) ->
        Base64.getDecoder()
            .decode(
                handle
                    .createQuery("SELECT hash FROM ledger_node WHERE level = ? AND position = ?")
                    .bind(0, level)
                    .bind(1, index)
                    .mapTo(String.class)
                    .one());
  }

  static Optional<String> sealedKey(Handle handle, long sequence) {
    return handle
        .createQuery("SELECT content_key FROM ledger_key WHERE sequence = ?")
        .bind(0, sequence)
        .mapTo(String.class)
        .findOne();
  }

  private static ChainedEvent entry(java.sql.ResultSet row) throws java.sql.SQLException {
    return new ChainedEvent(
        row.getLong("sequence"),
        row.getString("previous"),
        row.getString("envelope"),
        row.getString("hash"));
  }

  private static final class PagedEntries implements Iterator<ChainedEvent> {
    private static final int PAGE = 1000;
    private final Handle handle;
    private long after;
    private Iterator<ChainedEvent> page = List.<ChainedEvent>of().iterator();

    PagedEntries(Handle handle, long after) {
      this.handle = handle;
      this.after = after;
    }

    @Override
    public boolean hasNext() {
      if (!page.hasNext()) {
        page =
            handle
                .createQuery(ENTRY + " WHERE sequence > ? ORDER BY sequence LIMIT " + PAGE)
                .bind(0, after)
                .map((row, context) -> entry(row))
                .list()
                .iterator();
      }
      return page.hasNext();
    }

    @Override
    public ChainedEvent next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      ChainedEvent entry = page.next();
      after = entry.sequence();
      return entry;
    }
  }
}
