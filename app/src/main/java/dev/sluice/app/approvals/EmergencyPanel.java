package dev.sluice.app.approvals;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Breaking the glass: says what it costs, and takes a reason that is read by everybody skipped.
final class EmergencyPanel extends VBox {

  EmergencyPanel(Messages messages, Consumer<String> breakGlass) {
    super(8);
    setId(UnmaskIds.EMERGENCY_PANEL);
    getStyleClass().add("danger-panel");
    TextField reason = new TextField();
    reason.setId(UnmaskIds.EMERGENCY_REASON);
    reason.setPromptText(messages.text("emergency.reason"));
    reason.setAccessibleText(messages.text("emergency.reason"));
    HBox.setHgrow(reason, Priority.ALWAYS);
    Button confirm =
        Ui.button(
            UnmaskIds.EMERGENCY_CONFIRM,
            messages.text("emergency.confirm"),
            "fth-alert-octagon",
            () -> breakGlass.accept(reason.getText().strip()));
    confirm.getStyleClass().add("danger");
    confirm.disableProperty().bind(reason.textProperty().isEmpty());
    getChildren()
        .addAll(
            Ui.label(messages.text("emergency.title"), "panel-title"),
            Ui.paragraph(messages.text("emergency.detail")),
            new HBox(
                8,
                reason,
                confirm,
                Ui.button(
                    "emergency-cancel", messages.text("cancel"), "", () -> Ui.shown(this, false))));
    Ui.shown(this, false);
  }
}
