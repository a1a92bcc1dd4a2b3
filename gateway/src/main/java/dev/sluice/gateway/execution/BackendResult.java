package dev.sluice.gateway.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came back for one statement. Close it to end the statement; a read-only transaction is
/// then rolled back, and a change that was not [#commit]ted too.
///
/// Values are one of: null, String, Boolean, Number, `java.time` types, `byte[]`, `java.util.UUID`.
/// Everything else arrives as its text.
public interface BackendResult extends AutoCloseable {

  /// The result's columns; empty when the statement gives no rows.
  List<BackendColumn> columns();

  /// The next row, or null after the last. Only when there are columns.
  @Nullable Object @Nullable [] next() throws BackendFailure;

  /// Affected rows; -1 when the statement gives rows.
  long updateCount();

  /// Whether the database answers with more than one result. Read after the last row.
  boolean hasMoreResults() throws BackendFailure;

  /// Notices and warnings so far.
  List<BackendNotice> notices();

  /// Makes a change last. Does nothing for a read.
  void commit() throws BackendFailure;

  @Override
  void close();
}
