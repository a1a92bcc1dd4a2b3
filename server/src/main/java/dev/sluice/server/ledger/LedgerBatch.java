package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.audit.MerkleTree;
import dev.sluice.server.Sealer;
import dev.sluice.server.store.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// What one commit adds to the log. Links and nodes are worked out in memory, from the edge of the
/// log; the rows of all pieces are written together.
final class LedgerBatch implements Batch.Part {

  /// An entry of this commit.
  ///
  /// @param begun the entry whose end this one tells, 0 when it tells none
  record Entry(
      AuditEvent event,
      ChainedEvent link,
      byte[] leaf,
      List<MerkleTree.Node> nodes,
      String sealedKey,
      long begun) {}

  private final Handle handle;
  private final boolean sqlite;
  private final Consumer<Frontier> whenCommitted;
  private final Map<String, Long> stored = new HashMap<>();
  private final Set<String> lookedFor = new HashSet<>();
  private final Map<String, Entry> byId = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private int kept;
  private Frontier edge;
  private Frontier keptEdge;

  /// @param last the edge as this process knows it; taken when the store still ends there
  /// @param whenCommitted takes the new edge
  LedgerBatch(Batch batch, boolean sqlite, Frontier last, Consumer<Frontier> whenCommitted) {
    this.handle = batch.handle();
    this.sqlite = sqlite;
    this.whenCommitted = whenCommitted;
    this.edge = last.isEndOf(handle) ? last : Frontier.read(handle);
    this.keptEdge = edge;
    batch
        .works()
        .forEach(
            work -> {
              if (work instanceof Appending<?> appending) {
                lookedFor.addAll(appending.eventIds());
              }
            });
    stored.putAll(LedgerTables.sequencesOf(handle, lookedFor));
  }

  /// Where an event stands, also one of this commit.
  Optional<Long> sequenceOf(String eventId) {
    Entry mine = byId.get(eventId);
    if (mine != null) {
      return Optional.of(mine.link().sequence());
    }
    return lookedFor.contains(eventId)
        ? Optional.ofNullable(stored.get(eventId))
        : LedgerTables.sequenceOf(handle, eventId);
  }

  Optional<Entry> entry(String eventId) {
    return Optional.ofNullable(byId.get(eventId));
  }

  Entry add(AuditEvent event, Envelope envelope, Sealer sealer) {
    ChainedEvent link = AuditChain.link(edge.size() + 1, edge.hash(), envelope.text());
    byte[] leaf = Ledger.leafHash(link);
    List<MerkleTree.Node> nodes = edge.grow(leaf);
    Entry entry =
        new Entry(
            event,
            link,
            leaf,
            nodes,
            sealer.seal(envelope.key(), Ledger.keyContext(link.sequence())),
            EventFields.text(event, "of").flatMap(this::sequenceOf).orElse(0L));
    edge = edge.after(link, nodes);
    entries.add(entry);
    byId.put(event.id(), entry);
    return entry;
  }

  @Override
  public void keep() {
    kept = entries.size();
    keptEdge = edge;
  }

  @Override
  public void drop() {
    List<Entry> forgotten = entries.subList(kept, entries.size());
    forgotten.forEach(entry -> byId.remove(entry.event().id()));
    forgotten.clear();
    edge = keptEdge;
  }

  @Override
  public void write() {
    TimelineIndex.Lines lines = TimelineIndex.lines(entries);
    if (sqlite) {
      LedgerTables.insert(handle, entries);
      TimelineIndex.insert(handle, lines);
    } else {
      PostgreSqlRows.insert(handle, entries, lines);
    }
  }

  @Override
  public void committed() {
    whenCommitted.accept(edge);
  }
}
