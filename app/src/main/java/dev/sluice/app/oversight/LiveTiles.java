package dev.sluice.app.oversight;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.LiveReport.Minute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// The numbers at the top of the dashboard. Each says what it counts and over what time.
final class LiveTiles extends GridPane {

  private final Messages messages;
  private final Tile connected;
  private final Tile statements;
  private final Tile blocked;
  private final Tile cells;
  private final Tile waiting;
  private final Tile journal;

  private static final class Tile extends VBox {
    private final Label number = Ui.whole("–", "tile-number");
    private final Label detail = Ui.label("", "muted", "small");

    Tile(String title, String icon) {
      super(2);
      getStyleClass().add("tile");
      setMinWidth(0);
      Label head = Ui.label(title, "field-label");
      head.setGraphic(Ui.icon(icon, "muted-icon"));
      getChildren().addAll(head, number, detail);
    }

    void show(String value, String words, boolean warning) {
      number.setText(value);
      detail.setText(words);
      Ui.hint(detail, words);
      getStyleClass().removeAll("tile-warning");
      if (warning) {
        getStyleClass().add("tile-warning");
      }
    }
  }

  LiveTiles(Messages messages) {
    this.messages = messages;
    setId(OversightIds.TILES);
    setHgap(10);
    connected = new Tile(messages.text("live.tile.connected"), "fth-users");
    statements = new Tile(messages.text("live.tile.statements"), "fth-activity");
    blocked = new Tile(messages.text("live.tile.blocked"), "fth-shield");
    cells = new Tile(messages.text("live.tile.cells"), "fth-eye-off");
    waiting = new Tile(messages.text("live.tile.waiting"), "fth-inbox");
    journal = new Tile(messages.text("live.tile.journal"), "fth-check-circle");
    List<Tile> tiles = List.of(connected, statements, blocked, cells, waiting, journal);
    for (int column = 0; column < tiles.size(); column++) {
      ColumnConstraints equal = new ColumnConstraints();
      equal.setPercentWidth(100.0 / tiles.size());
      getColumnConstraints().add(equal);
      add(tiles.get(column), column, 0);
    }
  }

  void show(LiveReport report) {
    showConnected(report);
    Minute last = report.minutes().getLast();
    Minute before = report.minutes().get(report.minutes().size() - 2);
    statements.show(
        messages.number(all(last)),
        messages.text("live.tile.statements.detail", messages.number(all(before))),
        false);
    long refused = report.minutes().stream().mapToLong(Minute::blocked).sum();
    long asked = report.minutes().stream().mapToLong(Minute::asked).sum();
    blocked.show(
        messages.number(refused),
        messages.text("live.tile.blocked.detail", messages.number(asked)),
        false);
    long hidden = report.minutes().stream().mapToLong(Minute::cells).sum();
    long masked = report.minutes().stream().mapToLong(Minute::masked).sum();
    cells.show(messages.number(hidden), messages.count("live.tile.cells.detail", masked), false);
    showWaiting(report);
    showJournal(report);
  }

  private static long all(Minute minute) {
    return minute.allowed() + minute.masked() + minute.asked() + minute.blocked();
  }

  private void showConnected(LiveReport report) {
    connected.show(messages.number(report.sessions().size()), kinds(report), false);
  }

  /// Only the kinds that there are: a tile is narrow.
  private String kinds(LiveReport report) {
    List<String> words = new ArrayList<>();
    long people = count(report, "person");
    long agents = count(report, "agent");
    long pipelines = count(report, "pipeline");
    if (people > 0) {
      words.add(messages.count("live.people", people));
    }
    if (agents > 0) {
      words.add(messages.count("live.agents", agents));
    }
    if (pipelines > 0) {
      words.add(messages.count("live.pipelines", pipelines));
    }
    return String.join(", ", words);
  }

  private static long count(LiveReport report, String kind) {
    return report.sessions().stream().filter(session -> session.kind().equals(kind)).count();
  }

  private void showWaiting(LiveReport report) {
    boolean none = report.waiting().isEmpty();
    Duration oldest =
        none ? Duration.ZERO : Duration.between(report.waiting().getFirst().since(), report.at());
    waiting.show(
        messages.number(report.waiting().size()),
        none
            ? messages.text("live.tile.waiting.none")
            : messages.text("live.tile.waiting.detail", Spans.age(oldest, messages)),
        oldest.compareTo(Duration.ofHours(1)) > 0);
  }

  private void showJournal(LiveReport report) {
    LiveReport.Journal log = report.journal();
    long unsigned = log.entries() - log.signed();
    boolean late =
        unsigned > 0
            && Duration.between(log.signedAt(), report.at()).compareTo(Duration.ofMinutes(10)) > 0;
    String words =
        log.undelivered() > 0
            ? messages.text("live.tile.journal.undelivered", messages.number(log.undelivered()))
            : late
                ? messages.text("live.tile.journal.late", messages.number(unsigned))
                : messages.text("live.tile.journal.well", messages.number(log.signed()));
    journal.show(messages.number(log.entries()), words, late || log.undelivered() > 0);
  }
}
