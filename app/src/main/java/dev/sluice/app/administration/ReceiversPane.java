package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.DeadLetterList.DeadLetter;
import dev.sluice.governance.codec.wire.NewWebhook;
import dev.sluice.governance.codec.wire.ReceiverList.Receiver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.PasswordField;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Who is told of what happens: receivers of notices, what they would not take, and a form for a
/// new one.
final class ReceiversPane extends VBox {

  /// What a receiver can be told of: word of the bundle -> beginnings of kinds.
  private static final Map<String, Set<String>> TOPICS = new LinkedHashMap<>();

  static {
    TOPICS.put("requests", Set.of("approval.requested", "approval.nudged", "approval.escalated"));
    TOPICS.put("decisions", Set.of("approval.reviewed", "approval.revoked"));
    TOPICS.put("emergencies", Set.of("approval.emergency"));
    TOPICS.put("refusals", Set.of("statement.refused", "statement.disowned"));
    TOPICS.put("policy", Set.of("policy.", "enforcement."));
    TOPICS.put("schema", Set.of("schema."));
    TOPICS.put("administration", Set.of("connection.", "person.", "role.", "identity.", "writes."));
  }

  private final AdministrationViewModel model;
  private final Messages messages;
  private final Forms forms;
  private final Map<String, CheckBox> topics = new LinkedHashMap<>();

  ReceiversPane(AdministrationViewModel model, Messages messages) {
    super(10);
    this.model = model;
    this.messages = messages;
    this.forms = new Forms(messages);
    getStyleClass().add("studio-pane");
    SplitPane tables = new SplitPane(receivers(), letters());
    tables.setOrientation(javafx.geometry.Orientation.VERTICAL);
    tables.setDividerPositions(0.55);
    VBox.setVgrow(tables, Priority.ALWAYS);
    getChildren()
        .addAll(Ui.paragraph(messages.text("admin.receivers.intro"), "muted"), tables, adding());
  }

  private VBox receivers() {
    TableView<Receiver> table =
        forms.table(AdministrationIds.RECEIVERS, "admin.receivers", model.receivers());
    table
        .getColumns()
        .addAll(
            List.of(
                forms.column("admin.column.name", 130, Receiver::name),
                forms.column(
                    "admin.column.form", 110, row -> messages.text("admin.form." + row.form())),
                forms.column("admin.column.place", 190, Receiver::place),
                forms.column("admin.column.told", 260, row -> told(row.kinds())),
                forms.column("admin.column.behind", 90, row -> messages.number(row.behind())),
                forms.column("admin.column.aside", 90, row -> messages.number(row.setAside())),
                forms.column(
                    "admin.column.kept",
                    150,
                    row -> messages.text(row.inFile() ? "admin.in-file" : "admin.in-server"))));
    Button test =
        forms.acting(
            AdministrationIds.RECEIVER_TEST,
            "admin.receiver.test",
            "fth-send",
            table,
            model::tryReceiver);
    Button remove =
        forms.acting(
            AdministrationIds.RECEIVER_REMOVE,
            "admin.receiver.remove",
            "fth-trash-2",
            table,
            model::removeReceiver);
    VBox box = new VBox(8, table, new HBox(8, test, remove));
    box.setMinHeight(110);
    box.getStyleClass().add("admin-above");
    return box;
  }

  private VBox letters() {
    TableView<DeadLetter> table =
        forms.table(AdministrationIds.DEAD_LETTERS, "admin.letters", model.deadLetters());
    table.setPlaceholder(Ui.paragraph(messages.text("admin.letters.none"), "muted", "center"));
    table
        .getColumns()
        .addAll(
            List.of(
                forms.column("admin.column.failed", 150, row -> Spans.clock(row.at(), messages)),
                forms.column("admin.column.name", 130, DeadLetter::sink),
                forms.column("admin.column.entry", 90, row -> "#" + row.sequence()),
                forms.column("admin.column.why", 500, DeadLetter::reason)));
    Button again =
        forms.acting(
            AdministrationIds.LETTER_AGAIN,
            "admin.letter.again",
            "fth-repeat",
            table,
            model::redeliver);
    Button discard =
        forms.acting(
            "admin-letter-discard", "admin.letter.discard", "fth-x", table, model::discard);
    VBox box =
        new VBox(
            8,
            Ui.label(messages.text("admin.letters"), "section-title"),
            table,
            new HBox(8, again, discard));
    box.setMinHeight(120);
    box.getStyleClass().add("admin-below");
    return box;
  }

  private VBox adding() {
    TextField name = forms.field("admin-receiver-name", "admin.column.name", 10);
    ComboBox<String> form =
        new ComboBox<>(FXCollections.observableArrayList("slack", "teams", "generic"));
    form.setId("admin-receiver-form");
    form.setAccessibleText(messages.text("admin.column.form"));
    form.setConverter(Ui.words(word -> messages.text("admin.form." + word)));
    form.getSelectionModel().select(0);
    PasswordField address = forms.password("admin-receiver-address", "admin.receiver.address");
    address.setPrefColumnCount(22);
    PasswordField secret = forms.password("admin-receiver-secret", "admin.receiver.secret");
    VBox signed = forms.labelled("admin.receiver.secret", secret);
    signed.managedProperty().bind(signed.visibleProperty());
    signed.visibleProperty().bind(form.valueProperty().isEqualTo("generic"));
    FlowPane told = new FlowPane(14, 6);
    TOPICS.forEach(
        (word, kinds) -> {
          CheckBox topic = new CheckBox(messages.text("admin.topic." + word));
          topic.setId("admin-receiver-" + word);
          topic.setSelected(word.equals("requests") || word.equals("emergencies"));
          topics.put(word, topic);
          told.getChildren().add(topic);
        });
    Button add =
        Ui.button(
            AdministrationIds.RECEIVER_ADD,
            messages.text("admin.receiver.add"),
            "fth-plus",
            () ->
                model.addReceiver(
                    new NewWebhook(
                        name.getText().strip(),
                        form.getValue(),
                        address.getText().strip(),
                        signed.isVisible() ? secret.getText() : "",
                        chosen()),
                    () -> {
                      name.clear();
                      address.clear();
                      secret.clear();
                    }));
    add.disableProperty().bind(name.textProperty().isEmpty().or(address.textProperty().isEmpty()));
    return new VBox(
        6,
        Ui.label(messages.text("admin.receiver.new"), "section-title"),
        Forms.row(
            forms.labelled("admin.column.form", form),
            forms.labelled("admin.column.name", name),
            forms.labelled("admin.receiver.address", address),
            signed,
            add),
        told);
  }

  private Set<String> chosen() {
    Set<String> kinds = new TreeSet<>();
    topics.forEach(
        (word, topic) -> {
          if (topic.isSelected()) {
            kinds.addAll(TOPICS.get(word));
          }
        });
    return kinds;
  }

  /// The topics in words; a kind that belongs to none is named as the log names it.
  private String told(Set<String> kinds) {
    if (kinds.isEmpty()) {
      return messages.text("admin.topic.everything");
    }
    Set<String> left = new TreeSet<>(kinds);
    List<String> words = new java.util.ArrayList<>();
    TOPICS.forEach(
        (word, beginnings) -> {
          if (left.containsAll(beginnings)) {
            left.removeAll(beginnings);
            words.add(messages.text("admin.topic." + word));
          }
        });
    words.addAll(left);
    return String.join(", ", words);
  }
}
