package dev.sluice.server.enforcement;

import java.util.List;
import java.util.TreeSet;

/// What changed in a database since its plan was applied.
///
/// @param gone lines of its state that are no longer so
/// @param come lines that were not so before
public record Drift(List<String> gone, List<String> come) {
  public Drift {
    gone = List.copyOf(gone);
    come = List.copyOf(come);
  }

  static Drift between(String before, String now) {
    TreeSet<String> gone = new TreeSet<>(before.lines().toList());
    TreeSet<String> come = new TreeSet<>(now.lines().toList());
    TreeSet<String> both = new TreeSet<>(gone);
    both.retainAll(come);
    gone.removeAll(both);
    come.removeAll(both);
    return new Drift(List.copyOf(gone), List.copyOf(come));
  }

  public boolean none() {
    return gone.isEmpty() && come.isEmpty();
  }

  /// The first few changes in one sentence.
  public String summary() {
    List<String> changes = new java.util.ArrayList<>();
    gone.stream().limit(3).forEach(line -> changes.add("no longer: " + line));
    come.stream().limit(3).forEach(line -> changes.add("now: " + line));
    int more = gone.size() + come.size() - changes.size();
    return String.join("; ", changes) + (more > 0 ? "; and " + more + " more" : "");
  }
}
