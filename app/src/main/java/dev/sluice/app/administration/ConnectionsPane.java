package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis;
import dev.sluice.governance.codec.wire.ConnectionSpec;
import dev.sluice.governance.codec.wire.ManagedConnection;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The databases under the server's care. Passwords are written, never read.
final class ConnectionsPane extends VBox {

  private static final double BRIEF = 140;

  private final AdministrationViewModel model;
  private final Messages messages;
  private final Forms forms;
  private final TableView<ManagedConnection> table;
  private final VBox diagnosis = new VBox(5);
  private final EnforcementPane enforcement;
  private final NewConnectionForm added;

  ConnectionsPane(AdministrationViewModel model, Messages messages) {
    super(10);
    this.model = model;
    this.messages = messages;
    this.forms = new Forms(messages);
    getStyleClass().add("studio-pane");
    table = forms.table(AdministrationIds.CONNECTIONS, "admin.connections", model.connections());
    table
        .getColumns()
        .addAll(
            List.of(
                forms.column("admin.column.name", 130, row -> row.connection().name()),
                forms.column("admin.column.engine", 90, row -> row.connection().engine()),
                forms.column("admin.column.place", 220, ConnectionsPane::place),
                forms.column(
                    "admin.column.environment", 110, row -> row.connection().environment()),
                forms.column("admin.column.ring", 90, row -> row.connection().ring()),
                forms.column("admin.column.owner", 120, row -> row.connection().owner()),
                forms.column(
                    "admin.column.governed",
                    110,
                    row -> messages.text(row.governed() ? "admin.governed" : "admin.not-governed")),
                forms.column("admin.column.changed", 150, this::changed)));
    enforcement = new EnforcementPane(model, messages);
    added = new NewConnectionForm(model, messages);
    diagnosis.setId(AdministrationIds.DIAGNOSIS);
    getChildren()
        .addAll(
            Ui.paragraph(messages.text("admin.connections.intro"), "muted"),
            table,
            chosen(),
            diagnosis,
            enforcement,
            added);
  }

  private static String place(ManagedConnection row) {
    ConnectionSpec spec = row.connection();
    return spec.host().isEmpty()
        ? spec.database()
        : spec.host() + ":" + spec.port() + "/" + spec.database();
  }

  private String changed(ManagedConnection row) {
    return row.source().equals("file")
        ? messages.text("admin.in-file")
        : Spans.clock(row.changedAt(), messages);
  }

  private HBox chosen() {
    var none = table.getSelectionModel().selectedItemProperty().isNull();
    PasswordField password =
        forms.password(AdministrationIds.CONNECTION_PASSWORD, "admin.connection.password");
    password.setPromptText(messages.text("admin.connection.password"));
    password.setPrefColumnCount(20);
    Button test =
        Ui.button(
            AdministrationIds.CONNECTION_TEST,
            messages.text("admin.connection.test"),
            "fth-activity",
            () -> model.test(selected()));
    Button rotate =
        Ui.button(
            AdministrationIds.CONNECTION_ROTATE,
            messages.text("admin.connection.rotate"),
            "fth-key",
            () -> model.rotate(selected(), password.getText(), password::clear));
    test.disableProperty().bind(none);
    rotate.disableProperty().bind(none.or(password.textProperty().isEmpty()));
    Button review =
        Ui.button(
            AdministrationIds.ENFORCEMENT_REVIEW,
            messages.text("admin.enforcement.review"),
            "fth-shield",
            () -> model.review(selected()));
    Button verify =
        Ui.button(
            AdministrationIds.ENFORCEMENT_VERIFY,
            messages.text("admin.enforcement.verify"),
            "fth-check-circle",
            () -> model.verify(selected()));
    review.disableProperty().bind(none);
    verify.disableProperty().bind(none);
    HBox row = new HBox(8, test, review, verify, Ui.spacer(), password, rotate);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private String selected() {
    ManagedConnection row = table.getSelectionModel().getSelectedItem();
    return row == null ? "" : row.connection().name();
  }

  void attach(Subscriptions subscriptions) {
    enforcement.attach(subscriptions);
    // A plan needs the room; the form comes back when something else is looked at.
    subscriptions.bind(
        model.enforcementProperty(),
        review -> {
          Ui.shown(added, review.isEmpty());
          table.setMaxHeight(review.isEmpty() ? Double.MAX_VALUE : BRIEF);
        });
    subscriptions.bind(
        model.diagnosisProperty(),
        found -> {
          diagnosis.getChildren().clear();
          found.ifPresent(this::show);
          Ui.shown(diagnosis, found.isPresent());
        });
  }

  private void show(ConnectionDiagnosis found) {
    diagnosis
        .getChildren()
        .add(
            Ui.label(
                messages.text(
                    found.usable() ? "admin.diagnosis.usable" : "admin.diagnosis.not",
                    found.connection()),
                "strong"));
    for (ConnectionDiagnosis.Step step : found.steps()) {
      var words =
          Ui.paragraph(step.name() + ": " + (step.detail() + " " + step.wayOut()).strip(), "small");
      HBox.setHgrow(words, Priority.ALWAYS);
      HBox line = new HBox(8, Ui.icon(icon(step.result()), style(step.result())), words);
      diagnosis.getChildren().add(line);
    }
  }

  private static String icon(String result) {
    return switch (result) {
      case "ok" -> "fth-check";
      case "warning" -> "fth-alert-triangle";
      case "skipped" -> "fth-minus";
      default -> "fth-x";
    };
  }

  private static String style(String result) {
    return switch (result) {
      case "ok" -> "verdict-allowed";
      case "warning" -> "verdict-ask";
      case "skipped" -> "muted-icon";
      default -> "verdict-blocked";
    };
  }
}
