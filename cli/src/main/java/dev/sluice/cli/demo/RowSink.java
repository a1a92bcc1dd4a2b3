package dev.sluice.cli.demo;

import org.jspecify.annotations.Nullable;

/// Takes the rows of one table.
interface RowSink {

  /// Values in the order of the columns: text, numbers, `java.time`, or null.
  void row(@Nullable Object... values) throws Exception;
}
