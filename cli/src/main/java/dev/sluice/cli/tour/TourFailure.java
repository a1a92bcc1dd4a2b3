package dev.sluice.cli.tour;

/// A step of the tour did not happen. The message says which and what was seen instead.
final class TourFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TourFailure(String message) {
    super(message);
  }
}
