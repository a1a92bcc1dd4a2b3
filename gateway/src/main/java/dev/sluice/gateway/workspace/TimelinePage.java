package dev.sluice.gateway.workspace;

import dev.sluice.governance.codec.wire.Timeline;
import java.time.Instant;
import java.util.List;

/// Entries newest first.
///
/// @param more whether older ones exist
public record TimelinePage(List<Entry> entries, boolean more) {
  public TimelinePage {
    entries = List.copyOf(entries);
  }

  /// As the server tells it.
  public static TimelinePage of(Timeline told) {
    return new TimelinePage(told.entries().stream().map(TimelinePage::entry).toList(), told.more());
  }

  /// One entry as the server tells it.
  public static Entry entry(Timeline.Entry entry) {
    return new Entry(
        entry.sequence(),
        entry.at(),
        entry.connection(),
        entry.verdict(),
        entry.title(),
        entry.statement(),
        entry.rule(),
        entry.detail(),
        entry.rows(),
        entry.milliseconds(),
        entry.columnsTouched(),
        entry.columnsMasked(),
        entry.correlation());
  }

  /// One thing I did or that happened to me.
  ///
  /// @param sequence place in the server's log
  /// @param verdict `allow`, `needs-approval`, `deny`, or empty when it is not about a statement
  /// @param title a few words: "Ran", "Blocked", "Asked for approval", "Approved by owner"
  /// @param statement text, empty when none
  /// @param rule id, empty when none
  /// @param detail one sentence
  /// @param rows affected or delivered, -1 when not applicable
  /// @param milliseconds how long it took, -1 when not applicable
  /// @param columnsTouched dotted names
  /// @param columnsMasked dotted names
  /// @param correlation ties the entries of one statement or request together
  public record Entry(
      long sequence,
      Instant at,
      String connection,
      String verdict,
      String title,
      String statement,
      String rule,
      String detail,
      long rows,
      long milliseconds,
      List<String> columnsTouched,
      List<String> columnsMasked,
      String correlation) {
    public Entry {
      columnsTouched = List.copyOf(columnsTouched);
      columnsMasked = List.copyOf(columnsMasked);
    }
  }
}
