package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.results.EditStatements.Planned;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Session;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.YieldingBar;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Changing rows in the grid: a switch, and a bar that says what is staged and sends it.
final class EditPanel {

  /// What the result does with it.
  interface Host {
    /// The rows are to be drawn anew.
    void present();

    void side(Node panel);

    void closeSide();
  }

  private final ResultViewModel model;
  private final ResultGrid grid;
  private final Session session;
  private final Background background;
  private final Messages messages;
  private final Notifications notifications;
  private final WaysOut waysOut;
  private final Host host;
  private final ToggleButton toggle = new ToggleButton();
  private final Label words = Ui.label("", "banner-words");
  private final HBox bar;
  private final Button submit;
  private final Button preview;
  private final Button discard;
  private Optional<RowEdits> edits = Optional.empty();

  EditPanel(
      ResultViewModel model,
      ResultGrid grid,
      Session session,
      Background background,
      Messages messages,
      Notifications notifications,
      WaysOut waysOut,
      Host host) {
    this.model = model;
    this.grid = grid;
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.notifications = notifications;
    this.waysOut = waysOut;
    this.host = host;
    toggle.setId(ControlIds.EDIT_ROWS);
    toggle.setGraphic(Ui.icon("fth-edit-2"));
    Ui.hint(toggle, messages.text("edit.start"));
    toggle.setAccessibleText(messages.text("edit.start"));
    toggle.getStyleClass().addAll("small", "flat");
    toggle.setOnAction(event -> switched());
    submit = button(ControlIds.EDIT_SUBMIT, "edit.submit", "fth-upload", this::submit);
    submit.getStyleClass().add("accent");
    preview = button(ControlIds.EDIT_PREVIEW, "edit.preview", "fth-code", this::preview);
    discard = button(ControlIds.EDIT_DISCARD, "edit.discard", "fth-rotate-ccw", this::discard);
    HBox.setHgrow(words, Priority.ALWAYS);
    words.setMaxWidth(Double.MAX_VALUE);
    words.setMinWidth(120);
    words.setId(ControlIds.EDIT_WORDS);
    bar =
        new YieldingBar(
                8,
                words,
                icon(ControlIds.EDIT_ADD, "edit.add", "fth-plus", this::add),
                icon(ControlIds.EDIT_DELETE, "edit.delete", "fth-minus", this::delete),
                icon(ControlIds.EDIT_NULL, "edit.null", "fth-slash", this::setNull),
                icon(ControlIds.EDIT_REVERT, "edit.revert", "fth-corner-up-left", this::revert),
                discard,
                preview,
                submit)
            .thenWords(discard)
            .thenWords(preview);
    bar.setId(ControlIds.EDIT_BAR);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("edit-bar");
    grid.onCommit(this::typed);
    changed("");
  }

  private Button button(String id, String key, String icon, Runnable action) {
    Button button = Ui.button(id, messages.text(key), icon, action);
    button.getStyleClass().add("small");
    return button;
  }

  private Button icon(String id, String key, String icon, Runnable action) {
    return Ui.iconButton(id, icon, messages.text(key), action);
  }

  ToggleButton toggle() {
    return toggle;
  }

  HBox bar() {
    return bar;
  }

  /// What is staged, while rows can be changed.
  Optional<RowEdits> edits() {
    return edits;
  }

  private void switched() {
    if (!toggle.isSelected()) {
      if (edits.map(RowEdits::isEmpty).orElse(true)) {
        end();
      } else {
        toggle.setSelected(true);
        say("edit.still-staged");
      }
      return;
    }
    toggle.setSelected(false);
    if (!model.phaseProperty().get().isFinal() || model.restoredFrom().isPresent()) {
      tell("edit.no", "edit.no.running");
      return;
    }
    String connection = model.connection().context().name();
    GridModel shown = model.gridProperty().get();
    background.call(
        () -> {
          List<StatementVerdict> read =
              session.workspace().decide(connection, model.statement().text());
          try {
            return new Found(
                Optional.of(
                    EditTarget.of(
                        read.getFirst().analysis(),
                        session.workspace().catalog(connection, false),
                        shown.all())),
                "");
          } catch (EditTarget.NotEditable e) {
            return new Found(Optional.empty(), e.key());
          }
        },
        found ->
            found
                .target()
                .ifPresentOrElse(
                    target -> begin(new RowEdits(target, shown.store())),
                    () -> tell("edit.no", found.whyNot())),
        this::problem);
  }

  private record Found(Optional<EditTarget> target, String whyNot) {}

  private void begin(RowEdits fresh) {
    edits = Optional.of(fresh);
    toggle.setSelected(true);
    host.present();
    changed("");
    grid.requestFocus();
  }

  private void end() {
    edits = Optional.empty();
    toggle.setSelected(false);
    host.closeSide();
    host.present();
  }

  private void typed(int row, int column, String value) {
    stage(row, column, Optional.of(value));
  }

  private void stage(int row, int column, Optional<String> value) {
    edits.ifPresent(
        staged -> {
          GridModel shown = grid.model();
          changed(staged.set(shown.place(row), shown.ordinal(column), value));
        });
  }

  private void setNull() {
    GridSelection chosen = grid.selection();
    if (!chosen.isEmpty()) {
      stage(chosen.row(), chosen.column(), Optional.empty());
    }
  }

  private void add() {
    edits.ifPresent(
        staged -> {
          staged.add();
          changed("");
          grid.reveal(grid.model().rows() - 1, 0);
          grid.requestFocus();
        });
  }

  private void delete() {
    eachRow(RowEdits::delete);
  }

  private void revert() {
    eachRow(RowEdits::revert);
  }

  private void eachRow(java.util.function.BiConsumer<RowEdits, Integer> change) {
    GridSelection chosen = grid.selection();
    edits.ifPresent(
        staged -> {
          if (chosen.isEmpty()) {
            say("edit.no-row");
            return;
          }
          // From the last on: to remove an added row moves those after it.
          for (int row = Math.min(chosen.lastRow(), grid.model().rows() - 1);
              row >= chosen.firstRow();
              row--) {
            change.accept(staged, grid.model().place(row));
          }
          changed("");
        });
  }

  private void discard() {
    edits.ifPresent(RowEdits::clear);
    host.closeSide();
    changed("");
  }

  /// @param whyNot key of the words why the last change was not taken
  private void changed(String whyNot) {
    boolean none = edits.map(RowEdits::isEmpty).orElse(true);
    submit.setDisable(none);
    preview.setDisable(none);
    discard.setDisable(none);
    if (whyNot.isEmpty()) {
      words.setText(
          none
              ? messages.text("edit.hint")
              : edits
                  .map(
                      staged ->
                          messages.text(
                              "edit.staged",
                              staged.changed().size(),
                              staged.addedRows(),
                              staged.deleted().size()))
                  .orElse(""));
      words.getStyleClass().remove("problem-words");
    } else {
      say(whyNot);
    }
    grid.rowsChanged();
  }

  private void say(String key) {
    words.setText(messages.text(key));
    if (!words.getStyleClass().contains("problem-words")) {
      words.getStyleClass().add("problem-words");
    }
  }

  private List<Planned> planned() {
    return edits.map(EditStatements::of).orElse(List.of());
  }

  private void preview() {
    TextArea text =
        new TextArea(
            planned().stream()
                .map(each -> each.statement().text() + ";")
                .collect(Collectors.joining("\n\n")));
    text.setId(ControlIds.EDIT_SQL);
    text.setEditable(false);
    text.getStyleClass().add("code");
    text.setAccessibleText(messages.text("edit.preview"));
    VBox.setVgrow(text, Priority.ALWAYS);
    HBox head =
        new HBox(
            8,
            Ui.label(messages.text("edit.preview"), "panel-title"),
            Ui.spacer(),
            Ui.iconButton("edit-sql-close", "fth-x", messages.text("close"), host::closeSide));
    head.setAlignment(Pos.CENTER_LEFT);
    VBox panel =
        new VBox(10, head, Ui.paragraph(messages.text("edit.preview.detail"), "muted"), text);
    panel.getStyleClass().add("side-panel");
    panel.setPrefWidth(440);
    host.side(panel);
  }

  private void submit() {
    List<Planned> planned = planned();
    if (planned.isEmpty()) {
      return;
    }
    submit.setDisable(true);
    words.setText(messages.text("edit.sending"));
    EditSubmission submission =
        new EditSubmission(
            session.workspace(),
            model.connection().context().name(),
            () -> messages.text("edit.tab"));
    background.call(
        () -> submission.send(planned), outcome -> came(outcome, planned), this::failed);
  }

  private void came(GovernedTransaction.Outcome outcome, List<Planned> planned) {
    submit.setDisable(false);
    switch (outcome) {
      case GovernedTransaction.Outcome.Done done -> {
        notifications.show(
            Notifications.Kind.SUCCESS, messages.count("edit.done", done.rows()), "");
        end();
        waysOut.again(model);
      }
      case GovernedTransaction.Outcome.NotAllowed refused -> {
        changed("");
        waysOut.submit(model.connection(), planned.stream().map(Planned::statement).toList());
      }
      case GovernedTransaction.Outcome.Conflict conflict -> {
        changed("");
        notifications.show(
            Notifications.Kind.WARNING,
            messages.text("edit.conflict", conflict.expected(), conflict.found()),
            messages.text("edit.conflict.way"));
      }
      case GovernedTransaction.Outcome.Failed failure -> failed(failure.problem());
    }
  }

  private void failed(WorkspaceProblem problem) {
    submit.setDisable(false);
    changed("");
    problem(problem);
  }

  private void problem(WorkspaceProblem problem) {
    notifications.show(Notifications.Kind.PROBLEM, Problems.words(problem), problem.wayOut());
  }

  private void tell(String title, String detail) {
    notifications.show(Notifications.Kind.INFORMATION, messages.text(title), messages.text(detail));
  }
}
