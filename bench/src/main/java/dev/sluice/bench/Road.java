package dev.sluice.bench;

import org.openjdk.jmh.infra.Blackhole;

/// One way to the database: runs a statement, takes all rows and looks at every value.
interface Road extends AutoCloseable {

  /// @param expected rows that must come, so that a road that gives up early has no figure
  void run(String sql, int expected, Blackhole blackhole) throws Exception;

  @Override
  void close() throws Exception;
}
