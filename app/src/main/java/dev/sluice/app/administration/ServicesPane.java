package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.ServiceIdentity;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Agents and pipelines that the server vouches for itself.
final class ServicesPane extends VBox {

  private final AdministrationViewModel model;
  private final Messages messages;
  private final TextField secret = new TextField();
  private final VBox once = new VBox(4);

  ServicesPane(AdministrationViewModel model, Messages messages) {
    super(10);
    this.model = model;
    this.messages = messages;
    Forms forms = new Forms(messages);
    getStyleClass().add("studio-pane");
    TableView<ServiceIdentity> table =
        forms.table(AdministrationIds.SERVICES, "admin.services", model.services());
    table
        .getColumns()
        .addAll(
            List.of(
                forms.column("admin.column.name", 150, ServiceIdentity::name),
                forms.column("admin.column.kind", 90, row -> messages.text("actor." + row.kind())),
                forms.column(
                    "admin.column.acts-for", 120, row -> row.owner().replaceFirst("^[^|]*\\|", "")),
                forms.column("admin.column.groups", 150, row -> String.join(", ", row.groups())),
                forms.column("admin.column.id", 200, ServiceIdentity::id),
                forms.column(
                    "admin.column.last-used",
                    130,
                    row ->
                        row.lastUsedAt()
                            .map(at -> Spans.clock(at, messages))
                            .orElse(messages.text("admin.never"))),
                forms.column(
                    "admin.column.state",
                    90,
                    row ->
                        messages.text(
                            row.revokedAt().isPresent() ? "admin.revoked" : "admin.active"))));
    Button revoke =
        forms.acting(
            AdministrationIds.SERVICE_REVOKE,
            "admin.service.revoke",
            "fth-x-circle",
            table,
            model::revoke);
    secret.setId(AdministrationIds.SERVICE_SECRET);
    secret.setEditable(false);
    secret.setAccessibleText(messages.text("admin.service.secret"));
    once.getChildren()
        .addAll(Ui.paragraph(messages.text("admin.service.secret"), "strong"), secret);
    once.getStyleClass().add("note");
    Ui.shown(once, false);
    getChildren()
        .addAll(
            Ui.paragraph(messages.text("admin.services.intro"), "muted"),
            table,
            new HBox(8, revoke),
            once,
            adding(forms));
  }

  private VBox adding(Forms forms) {
    ComboBox<String> kind =
        new ComboBox<>(FXCollections.observableArrayList(List.of("agent", "pipeline")));
    kind.setAccessibleText(messages.text("admin.column.kind"));
    kind.setConverter(Ui.words(word -> messages.text("actor." + word)));
    kind.getSelectionModel().select(0);
    TextField name = forms.field("admin-service-name", "admin.column.name", 14);
    TextField owner = forms.field("admin-service-owner", "admin.column.acts-for", 12);
    TextField groups = forms.field("admin-service-groups", "admin.column.groups", 14);
    Button add =
        Ui.button(
            AdministrationIds.SERVICE_ADD,
            messages.text("admin.service.add"),
            "fth-plus",
            () ->
                model.addService(
                    kind.getValue(),
                    name.getText().strip(),
                    owner.getText().strip(),
                    groups.getText()));
    add.disableProperty().bind(name.textProperty().isEmpty());
    return new VBox(
        6,
        Ui.label(messages.text("admin.service.new"), "section-title"),
        Forms.row(
            forms.labelled("admin.column.kind", kind),
            forms.labelled("admin.column.name", name),
            forms.labelled("admin.column.acts-for", owner),
            forms.labelled("admin.column.groups", groups),
            add));
  }

  void attach(Subscriptions subscriptions) {
    subscriptions.bind(
        model.secretProperty(),
        words -> {
          secret.setText(words);
          Ui.shown(once, !words.isEmpty());
        });
  }
}
