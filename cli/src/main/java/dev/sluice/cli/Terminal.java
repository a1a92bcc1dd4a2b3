package dev.sluice.cli;

import dev.sluice.cli.check.Ink;
import dev.sluice.cli.check.VerdictPrinter;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Standard output: answers only, in UTF-8 whatever the locale, coloured only for a person.
final class Terminal {

  private Terminal() {}

  /// Standard output as bytes. Closing it flushes.
  static OutputStream answers() {
    return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
  }

  static VerdictPrinter printer(OutputStream output) {
    return new VerdictPrinter(
        new PrintWriter(new java.io.OutputStreamWriter(output, StandardCharsets.UTF_8), false),
        ink());
  }

  /// Colours when a person looks at it and has not asked for none.
  static Ink ink() {
    boolean person =
        System.console() != null
            && System.console().isTerminal()
            && System.getenv("NO_COLOR") == null
            && !"dumb".equals(System.getenv("TERM"));
    return person ? Ink.COLOURED : Ink.PLAIN;
  }
}
