package dev.sluice.app.results;

import java.nio.file.Path;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/// An export under way.
public final class ExportJob {

  private final Path target;
  private final int rows;
  private final ReadOnlyIntegerWrapper written = new ReadOnlyIntegerWrapper();
  private volatile boolean cancelled;
  volatile int reached;

  ExportJob(Path target, int rows) {
    this.target = target;
    this.rows = rows;
  }

  public Path target() {
    return target;
  }

  public int rows() {
    return rows;
  }

  /// Rows written so far; changes on the FX thread.
  public ReadOnlyIntegerProperty writtenProperty() {
    return written.getReadOnlyProperty();
  }

  /// Stops it at the next row; what was written is removed.
  public void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  void show() {
    written.set(reached);
  }
}
