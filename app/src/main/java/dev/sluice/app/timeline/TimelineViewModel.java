package dev.sluice.app.timeline;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Debounce;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.Integrity;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// My own trail, newest first, page by page.
public final class TimelineViewModel {

  private static final int PAGE = 200;

  /// Which entries are shown.
  public enum Filter {
    ALL,
    ALLOWED,
    ASKED,
    BLOCKED;

    boolean takes(TimelinePage.Entry entry) {
      return switch (this) {
        case ALL -> true;
        case ALLOWED -> entry.verdict().equals("allow");
        case ASKED -> entry.verdict().equals("needs-approval") || entry.verdict().isEmpty();
        case BLOCKED -> entry.verdict().equals("deny");
      };
    }
  }

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final ZoneId zone;
  private final Debounce searching;
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<Filter> filter = new SimpleObjectProperty<>(Filter.ALL);
  private final ObservableList<TimelineRow> rows = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<Integrity>> integrity =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<WorkspaceProblem>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper verifying = new ReadOnlyBooleanWrapper();
  private final List<TimelinePage.Entry> entries = new ArrayList<>();
  private final Runnable endListening;
  private final ReplayViewModel replay;
  private boolean more;
  private boolean shownOnce;
  private long question;
  private boolean asking;
  private String shownText = "";

  public TimelineViewModel(Session session, Background background, Messages messages, ZoneId zone) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.zone = zone;
    this.replay = new ReplayViewModel(session, background, messages);
    this.searching = new Debounce(background, Duration.ofMillis(200));
    search.addListener(
        (observed, before, now) -> searching.request(() -> background.deliver(this::load)));
    filter.addListener((observed, before, now) -> layOut());
    endListening =
        session.onTimelineGrew(
            () -> {
              if (shownOnce) {
                load();
              }
            });
  }

  public StringProperty searchProperty() {
    return search;
  }

  public ObjectProperty<Filter> filterProperty() {
    return filter;
  }

  ObservableList<TimelineRow> rows() {
    return rows;
  }

  public List<TimelinePage.Entry> entries() {
    return List.copyOf(entries);
  }

  public ReadOnlyObjectProperty<Optional<Integrity>> integrityProperty() {
    return integrity.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<WorkspaceProblem>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty verifyingProperty() {
    return verifying.getReadOnlyProperty();
  }

  ReplayViewModel replay() {
    return replay;
  }

  public ZoneId zone() {
    return zone;
  }

  /// Reads the newest page.
  public void load() {
    shownOnce = true;
    ask(Long.MAX_VALUE, true);
  }

  /// Reads the page after the oldest entry.
  public void loadMore() {
    if (more && !entries.isEmpty()) {
      ask(entries.getLast().sequence(), false);
    }
  }

  /// The end of the list has come into sight. What a filter leaves out is not read past by itself:
  /// that could be the whole log.
  void endSeen() {
    if (!asking && filter.get() == Filter.ALL) {
      loadMore();
    }
  }

  /// Checks the trail against the server's log.
  public void verify() {
    if (verifying.get()) {
      return;
    }
    verifying.set(true);
    background.call(
        () -> session.workspace().verifyTimeline(),
        found -> {
          verifying.set(false);
          integrity.set(Optional.of(found));
        },
        failure -> {
          verifying.set(false);
          integrity.set(
              Optional.of(
                  new Integrity(
                      false, 0, messages.text("timeline.unverified", Problems.words(failure)))));
        });
  }

  public void close() {
    endListening.run();
    searching.cancel();
  }

  private void ask(long before, boolean fresh) {
    long asked = ++question;
    asking = true;
    String text = search.get().strip();
    background.call(
        () -> session.workspace().timeline(new TimelineQuery(text, before, PAGE)),
        page -> {
          if (asked == question) {
            asking = false;
            take(page, fresh && !text.equals(shownText), fresh);
            shownText = text;
            problem.set(Optional.empty());
            layOut();
          }
        },
        failure -> {
          asking = false;
          problem.set(Optional.of(failure));
        });
  }

  /// @param other it answers another question than what is shown: nothing of that stays
  /// @param fresh it is the newest page: older ones that were read already stay below it
  private void take(TimelinePage page, boolean other, boolean fresh) {
    List<TimelinePage.Entry> older = fresh && !other && page.more() ? below(page) : List.of();
    if (fresh) {
      entries.clear();
    }
    entries.addAll(page.entries());
    entries.addAll(older);
    if (older.isEmpty()) {
      more = page.more();
    }
  }

  /// What was read of what follows a page; nothing when the page does not reach it.
  private List<TimelinePage.Entry> below(TimelinePage page) {
    for (int at = 0; at < entries.size(); at++) {
      if (!page.entries().isEmpty()
          && entries.get(at).sequence() == page.entries().getLast().sequence()) {
        return List.copyOf(entries.subList(at + 1, entries.size()));
      }
    }
    return List.of();
  }

  private void layOut() {
    List<TimelineRow> lines = new ArrayList<>();
    LocalDate day = LocalDate.MIN;
    for (TimelinePage.Entry entry : entries) {
      if (!filter.get().takes(entry)) {
        continue;
      }
      LocalDate date = entry.at().atZone(zone).toLocalDate();
      if (!date.equals(day)) {
        lines.add(new TimelineRow.Day(date));
        day = date;
      }
      lines.add(new TimelineRow.Item(entry));
    }
    if (more) {
      lines.add(new TimelineRow.More());
    }
    int same = 0;
    while (same < lines.size() && same < rows.size() && rows.get(same).equals(lines.get(same))) {
      same++;
    }
    if (same < rows.size() - 1) {
      // In one step: what was chosen must not seem to be gone in between.
      rows.setAll(lines);
    } else {
      // Only older ones are new: the others keep their place on the screen.
      rows.subList(same, rows.size()).clear();
      rows.addAll(lines.subList(same, lines.size()));
    }
  }
}
