package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.audit.MerkleNodes;
import dev.sluice.governance.audit.MerkleTree;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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

  static void insert(Handle handle, String eventId, ChainedEvent link, String sealedKey) {
    handle.execute(
        "INSERT INTO ledger_entry (sequence, event_id, previous, envelope, hash)"
            + " VALUES (?, ?, ?, ?, ?)",
        link.sequence(),
        eventId,
        link.previous(),
        link.canonical(),
        link.hash());
    handle.execute(
        "INSERT INTO ledger_key (sequence, content_key) VALUES (?, ?)", link.sequence(), sealedKey);
  }

  static void insert(Handle handle, List<MerkleTree.Node> nodes) {
    for (MerkleTree.Node node : nodes) {
      handle.execute(
          "INSERT INTO ledger_node (level, position, hash) VALUES (?, ?, ?)",
          node.level(),
          node.index(),
          Base64.getEncoder().encodeToString(node.hash()));
    }
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
