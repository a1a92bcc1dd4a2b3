package dev.sluice.server;

import java.io.PrintStream;
import java.util.Arrays;

/// What the server does a second, and how long it makes people wait. Prints figures; asserts
/// nothing. Run its main method from the test class path.
public final class ServerBenchmark {

  private ServerBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    String which = arguments.length == 0 ? "all" : arguments[0];
    String[] more =
        arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
    switch (which) {
      case "ingest" -> IngestBenchmark.main(out, more);
      case "push" -> PushBenchmark.main(out, more);
      default -> {
        IngestBenchmark.main(out);
        PushBenchmark.main(out);
      }
    }
    System.exit(0);
  }
}
