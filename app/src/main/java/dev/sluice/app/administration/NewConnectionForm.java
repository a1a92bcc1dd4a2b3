package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.connection.ConnectionUrls;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.ConnectionSpec;
import dev.sluice.governance.codec.wire.NewConnection;
import dev.sluice.governance.sql.Dialect;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Puts a database under the server's care. Where the server cannot make a login for one person, it
/// asks for the one that everybody is lent, and says so.
final class NewConnectionForm extends VBox {

  /// As `sluice connection add` has it.
  private static final String ROW_CEILING = "10000";

  /// What can be added here.
  ///
  /// @param ring how far the database itself holds the line
  private enum Engine {
    POSTGRESQL(Dialect.POSTGRESQL, "brokered"),
    MARIADB(Dialect.MARIADB, "direct"),
    MYSQL(Dialect.MYSQL, "direct"),
    TRINO(Dialect.TRINO, "direct");

    private final Dialect dialect;
    private final String ring;

    Engine(Dialect dialect, String ring) {
      this.dialect = dialect;
      this.ring = ring;
    }

    boolean sharesLogin() {
      return ring.equals("direct");
    }

    @Override
    public String toString() {
      return dialect.id();
    }
  }

  private final AdministrationViewModel model;
  private final ComboBox<Engine> engine =
      new ComboBox<>(FXCollections.observableArrayList(Engine.values()));
  private final TextField name;
  private final TextField host;
  private final TextField port;
  private final TextField database;
  private final TextField environment;
  private final TextField owner;
  private final TextField ceiling;
  private final TextField user;
  private final PasswordField password;
  private final TextField reader;
  private final PasswordField readerPassword;
  private final CheckBox tls;
  private final Label sharing;

  NewConnectionForm(AdministrationViewModel model, Messages messages) {
    super(6);
    this.model = model;
    Forms forms = new Forms(messages);
    name = forms.field("admin-new-name", "admin.column.name", 10);
    host = forms.field("admin-new-host", "admin.host", 14);
    port = forms.field("admin-new-port", "admin.port", 5);
    database = forms.field("admin-new-database", "admin.database", 10);
    environment = forms.field("admin-new-environment", "admin.column.environment", 9);
    environment.setText("production");
    owner = forms.field("admin-new-owner", "admin.column.owner", 10);
    ceiling = forms.field("admin-new-ceiling", "admin.ceiling", 7);
    ceiling.setText(ROW_CEILING);
    user = forms.field("admin-new-user", "admin.user", 10);
    password = forms.password("admin-new-password", "admin.connection.password");
    reader = forms.field("admin-new-reader", "admin.reader", 10);
    readerPassword = forms.password("admin-new-reader-password", "admin.reader.password");
    tls = new CheckBox(messages.text("admin.tls"));
    tls.setId("admin-new-tls");
    tls.setSelected(true);
    sharing = Ui.paragraph(messages.text("admin.reader.why"), "muted", "small");
    engine.setId("admin-new-engine");
    engine.setAccessibleText(messages.text("admin.column.engine"));
    VBox readerField = forms.labelled("admin.reader", reader);
    VBox readerSecret = forms.labelled("admin.reader.password", readerPassword);
    engine
        .valueProperty()
        .subscribe(
            chosen -> {
              boolean shared = chosen != null && chosen.sharesLogin();
              Ui.shown(readerField, shared);
              Ui.shown(readerSecret, shared);
              Ui.shown(sharing, shared);
              port.setText(
                  chosen == null ? "" : Integer.toString(ConnectionUrls.usualPort(chosen.dialect)));
            });
    engine.getSelectionModel().select(0);
    Button add =
        Ui.button("admin-new-add", messages.text("admin.connection.add"), "fth-plus", this::submit);
    add.disableProperty().bind(name.textProperty().isEmpty().or(database.textProperty().isEmpty()));
    getChildren()
        .addAll(
            Ui.label(messages.text("admin.connection.new"), "section-title"),
            Forms.row(
                forms.labelled("admin.column.name", name),
                forms.labelled("admin.column.engine", engine),
                forms.labelled("admin.host", host),
                forms.labelled("admin.port", port),
                forms.labelled("admin.database", database),
                forms.labelled("admin.column.environment", environment),
                forms.labelled("admin.column.owner", owner),
                forms.labelled("admin.ceiling", ceiling),
                forms.labelled("admin.user", user),
                forms.labelled("admin.connection.password", password),
                readerField,
                readerSecret,
                tls,
                add),
            sharing);
  }

  private void submit() {
    Engine chosen = engine.getValue();
    boolean shared = chosen.sharesLogin();
    ConnectionSpec spec =
        new ConnectionSpec(
            name.getText().strip(),
            chosen.dialect.id(),
            host.getText().strip(),
            number(port),
            database.getText().strip(),
            tls.isSelected(),
            environment.getText().strip(),
            owner.getText().strip(),
            List.of(),
            user.getText().strip(),
            shared ? reader.getText().strip() : "",
            number(ceiling),
            chosen.ring);
    ConnectionSecrets secrets =
        new ConnectionSecrets(password.getText(), shared ? readerPassword.getText() : "");
    model.addConnection(
        new NewConnection(spec, secrets),
        () -> {
          password.clear();
          readerPassword.clear();
          name.clear();
        });
  }

  /// 0 for what is no number; the server says what it expects.
  private static int number(TextField field) {
    String text = field.getText().strip();
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }
}
