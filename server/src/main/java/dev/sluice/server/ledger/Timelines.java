package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Timeline;
import dev.sluice.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
          List<Timeline.Entry> entries = new ArrayList<>();
          for (TimelineIndex.Row row : rows.subList(0, Math.min(size, rows.size()))) {
            entries.add(entry(handle, owner, row));
          }
          return new Timeline(entries, rows.size() > size);
        });
  }

  private Timeline.Entry entry(Handle handle, String owner, TimelineIndex.Row row) {
    Optional<AuditEvent> event = ledger.event(handle, row.sequence());
    Optional<AuditEvent> outcome =
        row.outcome() == 0 ? Optional.empty() : ledger.event(handle, row.outcome());
    return event
        .map(begun -> EntryWords.describe(row.sequence(), begun, outcome, owner))
        .orElseGet(() -> EntryWords.erased(row.sequence()));
  }
}
