package dev.sluice.app.broken;

/// Broken on purpose: standard output belongs to the command line.
final class WritesToStandardOutput {
  void write() {
    System.out.println();
  }
}
