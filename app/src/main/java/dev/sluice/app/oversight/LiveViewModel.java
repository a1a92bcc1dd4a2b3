package dev.sluice.app.oversight;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.remote.OversightClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.LiveReport.FeedEntry;
import dev.sluice.governance.codec.wire.NewWriteFreeze;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What happens on the server now. While the dashboard is shown, the server is asked for what comes
/// next and answers as soon as there is something; otherwise nothing is asked.
public final class LiveViewModel {

  private static final int MOST_SHOWN = 500;
  private static final Duration REST = Duration.ofSeconds(2);

  /// What must be typed before writes are frozen.
  public static final String FREEZE_WORD = "FREEZE";

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final ReadOnlyObjectWrapper<Optional<LiveReport>> report =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper done = new ReadOnlyStringWrapper("");
  private final ReadOnlyIntegerWrapper held = new ReadOnlyIntegerWrapper();
  private final BooleanProperty paused = new SimpleBooleanProperty();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObservableList<FeedEntry> shown = FXCollections.observableArrayList();
  private final List<FeedEntry> newest = new ArrayList<>();
  private List<FeedEntry> frozenFeed = List.of();
  private boolean watching;
  private long round;

  public LiveViewModel(Session session, Background background, Messages messages) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    paused.addListener(
        (observed, before, now) -> {
          frozenFeed = List.copyOf(newest);
          held.set(0);
          layOut();
        });
    filter.addListener((observed, before, now) -> layOut());
  }

  public ReadOnlyObjectProperty<Optional<LiveReport>> reportProperty() {
    return report.getReadOnlyProperty();
  }

  /// Why nothing new comes, or why something was refused; empty when all is well.
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /// What came of the last thing I did.
  public ReadOnlyStringProperty doneProperty() {
    return done.getReadOnlyProperty();
  }

  /// Entries that came since the feed was paused.
  public ReadOnlyIntegerProperty heldProperty() {
    return held.getReadOnlyProperty();
  }

  public BooleanProperty pausedProperty() {
    return paused;
  }

  /// Words that an entry must hold, all of them.
  public StringProperty filterProperty() {
    return filter;
  }

  /// Newest first, filtered.
  public ObservableList<FeedEntry> feed() {
    return shown;
  }

  /// Begins to ask the server, until [#rest()].
  public void watch() {
    if (!watching) {
      watching = true;
      ask(++round);
    }
  }

  /// Stops asking.
  public void rest() {
    watching = false;
    round++;
  }

  private void ask(long asked) {
    long place = report.get().map(LiveReport::place).orElse(-1L);
    background.call(
        () -> place < 0 ? oversight().live() : oversight().liveAfter(place),
        fresh -> {
          if (watching && asked == round) {
            problem.set("");
            take(fresh);
            ask(asked);
          }
        },
        failure -> {
          if (watching && asked == round) {
            problem.set(messages.text("live.stale", Problems.words(failure)));
            background.after(REST, () -> background.deliver(() -> again(asked)));
          }
        });
  }

  private void again(long asked) {
    if (watching && asked == round) {
      ask(asked);
    }
  }

  private void take(LiveReport fresh) {
    newest.addAll(0, fresh.feed().reversed());
    if (newest.size() > MOST_SHOWN) {
      newest.subList(MOST_SHOWN, newest.size()).clear();
    }
    report.set(Optional.of(fresh));
    if (paused.get()) {
      held.set(held.get() + fresh.feed().size());
    } else if (!fresh.feed().isEmpty()) {
      layOut();
    }
  }

  private void layOut() {
    List<FeedEntry> from = paused.get() ? frozenFeed : newest;
    String[] words = filter.get().strip().toLowerCase(Locale.ROOT).split("\\s+");
    shown.setAll(from.stream().filter(entry -> holds(entry, words)).toList());
  }

  private static boolean holds(FeedEntry entry, String[] words) {
    String text =
        String.join(
                " ",
                entry.name(),
                entry.actor(),
                entry.connection(),
                entry.verdict(),
                entry.title(),
                entry.statement(),
                entry.rule(),
                entry.kind(),
                String.join(" ", entry.labels()))
            .toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }

  /// Whether I may end sessions and freeze writes; an auditor only looks.
  public boolean mayAct() {
    return session.me().principal().roles().contains("server-admin");
  }

  /// Freezes all writes.
  ///
  /// @param typed what was typed to confirm; anything but [#FREEZE_WORD] freezes nothing
  public void freeze(
      String connection, long minutes, String reason, String typed, Runnable onDone) {
    if (!typed.equals(FREEZE_WORD)) {
      return;
    }
    act(() -> oversight().freeze(new NewWriteFreeze(connection, minutes, reason)), "", onDone);
  }

  public void lift(String freezeId) {
    act(
        () -> {
          oversight().lift(freezeId);
          return freezeId;
        },
        "live.freeze.lifted",
        () -> {});
  }

  public void endSession(String id, String reason, Runnable onDone) {
    act(
        () -> {
          oversight().endSession(id, reason);
          return id;
        },
        "live.session.ended",
        onDone);
  }

  private <T> void act(dev.sluice.app.fx.Work<T> work, String key, Runnable onDone) {
    done.set("");
    background.call(
        work,
        answer -> {
          problem.set("");
          // A freeze is said by the banner of every window already.
          done.set(key.isEmpty() ? "" : messages.text(key));
          onDone.run();
        },
        failure -> problem.set(Problems.wordsAndWayOut(failure)));
  }

  private OversightClient oversight() throws WorkspaceProblem {
    return session.roads().oversight();
  }
}
