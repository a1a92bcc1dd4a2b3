package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.audit.Checkpoint;
import dev.sluice.governance.audit.MerkleTree;
import dev.sluice.governance.audit.SigningKeys;
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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The audit log. Safe for use by many threads.
public final class Ledger {

  private final Store store;
  private final KeyPair signing;
  private final Sealer sealer;
  private final String origin;
  private final InstantSource clock;
  private final Streams streams;

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
    Handle handle = transaction.handle();
    Optional<Long> known = LedgerTables.sequenceOf(handle, event.id());
    if (known.isPresent()) {
      return again(handle, known.get(), event);
    }
    ChainedEvent last = LedgerTables.last(handle);
    Envelope envelope = Envelope.around(event);
    ChainedEvent link = AuditChain.link(last.sequence() + 1, last.hash(), envelope.text());
    LedgerTables.insert(
        handle, event.id(), link, sealer.seal(envelope.key(), keyContext(link.sequence())));
    byte[] leaf = leafHash(link);
    LedgerTables.insert(
        handle, MerkleTree.append(last.sequence(), leaf, LedgerTables.nodes(handle)));
    TimelineIndex.add(transaction, store.isSqlite(), event, link.sequence());
    transaction.afterCommit(
        () -> {
          TimelineIndex.owners(event)
              .forEach(owner -> streams.timelineGrew(owner, link.sequence()));
          streams.wake();
        });
    return receipt(event.id(), link.sequence(), leaf, event.at().toString());
  }

  private Receipt again(Handle handle, long sequence, AuditEvent event) {
    AuditEvent before = event(handle, sequence).orElseThrow(() -> Problems.notFound("event"));
    if (!before.subject().equals(event.subject()) || !before.kind().equals(event.kind())) {
      throw Problems.conflict();
    }
    ChainedEvent entry = LedgerTables.entry(handle, sequence).orElseThrow();
    return receipt(event.id(), sequence, leafHash(entry), before.at().toString());
  }

  /// The event at a place, decrypted; empty when it is not there or was erased.
  public Optional<AuditEvent> event(Handle handle, long sequence) {
    Optional<ChainedEvent> entry = LedgerTables.entry(handle, sequence);
    Optional<String> key = LedgerTables.sealedKey(handle, sequence);
    if (entry.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Envelope.open(entry.get().canonical(), sealer.open(key.get(), keyContext(sequence))));
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
  // the
  /// newest checkpoint still holds. Quick: for the start of a server; [#verify] reads everything.
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
    byte[] signature =
        SigningKeys.sign(
            signing.getPrivate(), unsigned.signedText().getBytes(StandardCharsets.UTF_8));
    return new Receipt(
        unsigned.eventId(),
        unsigned.sequence(),
        unsigned.leafHash(),
        unsigned.at(),
        Base64.getEncoder().encodeToString(signature));
  }

  private static Receipt receipt(String eventId, long sequence, byte[] leaf, String at) {
    return new Receipt(eventId, sequence, Base64.getEncoder().encodeToString(leaf), at, "");
  }

  static byte[] leafHash(ChainedEvent entry) {
    return MerkleTree.leafHash(entry.canonical().getBytes(StandardCharsets.UTF_8));
  }

  private static String keyContext(long sequence) {
    return "ledger-key/" + sequence;
  }

  private static List<String> encode(List<byte[]> hashes) {
    return hashes.stream().map(hash -> Base64.getEncoder().encodeToString(hash)).toList();
  }
}
