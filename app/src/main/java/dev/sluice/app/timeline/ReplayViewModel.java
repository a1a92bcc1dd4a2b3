package dev.sluice.app.timeline;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.governance.codec.wire.Replay;
import dev.sluice.governance.codec.wire.Timeline;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One entry of my trail as it was then, and a step through its session.
final class ReplayViewModel {

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final ReadOnlyObjectWrapper<Optional<Replay>> replay =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private long question;

  ReplayViewModel(Session session, Background background, Messages messages) {
    this.session = session;
    this.background = background;
    this.messages = messages;
  }

  ReadOnlyObjectProperty<Optional<Replay>> replayProperty() {
    return replay.getReadOnlyProperty();
  }

  ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  /// Reads an entry; the last one asked for is the one that is shown.
  void open(long sequence) {
    if (session.workspace().roads().isEmpty()) {
      return;
    }
    long asked = ++question;
    message.set("");
    background.call(
        () -> session.roads().trail().replay(sequence),
        found -> {
          if (asked == question) {
            replay.set(Optional.of(found));
          }
        },
        failure -> {
          if (asked == question) {
            replay.set(Optional.empty());
            message.set(Problems.wordsAndWayOut(failure));
          }
        });
  }

  void forget() {
    question++;
    replay.set(Optional.empty());
    message.set("");
  }

  /// Steps of the session that is shown.
  List<Timeline.Entry> steps() {
    return replay.get().map(Replay::session).orElse(List.of());
  }

  /// Where the entry that is shown stands among them, -1 when it does not.
  int step() {
    List<Timeline.Entry> steps = steps();
    long here = replay.get().map(shown -> shown.entry().sequence()).orElse(-1L);
    for (int at = 0; at < steps.size(); at++) {
      if (steps.get(at).sequence() == here) {
        return at;
      }
    }
    return -1;
  }

  void goTo(int step) {
    if (step >= 0 && step < steps().size() && step != step()) {
      open(steps().get(step).sequence());
    }
  }

  /// Says that it was not me.
  void disown(String comment, boolean endSessions) {
    Optional<Replay> about = replay.get();
    if (about.isEmpty()) {
      return;
    }
    background.call(
        () -> session.roads().trail().disown(about.get().entry().sequence(), comment, endSessions),
        done ->
            message.set(
                done.told().isEmpty()
                    ? messages.text("replay.not-me.nobody")
                    : messages.text("replay.not-me.done", String.join(", ", done.told()))),
        failure -> message.set(Problems.wordsAndWayOut(failure)));
  }
}
