package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.GroupRole;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Which roles the groups of an identity provider bring.
final class RolesPane extends VBox {

  RolesPane(AdministrationViewModel model, Messages messages) {
    super(10);
    Forms forms = new Forms(messages);
    getStyleClass().add("studio-pane");
    TableView<GroupRole> table = forms.table(AdministrationIds.ROLES, "admin.roles", model.roles());
    table
        .getColumns()
        .addAll(
            List.of(
                forms.column("admin.column.group", 300, GroupRole::group),
                forms.column("admin.column.role", 200, GroupRole::role)));
    Button take =
        forms.acting(
            "admin-role-take", "admin.role.take", "fth-user-minus", table, model::unmapRole);
    TextField group = forms.field("admin-role-group", "admin.column.group", 18);
    ComboBox<String> role = new ComboBox<>(FXCollections.observableArrayList(PeoplePane.ROLES));
    role.setAccessibleText(messages.text("admin.column.role"));
    role.getSelectionModel().select(0);
    Button give =
        Ui.button(
            AdministrationIds.ROLE_ADD,
            messages.text("admin.role.give"),
            "fth-user-plus",
            () -> model.mapRole(group.getText().strip(), role.getValue()));
    give.disableProperty().bind(group.textProperty().isEmpty());
    getChildren()
        .addAll(
            Ui.paragraph(messages.text("admin.roles.intro"), "muted"),
            table,
            new HBox(8, take),
            Forms.row(
                forms.labelled("admin.column.group", group),
                forms.labelled("admin.column.role", role),
                give));
  }
}
