package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.server.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads the statements that people, agents and pipelines announced, out of the log itself: what
/// was erased is not there.
public final class RecordedStatements {

  private static final int PAGE = 1000;

  private final Store store;
  private final Ledger ledger;

  public RecordedStatements(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /// One announced statement.
  ///
  /// @param subject principal key
  public record Recorded(
      String subject,
      String actorKind,
      String connection,
      String statement,
      List<String> binds,
      Instant at) {}

  /// Entries in the log now, and the place of the first that is not older than an instant.
  public record Reach(long first, long last) {
    public long entries() {
      return Math.max(0, last - first + 1);
    }
  }

  /// Where the statements since an instant stand. Times in the log only grow, so it is found by
  /// halving.
  public Reach since(Instant since) {
    return store.read(
        handle -> {
          long last = LedgerTables.size(handle);
          long low = 1;
          long high = last + 1;
          while (low < high) {
            long middle = (low + high) / 2;
            Optional<AuditEvent> event = ledger.event(handle, middle);
            // An erased entry tells no time: it is taken for old, so that nothing is left out.
            if (event.isPresent() && !event.get().at().isBefore(since)) {
              high = middle;
            } else {
              low = middle + 1;
            }
          }
          return new Reach(low, last);
        });
  }

  /// Hands over the statements of a stretch, in order.
  ///
  /// @param going asked after each page with the entries read so far; reading stops when it says no
  public void read(Reach reach, java.util.function.Consumer<Recorded> each, Predicate<Long> going) {
    for (long from = reach.first(); from <= reach.last(); from += PAGE) {
      long start = from;
      long end = Math.min(reach.last(), from + PAGE - 1);
      store.read(
          handle -> {
            ledger
                .events(
                    handle, java.util.stream.LongStream.rangeClosed(start, end).boxed().toList())
                .values()
                .stream()
                .filter(RecordedStatements::isStatement)
                .map(RecordedStatements::recorded)
                .forEach(each);
            return 0;
          });
      if (!going.test(end - reach.first() + 1)) {
        return;
      }
    }
  }

  private static boolean isStatement(AuditEvent event) {
    return event.kind().equals("statement.intent") || event.kind().equals("statement.refused");
  }

  private static Recorded recorded(AuditEvent event) {
    return new Recorded(
        event.subject(),
        event.actorKind(),
        EventFields.orEmpty(event, "connection"),
        EventFields.orEmpty(event, "statement"),
        EventFields.texts(event, "binds"),
        event.at());
  }
}
