package dev.sluice.governance.sql;

import java.util.concurrent.Callable;

/// Where the parser runs: the core owns no threads, so the runtime lends it one with a large stack
/// and a time limit.
public interface ParserWorker {

  /// Runs the work and returns its result.
  ///
  /// @throws ParserOverrun when time or stack ran out; the statement is then refused
  <T> T run(Callable<T> work) throws ParserOverrun;

  /// The work took too long or too deep.
  final class ParserOverrun extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    public ParserOverrun(String message) {
      super(message);
      this.message = message;
    }

    @Override
    public String getMessage() {
      return message;
    }
  }

  /// Runs on the caller's own thread, for tests and for callers that bring their own limits.
  static ParserWorker onCallerThread() {
    return new CallerThreadParserWorker();
  }
}
