package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.PersonInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The server's own accounts.
final class PeoplePane extends VBox {

  static final List<String> ROLES = List.of("analyst", "auditor", "policy-admin", "server-admin");

  PeoplePane(AdministrationViewModel model, Messages messages) {
    super(10);
    Forms forms = new Forms(messages);
    getStyleClass().add("studio-pane");
    TableView<PersonInfo> table =
        forms.table(AdministrationIds.PEOPLE, "admin.people", model.people());
    table
        .getColumns()
        .addAll(
            List.of(
                forms.column("admin.column.account", 120, PersonInfo::account),
                forms.column("admin.column.name", 150, PersonInfo::displayName),
                forms.column("admin.column.kind", 80, row -> messages.text("actor." + row.kind())),
                forms.column("admin.column.groups", 180, row -> String.join(", ", row.groups())),
                forms.column("admin.column.roles", 220, row -> String.join(", ", row.roles())),
                forms.column(
                    "admin.column.roles-by-group",
                    160,
                    row -> String.join(", ", row.rolesByGroup())),
                forms.column(
                    "admin.column.state",
                    90,
                    row -> messages.text(row.disabled() ? "admin.disabled" : "admin.active"))));
    Button disable =
        forms.acting(
            AdministrationIds.PERSON_DISABLE,
            "admin.person.toggle",
            "fth-user-x",
            table,
            model::disable);
    TextField account = forms.field("admin-person-account", "admin.column.account", 10);
    TextField name = forms.field("admin-person-name", "admin.column.name", 14);
    TextField groups = forms.field("admin-person-groups", "admin.column.groups", 16);
    PasswordField password = forms.password("admin-person-password", "admin.person.password");
    Map<String, CheckBox> roles = new LinkedHashMap<>();
    HBox boxes = new HBox(10);
    for (String role : ROLES) {
      CheckBox box = new CheckBox(role);
      roles.put(role, box);
      boxes.getChildren().add(box);
    }
    Button add =
        Ui.button(
            AdministrationIds.PERSON_ADD,
            messages.text("admin.person.add"),
            "fth-user-plus",
            () ->
                model.addPerson(
                    account.getText().strip(),
                    name.getText().strip(),
                    groups.getText(),
                    chosen(roles),
                    password.getText(),
                    () -> {
                      account.clear();
                      name.clear();
                      password.clear();
                    }));
    add.disableProperty().bind(account.textProperty().isEmpty().or(name.textProperty().isEmpty()));
    VBox form =
        new VBox(
            6,
            Ui.label(messages.text("admin.person.new"), "section-title"),
            Forms.row(
                forms.labelled("admin.column.account", account),
                forms.labelled("admin.column.name", name),
                forms.labelled("admin.column.groups", groups),
                forms.labelled("admin.person.password", password),
                forms.labelled("admin.column.roles", boxes),
                add));
    form.setId(AdministrationIds.PERSON_FORM);
    getChildren()
        .addAll(
            Ui.paragraph(messages.text("admin.people.intro"), "muted"),
            table,
            new HBox(8, disable),
            form);
  }

  private static Set<String> chosen(Map<String, CheckBox> boxes) {
    Set<String> roles = new TreeSet<>();
    boxes.forEach(
        (role, box) -> {
          if (box.isSelected()) {
            roles.add(role);
          }
        });
    return roles;
  }
}
