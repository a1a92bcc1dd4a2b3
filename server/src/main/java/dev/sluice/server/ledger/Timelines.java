package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Timeline;
import dev.sluice.server.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// One person's part of the log. Entries are read from the log itself, so what is shown is what is
/// hashed.
public final class Timelines {

  private static final int LARGEST_PAGE = 500;

  private final Store store;
  private final Ledger ledger;

  public Timelines(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /// @param owner principal key
  /// @param text words that must all occur (or begin a word that does), empty for all
  /// @param before only entries with a smaller sequence
  /// @param limit at most so many, cut to 1 to 500
  public Timeline page(String owner, String text, long before, int limit) {
    int size = Math.clamp(limit, 1, LARGEST_PAGE);
    return store.read(
        handle -> {
          List<TimelineIndex.Row> rows =
              TimelineIndex.rows(handle, store.isSqlite(), owner, text, before, size + 1);
          List<TimelineIndex.Row> shown = rows.subList(0, Math.min(size, rows.size()));
          Map<Long, AuditEvent> events = events(handle, shown);
          return new Timeline(
              shown.stream().map(row -> entry(events, owner, row)).toList(), rows.size() > size);
        });
  }

  /// The newest entries that are in both timelines, told as to the first.
  ///
  /// @param one principal key, such as an agent's
  /// @param other principal key, such as its owner's
  public List<Timeline.Entry> shared(String one, String other, int limit) {
    return store.read(
        handle -> {
          List<TimelineIndex.Row> rows =
              TimelineIndex.shared(handle, one, other, Math.clamp(limit, 1, LARGEST_PAGE));
          Map<Long, AuditEvent> events = events(handle, rows);
          return rows.stream().map(row -> entry(events, one, row)).toList();
        });
  }

  private Map<Long, AuditEvent> events(Handle handle, List<TimelineIndex.Row> rows) {
    return ledger.events(
        handle,
        rows.stream()
            .flatMap(row -> Stream.of(row.sequence(), row.outcome()))
            .filter(sequence -> sequence > 0)
            .toList());
  }

  private static Timeline.Entry entry(
      Map<Long, AuditEvent> events, String owner, TimelineIndex.Row row) {
    AuditEvent begun = events.get(row.sequence());
    return begun == null
        ? EntryWords.erased(row.sequence())
        : EntryWords.describe(
            row.sequence(), begun, Optional.ofNullable(events.get(row.outcome())), owner);
  }
}
