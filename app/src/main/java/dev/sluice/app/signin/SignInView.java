package dev.sluice.app.signin;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.SignIn;
import java.net.URI;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The card a person meets first.
public final class SignInView {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final SignInViewModel model;
  private final Messages messages;
  private final StackPane root = new StackPane();
  private final TextField account = new TextField();
  private final PasswordField password = new PasswordField();
  private final Button submit;
  private final VBox providers = new VBox(8);
  private final VBox waiting = new VBox(8);
  private final VBox problem = new VBox(2);
  private final Subscriptions subscriptions = new Subscriptions();

  /// @param server address for the eye, may be empty
  /// @param notice why the person must sign in again, empty at the first time
  public SignInView(SignInViewModel model, Messages messages, String server, String notice) {
    this.model = model;
    this.messages = messages;
    account.setId(ControlIds.SIGN_IN_ACCOUNT);
    account.setPromptText(messages.text("signin.account"));
    account.setAccessibleText(messages.text("signin.account"));
    password.setId(ControlIds.SIGN_IN_PASSWORD);
    password.setPromptText(messages.text("signin.password"));
    password.setAccessibleText(messages.text("signin.password"));
    submit = Ui.button(ControlIds.SIGN_IN_SUBMIT, messages.text("signin.submit"), "", this::submit);
    submit.getStyleClass().add("accent");
    submit.setMaxWidth(Double.MAX_VALUE);
    submit.setDefaultButton(true);
    problem.setId(ControlIds.SIGN_IN_PROBLEM);
    problem.getStyleClass().add("sign-in-problem");
    Ui.shown(problem, false);
    waiting.setId(ControlIds.SIGN_IN_WAITING);
    Ui.shown(waiting, false);

    HBox brand = new HBox(10, Ui.icon("fth-sliders", "brand-icon"), Ui.label("Sluice", "brand"));
    brand.setAlignment(Pos.CENTER_LEFT);
    Label tagline = Ui.paragraph(messages.text("signin.tagline"), "muted");
    VBox card = new VBox(12, brand, tagline);
    card.getStyleClass().addAll("card", "sign-in-card");
    card.setMaxWidth(380);
    card.setMaxHeight(StackPane.USE_PREF_SIZE);
    if (!notice.isEmpty()) {
      card.getChildren().add(Ui.paragraph(notice, "sign-in-notice"));
    }
    card.getChildren()
        .addAll(
            field(messages.text("signin.account"), account),
            field(messages.text("signin.password"), password),
            problem,
            submit,
            providers,
            waiting);
    if (!server.isEmpty()) {
      HBox where =
          new HBox(6, Ui.icon("fth-server", "muted-icon"), Ui.label(server, "muted", "small"));
      where.setAlignment(Pos.CENTER);
      card.getChildren().add(where);
    }
    root.getStyleClass().add("sign-in");
    root.getChildren().add(card);
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    account.textProperty().bindBidirectional(model.accountProperty());
    subscriptions.add(() -> account.textProperty().unbindBidirectional(model.accountProperty()));
    subscriptions.bind(
        model.busyProperty(),
        busy -> {
          submit.setDisable(busy);
          submit.setText(messages.text(busy ? "signin.busy" : "signin.submit"));
        });
    subscriptions.bind(
        model.problemProperty(),
        found -> {
          problem.getChildren().clear();
          found.ifPresent(
              failure ->
                  problem
                      .getChildren()
                      .addAll(
                          Ui.paragraph(Problems.words(failure), "problem-words"),
                          Ui.paragraph(failure.wayOut(), "muted", "small")));
          Ui.shown(problem, found.isPresent());
        });
    subscriptions.bind(
        model.waitingProperty(),
        found -> {
          waiting.getChildren().clear();
          found.ifPresent(present -> waiting.getChildren().addAll(waitingRows(present)));
          Ui.shown(waiting, found.isPresent());
        });
    subscriptions.bind(
        model.methodsProperty(),
        methods -> {
          providers.getChildren().clear();
          model
              .providers()
              .forEach(
                  method -> {
                    Button button =
                        Ui.button(
                            ControlIds.SIGN_IN_PROVIDER_PREFIX + method.id(),
                            method.label(),
                            "fth-log-in",
                            () -> model.withProvider(method.id()));
                    button.setMaxWidth(Double.MAX_VALUE);
                    button.disableProperty().bind(model.busyProperty());
                    providers.getChildren().add(button);
                    if (method.codes()) {
                      providers.getChildren().add(codeLink(method));
                    }
                  });
        });
    model.load();
    (account.getText().isEmpty() ? account : password).requestFocus();
  }

  public void detach() {
    subscriptions.clear();
    password.clear();
  }

  private void submit() {
    char[] secret = password.getText().toCharArray();
    password.clear();
    model.submit(secret);
  }

  private Node codeLink(SignIn.Method method) {
    Hyperlink link = new Hyperlink(messages.text("signin.code"));
    link.setId(ControlIds.SIGN_IN_CODE_PREFIX + method.id());
    link.setOnAction(event -> model.withCode(method.id()));
    link.disableProperty().bind(model.busyProperty());
    HBox row = new HBox(link);
    row.setAlignment(Pos.CENTER);
    return row;
  }

  /// The code first, in letters that can be read from another desk.
  private List<Node> codeRows(SignInViewModel.Waiting present, SignInViewModel.Code code) {
    Label shown = Ui.label(code.text(), "sign-in-code", "code");
    shown.setId(ControlIds.SIGN_IN_CODE);
    shown.setMaxWidth(Double.MAX_VALUE);
    shown.setAlignment(Pos.CENTER);
    Label where = Ui.paragraph(page(present.address()), "code", "small");
    Button copy =
        Ui.button(
            ControlIds.SIGN_IN_COPY_LINK,
            messages.text("signin.copy-link"),
            "fth-copy",
            () -> copy(present.address().toString()));
    return List.of(
        Ui.paragraph(messages.text("signin.code.type"), "muted"),
        where,
        shown,
        Ui.paragraph(
            messages.text(
                "signin.code.until", CLOCK.withZone(ZoneId.systemDefault()).format(code.until())),
            "muted",
            "small"),
        Ui.paragraph(messages.text("signin.code.warning"), "muted", "small"),
        new HBox(8, copy, cancelButton()));
  }

  /// What a person types into a browser; the code comes after it.
  private static String page(URI address) {
    String text = address.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  private Button cancelButton() {
    return Ui.button(
        ControlIds.SIGN_IN_CANCEL, messages.text("signin.cancel"), "fth-x", model::cancel);
  }

  private List<Node> waitingRows(SignInViewModel.Waiting present) {
    if (present.code().isPresent()) {
      return codeRows(present, present.code().get());
    }
    String words = present.opened() ? "signin.waiting" : "signin.waiting.no-browser";
    Button copy =
        Ui.button(
            ControlIds.SIGN_IN_COPY_LINK,
            messages.text("signin.copy-link"),
            "fth-copy",
            () -> copy(present.address().toString()));
    return List.of(Ui.paragraph(messages.text(words), "muted"), new HBox(8, copy, cancelButton()));
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  private static VBox field(String name, TextField control) {
    Label label = Ui.label(name, "field-label");
    label.setLabelFor(control);
    return new VBox(4, label, control);
  }
}
