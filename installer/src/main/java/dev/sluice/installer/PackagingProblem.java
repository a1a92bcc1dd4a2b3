package dev.sluice.installer;

/// Packaging cannot go on; the message says what to do about it.
final class PackagingProblem extends RuntimeException {

  PackagingProblem(String message) {
    super(message);
  }
}
