package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.audit.Checkpoint;
import dev.sluice.governance.audit.MerkleTree;
import dev.sluice.governance.codec.wire.InclusionProof;
import dev.sluice.governance.codec.wire.LogProof;
import dev.sluice.governance.codec.wire.LogVerification;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.server.Problems;
import dev.sluice.server.Sealer;
import dev.sluice.server.push.Streams;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// The audit log. Safe for use by many threads.
public final class Ledger {

  private final Store store;
  private final KeyPair signing;
  private final ReceiptSigner receipts;
  private final Sealer sealer;
  private final String origin;
  private final InstantSource clock;
  private final Streams streams;

  /// Read and replaced by the writer's thread.
  private volatile Frontier edge = new Frontier(0, AuditChain.GENESIS, new byte[Long.SIZE][]);

  /// @param origin names the log in its checkpoints
  /// @param streams hear of every commit
  public Ledger(
      Store store,
      KeyPair signing,
      Sealer sealer,
      String origin,
      InstantSource clock,
      Streams streams) {
    this.store = store;
    this.signing = signing;
    this.receipts = new ReceiptSigner(signing.getPrivate());
    this.sealer = sealer;
    this.origin = origin;
    this.clock = clock;
    this.streams = streams;
  }

  public String origin() {
    return origin;
  }

  /// Writes an event in this transaction. An event id that is in the log already is not written
  /// again; the entry it has is the answer. The receipt is not signed yet: see [#sign].
  ///
  /// @throws dev.sluice.server.ServerProblem when the id is there for another subject or kind
  public Receipt append(Transaction transaction, AuditEvent event) {
    return append(transaction, event, Envelope.around(event));
  }

  /// As the other; the envelope was made outside the writer's thread.
  Receipt append(Transaction transaction, AuditEvent event, Envelope envelope) {
    LedgerBatch batch =
        transaction.part(
            LedgerBatch.class,
            begun -> new LedgerBatch(begun, store.isSqlite(), edge, grown -> edge = grown));
    Optional<LedgerBatch.Entry> mine = batch.entry(event.id());
    if (mine.isPresent()) {
      return again(event, mine.get().event(), mine.get().link());
    }
    Optional<Long> known = batch.sequenceOf(event.id());
    if (known.isPresent()) {
      Handle handle = transaction.handle();
      AuditEvent before = event(handle, known.get()).orElseThrow(() -> Problems.notFound("event"));
      return again(event, before, LedgerTables.entry(handle, known.get()).orElseThrow());
    }
    LedgerBatch.Entry entry = batch.add(event, envelope, sealer);
    long sequence = entry.link().sequence();
    transaction.afterCommit(
        () -> TimelineIndex.owners(event).forEach(owner -> streams.timelineGrew(owner, sequence)));
    return receipt(event.id(), sequence, entry.leaf(), event.at().toString());
  }

  private static Receipt again(AuditEvent event, AuditEvent before, ChainedEvent link) {
    if (!before.subject().equals(event.subject()) || !before.kind().equals(event.kind())) {
      throw Problems.conflict();
    }
    return receipt(event.id(), link.sequence(), leafHash(link), before.at().toString());
  }

  /// Writes one event and gives its signed receipt; durable when this returns. Encryption and
  /// signature are done on the caller's thread, so that the writer only links and writes.
  ///
  /// @param refersTo ids of other events that this one names
  /// @param with what else belongs into the same commit
  public Receipt write(AuditEvent event, List<String> refersTo, Consumer<Transaction> with) {
    Envelope envelope = Envelope.around(event);
    List<String> ids = new ArrayList<>(refersTo);
    ids.add(event.id());
    return sign(
        store.write(
            new Appending<>(
                ids,
                transaction -> {
                  with.accept(transaction);
                  return append(transaction, event, envelope);
                })));
  }

  /// The event at a place, decrypted; empty when it is not there or was erased.
  public Optional<AuditEvent> event(Handle handle, long sequence) {
    return Optional.ofNullable(events(handle, List.of(sequence)).get(sequence));
  }

  /// The next entries after a place, in order, decrypted; empty where one was erased.
  public Map<Long, Optional<AuditEvent>> after(Handle handle, long sequence, int limit) {
    Map<Long, Optional<AuditEvent>> entries = new TreeMap<>();
    for (LedgerTables.Stored stored : LedgerTables.storedAfter(handle, sequence, limit)) {
      entries.put(
          stored.sequence(),
          stored
              .sealedKey()
              .map(
                  key ->
                      Envelope.open(
                          stored.envelope(), sealer.open(key, keyContext(stored.sequence())))));
    }
    return entries;
  }

  /// The events at some places, decrypted; those that are not there or were erased are left out.
  Map<Long, AuditEvent> events(Handle handle, Collection<Long> sequences) {
    Map<Long, AuditEvent> events = new HashMap<>();
    LedgerTables.stored(handle, sequences)
        .forEach(
            (sequence, stored) ->
                stored
                    .sealedKey()
                    .ifPresent(
                        key ->
                            events.put(
                                sequence,
                                Envelope.open(
                                    stored.envelope(), sealer.open(key, keyContext(sequence))))));
    return events;
  }

  /// The event with an id, decrypted.
  public Optional<AuditEvent> event(Handle handle, String eventId) {
    return LedgerTables.sequenceOf(handle, eventId).flatMap(place -> event(handle, place));
  }

  /// The log as it is now, signed. Only what is durably committed is ever signed.
  public String checkpoint() {
    return store.read(this::checkpoint);
  }

  private String checkpoint(Handle handle) {
    long size = LedgerTables.size(handle);
    byte[] root = MerkleTree.root(size, LedgerTables.nodes(handle));
    return new Checkpoint(origin, size, Base64.getEncoder().encodeToString(root))
        .sign(signing.getPrivate(), signing.getPublic());
  }

  /// Checks that the log is at least as long as it was when a checkpoint was last kept, and that
  /// the newest checkpoint still holds. Quick: for the start of a server; [#verify] reads
  /// everything.
  ///
  /// @throws dev.sluice.server.ServerProblem when it does not
  public void checkEnd() {
    store.read(
        handle -> {
          LogReader.checkEnd(handle, origin, signing.getPublic()).ifPresent(Ledger::broken);
          return 0;
        });
  }

  private static void broken(String message) {
    throw Problems.logBroken(message);
  }

  /// Entries there are now.
  public long size() {
    return store.read(LedgerTables::size);
  }

  /// Fills the search index of entries that an older version wrote. Quick when there is nothing to
  /// do.
  public void rebuildSearch() {
    if (!store.isSqlite()) {
      return;
    }
    for (long upTo = rebuildUpTo(); upTo > 0; upTo = rebuildUpTo()) {
      long last = upTo;
      store.write(
          transaction -> {
            Handle handle = transaction.handle();
            List<Long> places =
                handle
                    .createQuery(
                        "SELECT DISTINCT sequence FROM timeline WHERE sequence <= ?"
                            + " ORDER BY sequence DESC LIMIT 1000")
                    .bind(0, last)
                    .mapTo(Long.class)
                    .list();
            TimelineIndex.addWords(handle, events(handle, places));
            return handle.execute(
                "UPDATE search_rebuild SET upto = ?",
                places.size() < 1000 ? 0 : places.getLast() - 1);
          });
    }
  }

  private long rebuildUpTo() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT COALESCE(MAX(upto), 0) FROM search_rebuild")
                .mapTo(Long.class)
                .one());
  }

  /// Signs and keeps a checkpoint when the log has grown since the last one kept.
  public void keepCheckpoint() {
    long kept =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT COALESCE(MAX(size), 0) FROM checkpoint")
                    .mapTo(Long.class)
                    .one());
    String note = checkpoint();
    long size = Checkpoint.open(note, origin, signing.getPublic()).orElseThrow().size();
    if (size > kept) {
      store.write(
          transaction ->
              transaction
                  .handle()
                  .execute(
                      "INSERT INTO checkpoint (size, note, signed_at) VALUES (?, ?, ?)"
                          + " ON CONFLICT DO NOTHING",
                      size,
                      note,
                      clock.millis()));
    }
  }

  /// The newest checkpoint and the proof that it grew from an older size.
  public LogProof proofSince(long size) {
    return store.read(
        handle -> {
          String note = checkpoint(handle);
          long now = Checkpoint.open(note, origin, signing.getPublic()).orElseThrow().size();
          if (size < 0 || size > now) {
            throw Problems.notFound("log size");
          }
          return new LogProof(
              note, encode(MerkleTree.consistencyProof(size, now, LedgerTables.nodes(handle))));
        });
  }

  /// The proof that an entry is in the log.
  ///
  /// @param sequence from 1
  public InclusionProof inclusion(long sequence) {
    return store.read(
        handle -> {
          ChainedEvent entry =
              LedgerTables.entry(handle, sequence)
                  .orElseThrow(() -> Problems.notFound("log entry"));
          String note = checkpoint(handle);
          long size = Checkpoint.open(note, origin, signing.getPublic()).orElseThrow().size();
          return new InclusionProof(
              sequence,
              Base64.getEncoder().encodeToString(leafHash(entry)),
              note,
              encode(MerkleTree.inclusionProof(sequence - 1, size, LedgerTables.nodes(handle))));
        });
  }

  /// Reads the whole log again and checks every link, the tree, and every checkpoint that was kept.
  public LogVerification verify() {
    return store.read(handle -> LogReader.verify(handle, origin, signing.getPublic()));
  }

  /// The receipt with the log's signature. Signing takes longer than writing, so it is done by
  /// whoever wants the receipt, outside the writer's thread; call it after the commit.
  public Receipt sign(Receipt unsigned) {
    return new Receipt(
        unsigned.eventId(),
        unsigned.sequence(),
        unsigned.leafHash(),
        unsigned.at(),
        receipts.sign(unsigned.signedText()));
  }

  private static Receipt receipt(String eventId, long sequence, byte[] leaf, String at) {
    return new Receipt(eventId, sequence, Base64.getEncoder().encodeToString(leaf), at, "");
  }

  static byte[] leafHash(ChainedEvent entry) {
    return MerkleTree.leafHash(entry.canonical().getBytes(StandardCharsets.UTF_8));
  }

  static String keyContext(long sequence) {
    return "ledger-key/" + sequence;
  }

  private static List<String> encode(List<byte[]> hashes) {
    return hashes.stream().map(hash -> Base64.getEncoder().encodeToString(hash)).toList();
  }
}
