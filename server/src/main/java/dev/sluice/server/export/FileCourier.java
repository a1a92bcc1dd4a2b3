package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Appends OCSF lines to a file, opened anew for each, so that it may be rotated away.
record FileCourier(String origin, Path file) implements Courier {

  @Override
  public void deliver(long sequence, AuditEvent event) throws IOException {
    Files.writeString(
        file,
        Ocsf.line(origin, sequence, event) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public boolean putsAside() {
    return false;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
