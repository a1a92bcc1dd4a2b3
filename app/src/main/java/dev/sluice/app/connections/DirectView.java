package dev.sluice.app.connections;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectTrial;
import dev.sluice.gateway.direct.SshHop;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis.Step;
import dev.sluice.governance.sql.Dialect;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The form of a connection with a login of one's own: fields for each part, none for an address in
/// one piece, and a trial that says where it stops.
public final class DirectView {

  private static final List<Dialect> ENGINES =
      List.of(
          Dialect.POSTGRESQL,
          Dialect.MYSQL,
          Dialect.MARIADB,
          Dialect.SQLSERVER,
          Dialect.TRINO,
          Dialect.SQLITE,
          Dialect.DUCKDB);

  private final DirectViewModel model;
  private final Messages messages;
  private final BorderPane root = new BorderPane();
  private final ListView<DirectConnection> list = new ListView<>();
  private final TextField name;
  private final ChoiceBox<Dialect> engine = new ChoiceBox<>();
  private final TextField host;
  private final TextField port;
  private final TextField database;
  private final TextField user;
  private final PasswordField password = new PasswordField();
  private final CheckBox encrypted = new CheckBox();
  private final TextField authority;
  private final ComboBox<String> environment = new ComboBox<>();
  private final ChoiceBox<String> proof = new ChoiceBox<>();
  private final TextField hopHost;
  private final TextField hopPort;
  private final TextField hopUser;
  private final TextField keyFile;
  private final PasswordField hopSecret = new PasswordField();
  private final Label words = Ui.paragraph("", "strong");
  private final VBox steps = new VBox(6);
  private final Subscriptions subscriptions = new Subscriptions();

  public DirectView(DirectViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    name = field("direct-name", "direct.name", 16);
    host = field("direct-host", "direct.host", 17);
    port = field("direct-port", "direct.port", 6);
    database = field("direct-database", "direct.database", 22);
    user = field("direct-user", "direct.user", 11);
    authority = field("direct-authority", "direct.authority", 26);
    hopHost = field("direct-hop-host", "direct.hop.host", 17);
    hopPort = field("direct-hop-port", "direct.port", 6);
    hopUser = field("direct-hop-user", "direct.hop.user", 14);
    keyFile = field("direct-hop-key", "direct.hop.file", 26);
    named(password, "direct-password", "direct.password", 11);
    named(hopSecret, "direct-hop-secret", "direct.hop.secret", 14);
    choices();
    list.setId("direct-list");
    list.setAccessibleText(messages.text("direct.title"));
    list.setItems(model.all());
    list.setPlaceholder(Ui.paragraph(messages.text("direct.none"), "muted"));
    list.setCellFactory(view -> new Cell());
    list.setPrefWidth(230);
    list.getStyleClass().add("edge-to-edge");
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (observed, before, now) -> {
              if (now != null) {
                fill(now);
              }
            });
    VBox form = form();
    ScrollPane scroll = new ScrollPane(form);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    root.setId("direct-screen");
    root.setLeft(list);
    root.setCenter(scroll);
    clear();
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    subscriptions.bind(model.wordsProperty(), words::setText);
    subscriptions.bind(
        model.trialProperty(),
        result -> {
          steps.getChildren().clear();
          result.ifPresent(this::show);
        });
  }

  public void detach() {
    subscriptions.clear();
  }

  private void choices() {
    engine.setId("direct-engine");
    engine.setAccessibleText(messages.text("direct.engine"));
    engine.getItems().setAll(ENGINES);
    engine.setConverter(Ui.words(each -> messages.text("direct.engine." + each.id())));
    engine
        .valueProperty()
        .addListener(
            (observed, before, now) -> {
              if (now != null) {
                int usual = DirectConnection.usualPort(now);
                port.setText(usual == 0 ? "" : String.valueOf(usual));
              }
            });
    environment.setId("direct-environment");
    environment.setEditable(true);
    environment.setAccessibleText(messages.text("direct.environment"));
    environment.getItems().setAll(model.environments());
    proof.setId("direct-hop");
    proof.setAccessibleText(messages.text("direct.hop"));
    proof.getItems().setAll("none", "agent", "key", "password");
    proof.setConverter(Ui.words(each -> messages.text("direct.hop." + each)));
    // In a tunnel the line is encrypted already.
    proof
        .valueProperty()
        .addListener((observed, before, now) -> encrypted.setSelected("none".equals(now)));
    encrypted.setId("direct-encrypted");
    encrypted.setText(messages.text("direct.encrypted"));
  }

  private VBox form() {
    BooleanBinding file =
        Bindings.createBooleanBinding(
            () -> engine.getValue() == Dialect.SQLITE || engine.getValue() == Dialect.DUCKDB,
            engine.valueProperty());
    BooleanBinding tunnel = proof.valueProperty().isNotEqualTo("none").and(file.not());
    FlowPane server =
        row(
            labelled("direct.host", host),
            labelled("direct.port", port),
            labelled("direct.user", user),
            labelled("direct.password", password));
    VBox ca = labelled("direct.authority", authority);
    FlowPane tls = row(encrypted, ca);
    FlowPane through = row(labelled("direct.hop", proof));
    VBox key = labelled("direct.hop.file", keyFile);
    VBox secret = labelled("direct.hop.secret", hopSecret);
    FlowPane hop =
        row(
            labelled("direct.hop.host", hopHost),
            labelled("direct.port", hopPort),
            labelled("direct.hop.user", hopUser),
            key,
            secret);
    when(server, file.not());
    when(tls, file.not().and(tunnel.not()));
    when(ca, encrypted.selectedProperty().and(tunnel.not()));
    when(through, file.not());
    when(hop, tunnel);
    when(key, proof.valueProperty().isEqualTo("key"));
    when(secret, proof.valueProperty().isNotEqualTo("agent").and(tunnel));
    steps.setId("direct-steps");
    words.setId("direct-words");
    VBox form =
        new VBox(
            14,
            Ui.label(messages.text("direct.title"), "screen-title"),
            Ui.paragraph(messages.text("direct.intro"), "muted"),
            row(
                labelled("direct.name", name),
                labelled("direct.engine", engine),
                labelled("direct.environment", environment)),
            server,
            row(labelled("direct.database", database)),
            tls,
            through,
            hop,
            buttons(),
            words,
            steps);
    form.getStyleClass().add("settings");
    form.setMaxWidth(820);
    return form;
  }

  private HBox buttons() {
    Button test =
        Ui.button(
            "direct-test",
            messages.text("direct.test"),
            "fth-activity",
            () -> model.test(typed(), ""));
    test.disableProperty().bind(model.busyProperty());
    Button save =
        Ui.button(
            "direct-save", messages.text("direct.save"), "fth-check", () -> model.save(typed()));
    save.getStyleClass().add("accent");
    Button fresh = Ui.button("direct-new", messages.text("direct.new"), "fth-plus", this::clear);
    Button remove =
        Ui.button(
            "direct-remove",
            messages.text("direct.remove"),
            "fth-trash-2",
            () -> model.remove(name.getText().strip()));
    remove.disableProperty().bind(list.getSelectionModel().selectedItemProperty().isNull());
    HBox row = new HBox(8, test, save, Ui.spacer(), fresh, remove);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private void show(DirectTrial.Result result) {
    for (Step step : result.diagnosis().steps()) {
      boolean good = step.result().equals("ok");
      boolean warned = step.result().equals("warning");
      Label line = Ui.paragraph(step.name() + ": " + (step.detail() + " " + step.wayOut()).strip());
      HBox.setHgrow(line, Priority.ALWAYS);
      steps
          .getChildren()
          .add(
              new HBox(
                  8,
                  Ui.icon(
                      good ? "fth-check" : warned ? "fth-alert-triangle" : "fth-x",
                      good ? "verdict-allowed" : warned ? "verdict-ask" : "verdict-blocked"),
                  line));
    }
    if (!result.newHostKey().isEmpty()) {
      steps
          .getChildren()
          .add(
              Ui.button(
                  "direct-trust",
                  messages.text("direct.trust"),
                  "fth-shield",
                  () -> model.test(typed(), result.newHostKey())));
    } else if (result.diagnosis().usable()) {
      steps.getChildren().add(Ui.paragraph(messages.text("direct.policy"), "muted"));
    }
  }

  private DirectForm typed() {
    return new DirectForm(
        name.getText(),
        engine.getValue(),
        host.getText(),
        port.getText(),
        database.getText(),
        user.getText(),
        password.getText(),
        encrypted.isSelected(),
        authority.getText(),
        environment.getEditor().getText(),
        proof.getValue(),
        hopHost.getText(),
        hopPort.getText(),
        hopUser.getText(),
        keyFile.getText(),
        hopSecret.getText());
  }

  private void clear() {
    list.getSelectionModel().clearSelection();
    List.of(name, host, database, user, authority, hopHost, hopUser, keyFile)
        .forEach(TextField::clear);
    password.clear();
    hopSecret.clear();
    engine.setValue(Dialect.POSTGRESQL);
    environment.setValue("development");
    proof.setValue("none");
    encrypted.setSelected(true);
    hopPort.setText("22");
  }

  private void fill(DirectConnection shown) {
    name.setText(shown.name());
    engine.setValue(shown.engine());
    host.setText(shown.host());
    port.setText(shown.port() == 0 ? "" : String.valueOf(shown.port()));
    database.setText(shown.database());
    user.setText(shown.user());
    password.clear();
    hopSecret.clear();
    authority.setText(shown.authority().map(Path::toString).orElse(""));
    environment.setValue(shown.environment());
    proof.setValue(shown.hop().map(hop -> word(hop.proof())).orElse("none"));
    encrypted.setSelected(shown.encrypted());
    hopHost.setText(shown.hop().map(SshHop::host).orElse(""));
    hopPort.setText(shown.hop().map(hop -> String.valueOf(hop.port())).orElse("22"));
    hopUser.setText(shown.hop().map(SshHop::user).orElse(""));
    keyFile.setText(
        shown
            .hop()
            .map(
                hop -> hop.proof() instanceof SshHop.Proof.KeyFile key ? key.file().toString() : "")
            .orElse(""));
  }

  private static String word(SshHop.Proof proof) {
    return switch (proof) {
      case SshHop.Proof.Agent agent -> "agent";
      case SshHop.Proof.KeyFile key -> "key";
      case SshHop.Proof.Password password -> "password";
    };
  }

  private TextField field(String id, String key, int columns) {
    TextField field = new TextField();
    named(field, id, key, columns);
    return field;
  }

  private void named(TextField field, String id, String key, int columns) {
    field.setId(id);
    field.setAccessibleText(messages.text(key));
    field.setPrefColumnCount(columns);
  }

  private VBox labelled(String key, Node field) {
    return new VBox(3, Ui.label(messages.text(key), "field-label"), field);
  }

  private static FlowPane row(Node... fields) {
    FlowPane row = new FlowPane(12, 8, fields);
    row.setRowValignment(javafx.geometry.VPos.BOTTOM);
    return row;
  }

  private static void when(Node node, javafx.beans.value.ObservableBooleanValue shown) {
    node.visibleProperty().bind(shown);
    node.managedProperty().bind(shown);
  }

  private static final class Cell extends ListCell<DirectConnection> {
    @Override
    protected void updateItem(DirectConnection item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      setGraphic(
          new VBox(
              2,
              Ui.label(item.name(), "strong"),
              Ui.label(item.engine().id() + "  ·  " + item.place(), "muted", "small")));
      setPadding(new Insets(8, 12, 8, 14));
      setAccessibleText(item.name());
    }
  }
}
