package dev.sluice.app.oversight;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// Asks where, how long and why before all writes are frozen, and for a word that nobody types by
/// accident.
final class FreezePanel extends VBox {

  private static final List<Integer> MINUTES = List.of(15, 60, 240, 1440);

  private final LiveViewModel model;
  private final TextField where = new TextField();
  private final ComboBox<Integer> minutes =
      new ComboBox<>(FXCollections.observableArrayList(MINUTES));
  private final TextField reason = new TextField();
  private final TextField word = new TextField();

  FreezePanel(LiveViewModel model, Messages messages) {
    super(10);
    this.model = model;
    setId(OversightIds.FREEZE_PANEL);
    getStyleClass().add("danger-panel");
    where.setId(OversightIds.FREEZE_WHERE);
    where.setPromptText(messages.text("live.freeze.everywhere"));
    where.setAccessibleText(messages.text("live.freeze.where"));
    where.setPrefColumnCount(14);
    minutes.setId(OversightIds.FREEZE_MINUTES);
    minutes.setAccessibleText(messages.text("live.freeze.how-long"));
    minutes.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Integer chosen) {
            return chosen == null
                ? ""
                : chosen < 120
                    ? messages.text("span.minutes", chosen)
                    : messages.text("span.hours", chosen / 60);
          }

          @Override
          public Integer fromString(String text) {
            return MINUTES.getFirst();
          }
        });
    minutes.getSelectionModel().select(1);
    reason.setId(OversightIds.FREEZE_REASON);
    reason.setPromptText(messages.text("live.freeze.reason.prompt"));
    reason.setAccessibleText(messages.text("live.freeze.reason"));
    reason.setPrefColumnCount(30);
    word.setId(OversightIds.FREEZE_WORD);
    word.setPromptText(LiveViewModel.FREEZE_WORD);
    word.setAccessibleText(messages.text("live.freeze.word", LiveViewModel.FREEZE_WORD));
    word.setPrefColumnCount(8);
    Button confirm =
        Ui.button(
            OversightIds.FREEZE_CONFIRM,
            messages.text("live.freeze.confirm"),
            "fth-pause-circle",
            this::freeze);
    confirm.getStyleClass().add("danger");
    confirm
        .disableProperty()
        .bind(
            word.textProperty()
                .isNotEqualTo(LiveViewModel.FREEZE_WORD)
                .or(reason.textProperty().isEmpty()));
    Button cancel = Ui.button("freeze-cancel", messages.text("cancel"), "", () -> show(false));
    FlowPane fields =
        new FlowPane(
            12,
            10,
            Fields.named(messages.text("live.freeze.where"), where),
            Fields.named(messages.text("live.freeze.how-long"), minutes),
            Fields.named(messages.text("live.freeze.reason"), reason),
            Fields.named(messages.text("live.freeze.word", LiveViewModel.FREEZE_WORD), word),
            Fields.beside(confirm, cancel));
    fields.setAlignment(Pos.BOTTOM_LEFT);
    getChildren()
        .addAll(
            Ui.label(messages.text("live.freeze.title"), "panel-title"),
            Ui.paragraph(messages.text("live.freeze.detail")),
            fields);
    show(false);
  }

  void show(boolean shown) {
    Ui.shown(this, shown);
    word.clear();
    if (shown) {
      reason.requestFocus();
    }
  }

  private void freeze() {
    model.freeze(
        where.getText().strip(),
        minutes.getValue(),
        reason.getText().strip(),
        word.getText(),
        () -> {
          reason.clear();
          show(false);
        });
  }
}
