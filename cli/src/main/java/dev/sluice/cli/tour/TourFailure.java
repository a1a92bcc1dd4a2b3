package dev.sluice.cli.tour;

/// Something the tour expected did not happen.
final class TourFailure extends RuntimeException {
  TourFailure(String message) {
    super(message);
  }

  TourFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /// @throws TourFailure with the message when the condition does not hold
  static void unless(boolean holds, String message) {
    if (!holds) {
      throw new TourFailure(message);
    }
  }
}
