package dev.sluice.server;

import java.util.List;
import java.util.Optional;

/// The governed databases as they are now. They change while the server runs: ask each time.
public interface Targets {

  /// In the order they were declared.
  List<Target> all();

  /// A database by its name; empty when there is none.
  default Optional<Target> find(String name) {
    return all().stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /// Databases that never change.
  static Targets of(List<Target> targets) {
    List<Target> fixed = List.copyOf(targets);
    return () -> fixed;
  }
}
