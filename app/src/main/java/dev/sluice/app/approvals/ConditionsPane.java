package dev.sluice.app.approvals;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Right;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/// The bounds an approver may set: fewer runs, a shorter time, fewer rows. An empty field, with
/// what was asked for in grey, leaves it at that.
final class ConditionsPane extends FlowPane {

  static final String RUNS = "inbox-condition-runs";
  static final String MINUTES = "inbox-condition-minutes";
  static final String ROWS = "inbox-condition-rows";

  private static final int MOST_DIGITS = 9;

  private final Messages messages;
  private final TextField runs;
  private final TextField minutes;
  private final TextField rows;
  private final Label minutesName;
  private final HBox runsPart;
  private final HBox rowsPart;

  ConditionsPane(ConditionsModel model, Messages messages) {
    super(14, 6);
    this.messages = messages;
    runs = field(RUNS, "inbox.condition.runs", model.runsProperty());
    minutes = field(MINUTES, "inbox.condition.minutes", model.minutesProperty());
    rows = field(ROWS, "inbox.condition.rows", model.rowsProperty());
    minutesName = Ui.whole(messages.text("inbox.condition.minutes"), "muted");
    runsPart = part(runs, Ui.whole(messages.text("inbox.condition.runs"), "muted"));
    rowsPart = part(rows, Ui.whole(messages.text("inbox.condition.rows"), "muted"));
    setId("inbox-conditions");
    setAlignment(Pos.CENTER_LEFT);
    getChildren()
        .addAll(
            Ui.whole(messages.text("inbox.condition.only"), "field-label"),
            runsPart,
            part(minutes, minutesName),
            rowsPart);
  }

  /// Shows what was asked for, in grey, and hides what nobody can lower.
  void show(ApprovalRequest request) {
    boolean unmask = request.right() instanceof Right.Unmask;
    Ui.shown(runsPart, !unmask && request.approvers().executions() > 1);
    Ui.shown(rowsPart, !unmask);
    runs.setPromptText(messages.number(request.approvers().executions()));
    minutes.setPromptText(messages.number(request.right().lasts(request.approvers()).toMinutes()));
    minutesName.setText(
        messages.text(unmask ? "inbox.condition.minutes.unmask" : "inbox.condition.minutes"));
    long most =
        request.right() instanceof Right.Export export
            ? export.rows()
            : request.capsule().rowCeiling();
    rows.setPromptText(most < 0 ? messages.text("inbox.condition.any") : messages.number(most));
  }

  void focusFirst() {
    (runsPart.isVisible() ? runs : minutes).requestFocus();
  }

  boolean typing() {
    return runs.isFocused() || minutes.isFocused() || rows.isFocused();
  }

  private TextField field(String id, String name, StringProperty value) {
    TextField field = new TextField();
    field.setId(id);
    field.setAccessibleText(messages.text("inbox.condition.only") + " " + messages.text(name));
    field.setPrefColumnCount(5);
    field.setMinWidth(60);
    field.setTextFormatter(
        new TextFormatter<>(
            change ->
                change.getControlNewText().matches("\\d{0," + MOST_DIGITS + "}") ? change : null));
    field.textProperty().bindBidirectional(value);
    return field;
  }

  private static HBox part(TextField field, Label unit) {
    HBox part = new HBox(6, field, unit);
    part.setAlignment(Pos.CENTER_LEFT);
    return part;
  }
}
