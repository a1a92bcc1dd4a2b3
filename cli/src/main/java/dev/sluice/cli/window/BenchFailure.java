package dev.sluice.cli.window;

/// Something could not be measured; the message says what.
final class BenchFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BenchFailure(String message) {
    super(message);
  }
}
