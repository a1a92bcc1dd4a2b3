package dev.sluice.app.approvals;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asking to see masked columns as they are: which, why, for how long.
public final class UnmaskPanel {

  private static final List<Integer> MINUTES = List.of(5, 15, 30, 60, 240);

  private final UnmaskViewModel model;
  private final Messages messages;
  private final VBox root = new VBox(12);
  private final VBox columns = new VBox(4);
  private final TextArea reason = new TextArea();
  private final Label problem = Ui.paragraph("", "problem-words");
  private final Button submit;
  private final Subscriptions subscriptions = new Subscriptions();

  public UnmaskPanel(UnmaskViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    ComboBox<Integer> minutes = new ComboBox<>(FXCollections.observableArrayList(MINUTES));
    minutes.setId(UnmaskIds.MINUTES);
    minutes.setAccessibleText(messages.text("unmask.minutes"));
    minutes.getSelectionModel().select(Integer.valueOf(15));
    reason.setId(UnmaskIds.REASON);
    reason.setPromptText(messages.text("unmask.reason.prompt"));
    reason.setAccessibleText(messages.text("unmask.reason"));
    reason.setWrapText(true);
    reason.setPrefRowCount(3);
    reason.setMinHeight(76);
    problem.setId(UnmaskIds.PROBLEM);
    submit =
        Ui.button(
            UnmaskIds.SUBMIT,
            messages.text("request.send"),
            "fth-send",
            () -> model.submit(minutes.getValue(), reason.getText()));
    submit.getStyleClass().add("accent");
    HBox head =
        new HBox(
            8,
            Ui.icon("fth-eye", "verdict-masked"),
            Ui.label(messages.text("unmask.title"), "panel-title"),
            Ui.spacer(),
            Ui.iconButton("unmask-close", "fth-x", messages.text("close"), model::closePanel));
    head.setAlignment(Pos.CENTER_LEFT);
    HBox length = new HBox(8, minutes, Ui.label(messages.text("unmask.minutes.unit")));
    length.setAlignment(Pos.CENTER_LEFT);
    root.setId(UnmaskIds.PANEL);
    root.getStyleClass().addAll("side-panel", "request-panel");
    root.setPrefWidth(380);
    root.setMinWidth(300);
    root.getChildren()
        .addAll(
            head,
            Ui.paragraph(messages.text("unmask.intro"), "muted"),
            section("unmask.columns", columns),
            section("unmask.minutes", length),
            section("unmask.reason", reason),
            problem,
            new HBox(
                10,
                submit,
                Ui.button("unmask-cancel", messages.text("cancel"), "", model::closePanel)));
  }

  private VBox section(String key, javafx.scene.Node content) {
    return new VBox(4, Ui.label(messages.text(key), "field-label"), content);
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    subscriptions.bind(
        model.wishProperty(),
        wish -> {
          columns.getChildren().clear();
          wish.ifPresent(
              wanted ->
                  wanted
                      .dotted()
                      .forEach(
                          name ->
                              columns.getChildren().add(Ui.label(name, "lineage-source", "code"))));
          if (wish.isPresent()) {
            reason.requestFocus();
          } else {
            reason.clear();
          }
        });
    subscriptions.bind(
        model.problemProperty(),
        words -> {
          problem.setText(words);
          Ui.shown(problem, !words.isEmpty());
        });
    subscriptions.bind(model.busyProperty(), submit::setDisable);
  }

  public void detach() {
    subscriptions.clear();
  }
}
