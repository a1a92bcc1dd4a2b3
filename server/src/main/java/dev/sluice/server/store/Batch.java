package dev.sluice.server.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The pieces of work that are written in one database transaction. Used by the writer's thread
/// alone.
public final class Batch {

  private final Handle handle;
  private final List<? extends Work<?>> works;
  private final Map<Class<?>, Part> parts = new LinkedHashMap<>();
  private boolean announced;

  Batch(Handle handle, List<? extends Work<?>> works) {
    this.handle = handle;
    this.works = works;
  }

  /// For reading: what is written through it is not undone when a piece fails.
  public Handle handle() {
    return handle;
  }

  /// Every piece of this batch, in order: what they will need can be read for all at once.
  public List<Work<?>> works() {
    return List.copyOf(works);
  }

  /// The batch's part of a kind; made at the first call.
  public <P extends Part> P part(Class<P> kind, Function<Batch, P> make) {
    Part found = parts.get(kind);
    if (found == null) {
      found = make.apply(this);
      parts.put(kind, found);
    }
    return kind.cast(found);
  }

  void announce() {
    announced = true;
  }

  boolean isAnnounced() {
    return announced;
  }

  void keep() {
    parts.values().forEach(Part::keep);
  }

  void drop() {
    parts.values().forEach(Part::drop);
  }

  void write() {
    parts.values().forEach(Part::write);
  }

  void committed() {
    parts.values().forEach(Part::committed);
  }

  /// Rows that are gathered over all pieces and written together at the end: one statement for many
  /// rows costs little more than one for one.
  public interface Part {

    /// The piece that ran last succeeded.
    void keep();

    /// The piece that ran last failed: what it gathered is forgotten.
    void drop();

    /// Writes what was kept.
    void write();

    /// What was written is durable. Must be quick.
    void committed();
  }
}
