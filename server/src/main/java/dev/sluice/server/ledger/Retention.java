package dev.sluice.server.ledger;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erases entries that are older than their kind is kept, on the same road as an erasure that
/// somebody asks for.
public final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int PAGE = 2000;

  private final Store store;
  private final Erasures erasures;
  private final Map<String, Duration> kept;
  private final InstantSource clock;

  /// @param kept how long, by the beginning of an event's kind, such as `statement.`; kinds that
  ///     are not named are kept for ever
  public Retention(
      Store store, Erasures erasures, Map<String, Duration> kept, InstantSource clock) {
    this.store = store;
    this.erasures = erasures;
    this.kept = new TreeMap<>(kept);
    this.clock = clock;
  }

  /// Looks at the next entries that are old enough.
  public void sweep() {
    kept.forEach(
        (kind, duration) -> {
          while (sweep(kind, clock.instant().minus(duration))) {
            LOG.debug("Retention goes on with {}", kind);
          }
        });
  }

  /// @return whether there is more
  private boolean sweep(String kind, Instant before) {
    long mark = store.read(handle -> mark(handle, kind));
    List<Long> old = new ArrayList<>();
    long seen = mark;
    boolean full = true;
    for (LedgerTables.Stored entry :
        store.read(handle -> LedgerTables.storedAfter(handle, mark, PAGE))) {
      Optional<Header> header = Header.of(entry.envelope());
      if (header.isEmpty() || !header.get().at().isBefore(before)) {
        full = false;
        break;
      }
      seen = entry.sequence();
      if (header.get().kind().startsWith(kind) && entry.sealedKey().isPresent()) {
        old.add(seen);
      }
    }
    if (seen == mark) {
      return false;
    }
    if (!old.isEmpty()) {
      int count = erasures.expire(old, "kept until " + before);
      LOG.info("Retention erased {} entries of kind {}*.", count, kind);
    }
    long upTo = seen;
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "INSERT INTO retention_mark (kind, upto) VALUES (?, ?)"
                        + " ON CONFLICT (kind) DO UPDATE SET upto = excluded.upto",
                    kind,
                    upTo));
    return full;
  }

  private static long mark(org.jdbi.v3.core.Handle handle, String kind) {
    return handle
        .createQuery("SELECT upto FROM retention_mark WHERE kind = ?")
        .bind(0, kind)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /// What stands in the clear on an envelope.
  private record Header(String kind, Instant at) {
    static Optional<Header> of(String envelope) {
      try {
        Map<?, ?> fields = JsonCodec.read(envelope, Map.class);
        return Optional.of(
            new Header(
                String.valueOf(fields.get("kind")),
                Instant.parse(String.valueOf(fields.get("at")))));
      } catch (JsonCodec.MalformedJson | java.time.format.DateTimeParseException e) {
        return Optional.empty();
      }
    }
  }
}
