package dev.sluice.server.enforcement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What changed in a database since its plan was applied.
///
/// @param gone lines of its state that are no longer so
/// @param come lines that were not so before
/// @param unread why it is not known, for people; empty when it is
public record Drift(List<String> gone, List<String> come, String unread) {

  private static final int SHOWN = 4;

  public Drift {
    gone = List.copyOf(gone);
    come = List.copyOf(come);
  }

  Drift(List<String> gone, List<String> come) {
    this(gone, come, "");
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

  /// The server's own login cannot even read whether something changed.
  static Drift unreadable(EnforcementProblem problem) {
    return new Drift(List.of(), List.of(), String.valueOf(problem.getMessage()));
  }

  public boolean none() {
    return gone.isEmpty() && come.isEmpty() && unread.isEmpty();
  }

  /// The first few changes in one sentence: of a thing that is another now, only what differs.
  public String summary() {
    if (!unread.isEmpty()) {
      return unread;
    }
    List<String> changes = new ArrayList<>();
    List<String> fresh = new ArrayList<>(come);
    for (String before : gone) {
      Optional<String> after =
          fresh.stream().filter(line -> subject(line).equals(subject(before))).findFirst();
      after.ifPresent(fresh::remove);
      changes.add(
          after.map(now -> difference(before, now)).orElseGet(() -> "gone: " + subject(before)));
    }
    fresh.forEach(line -> changes.add("new: " + line));
    String first = changes.stream().limit(SHOWN).collect(Collectors.joining("; "));
    return changes.size() > SHOWN ? first + "; and " + (changes.size() - SHOWN) + " more" : first;
  }

  /// The first two words: what kind of thing, and its name.
  private static String subject(String line) {
    int second = line.indexOf(' ', line.indexOf(' ') + 1);
    return second < 0 ? line : line.substring(0, second);
  }

  private static String difference(String before, String after) {
    List<String> was = List.of(before.split("(?<=[ ,])"));
    List<String> is = List.of(after.split("(?<=[ ,])"));
    int start = 0;
    while (start < Math.min(was.size(), is.size()) && was.get(start).equals(is.get(start))) {
      start++;
    }
    int end = 0;
    while (end < Math.min(was.size(), is.size()) - start
        && was.get(was.size() - 1 - end).equals(is.get(is.size() - 1 - end))) {
      end++;
    }
    return subject(after)
        + " was \""
        + String.join("", was.subList(start, was.size() - end)).strip()
        + "\" and is \""
        + String.join("", is.subList(start, is.size() - end)).strip()
        + "\"";
  }
}
