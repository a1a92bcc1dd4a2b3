package dev.sluice.cli.demo;

/// Opens tables for loading, one after the other.
interface Tables {

  /// Loads one table; what was loaded is there when this returns.
  void load(String table, Filler filler) throws Exception;

  /// Writes the rows.
  interface Filler {
    void fill(RowSink sink) throws Exception;
  }
}
