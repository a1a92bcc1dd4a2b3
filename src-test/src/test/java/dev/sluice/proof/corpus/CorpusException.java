package dev.sluice.proof.corpus;

/// A corpus file that is not what it should be; says the line and what was expected.
final class CorpusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorpusException(String message) {
    super(message);
  }
}
