package dev.sluice.app.approvals;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.codec.wire.RowChanges;
import java.util.List;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// What a change would do to rows before it is decided, what it did afterwards, and the statement
/// that takes it back.
final class RowsPane extends VBox {

  static final String PREVIEW = "inbox-preview";
  static final String ROWS = "inbox-rows";
  static final String UNDO = "inbox-undo-statement";

  private static final int SHOWN = 12;

  private static final int MOST_LOOKS = 5;

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final ApprovalRequest item;
  private final VBox found = new VBox(8);

  RowsPane(Session session, Background background, Messages messages, ApprovalRequest item) {
    super(8);
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.item = item;
    found.setId(ROWS);
    if (item.state() == ApprovalState.PENDING) {
      Button preview =
          Ui.button(PREVIEW, messages.text("inbox.preview"), "fth-play-circle", () -> {});
      preview.setOnAction(event -> preview(preview));
      getChildren().addAll(Ui.paragraph(messages.text("inbox.preview.words"), "muted"), preview);
    } else if (session.workspace().roads().isPresent()) {
      look(item.state() == ApprovalState.EXHAUSTED ? MOST_LOOKS : 1);
    }
    getChildren().add(found);
  }

  private void preview(Button button) {
    button.setDisable(true);
    found.getChildren().setAll(Ui.paragraph(messages.text("inbox.preview.running"), "muted"));
    background.call(
        () -> session.roads().requests().dryRun(item.id()),
        changes -> {
          button.setDisable(false);
          found.getChildren().clear();
          show(changes);
        },
        problem -> {
          button.setDisable(false);
          refused(problem);
        });
  }

  private void refused(WorkspaceProblem problem) {
    found.getChildren().setAll(Ui.paragraph(Problems.wordsAndWayOut(problem), "muted"));
  }

  /// What a use did is kept a moment after the request says that it was used.
  private void look(int left) {
    background.call(
        () -> session.roads().requests().changes(item.id()),
        uses -> {
          if (uses.isEmpty() && left > 1) {
            PauseTransition pause = new PauseTransition(Duration.seconds(1));
            pause.setOnFinished(event -> look(left - 1));
            pause.play();
          } else {
            uses(uses);
          }
        },
        this::refused);
  }

  private void uses(List<RowChanges> uses) {
    for (RowChanges changes : uses) {
      show(changes);
      undo(changes);
    }
  }

  private void show(RowChanges changes) {
    found
        .getChildren()
        .add(
            Ui.paragraph(
                messages.text(
                    changes.dryRun() ? "inbox.rows.would" : "inbox.rows.did",
                    changes.rows() < 0 ? "?" : messages.number(changes.rows()),
                    changes.table().isEmpty() ? "–" : changes.table()),
                "strong"));
    if (!changes.withheld().isEmpty()) {
      found.getChildren().add(Ui.paragraph(changes.withheld(), "muted"));
    } else if (!changes.changes().isEmpty()) {
      ScrollPane scroll = new ScrollPane(grid(changes));
      scroll.getStyleClass().add("edge-to-edge");
      scroll.setMinHeight(Math.min(220, 40 + 26.0 * Math.min(SHOWN, changes.changes().size())));
      found.getChildren().add(scroll);
      if (changes.truncated() || changes.changes().size() > SHOWN) {
        found.getChildren().add(Ui.paragraph(messages.text("inbox.rows.more"), "muted", "small"));
      }
    }
    changes.sideEffects().forEach(words -> found.getChildren().add(Ui.paragraph(words, "small")));
  }

  private GridPane grid(RowChanges changes) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("replay-table");
    for (int at = 0; at < changes.columns().size(); at++) {
      cell(grid, changes.columns().get(at).label(), at + 1, 0, "strong");
    }
    int line = 1;
    for (RowChanges.Row row : changes.changes().stream().limit(SHOWN).toList()) {
      String kind = row.kind().name().toLowerCase(Locale.ROOT);
      cell(grid, messages.text("inbox.rows." + kind), 0, line, "muted");
      for (int at = 0; at < changes.columns().size(); at++) {
        cell(grid, value(row, at), at + 1, line, style(row, at));
      }
      line++;
    }
    return grid;
  }

  private static String value(RowChanges.Row row, int at) {
    return switch (row.kind()) {
      case INSERTED -> text(row.after(), at);
      case DELETED -> text(row.before(), at);
      case UPDATED ->
          row.changed().contains(at)
              ? text(row.before(), at) + " → " + text(row.after(), at)
              : text(row.before(), at);
    };
  }

  private static String text(List<@org.jspecify.annotations.Nullable String> values, int at) {
    String value = at < values.size() ? values.get(at) : null;
    return value == null ? "NULL" : value.length() > 60 ? value.substring(0, 59) + "…" : value;
  }

  private static String style(RowChanges.Row row, int at) {
    return switch (row.kind()) {
      case INSERTED -> "diff-added";
      case DELETED -> "diff-removed";
      case UPDATED -> row.changed().contains(at) ? "diff-added" : "diff-same";
    };
  }

  private static void cell(GridPane grid, String text, int column, int row, String style) {
    Label label = Ui.whole(text, "code", "small", "replay-cell", style);
    label.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
    grid.add(label, column, row);
  }

  private void undo(RowChanges changes) {
    if (!changes.undo().offered()) {
      found.getChildren().add(Ui.paragraph(changes.undo().refusal(), "muted", "small"));
      return;
    }
    Button ask = Ui.button(UNDO, messages.text("inbox.undo.ask"), "fth-rotate-ccw", () -> {});
    ask.setOnAction(
        event -> {
          ask.setDisable(true);
          background.call(
              () ->
                  session
                      .roads()
                      .requests()
                      .undo(
                          item.id(), changes.executionId(), messages.text("inbox.undo.ask.reason")),
              asked -> found.getChildren().add(Ui.paragraph(messages.text("inbox.undo.asked"))),
              problem -> {
                ask.setDisable(false);
                found.getChildren().add(Ui.paragraph(Problems.wordsAndWayOut(problem)));
              });
        });
    found
        .getChildren()
        .addAll(
            Ui.paragraph(messages.text("inbox.undo.statement"), "muted"),
            Ui.paragraph(changes.undo().statement(), "statement-box", "code"),
            ask);
  }
}
