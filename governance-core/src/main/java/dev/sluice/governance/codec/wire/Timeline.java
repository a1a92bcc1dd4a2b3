package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.time.Instant;
import java.util.List;

/// A page of one person's trail, newest first.
///
/// @param more whether older entries exist
public record Timeline(List<Entry> entries, boolean more) {
  public Timeline {
    entries = List.copyOf(entries);
  }

  /// One thing that happened. Texts are empty and numbers -1 where they do not apply.
  ///
  /// @param sequence place in the server's log
  /// @param kind of the event, such as `statement.intent`
  /// @param verdict `allow`, `needs-approval`, `deny`
  /// @param title a few words
  /// @param detail one sentence
  public record Entry(
      long sequence,
      Instant at,
      String kind,
      String connection,
      String verdict,
      String title,
      @Sensitive String statement,
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

    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }
}
