package dev.sluice.app.approvals;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.fx.UiExecutor;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Environment;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.YieldingBar;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.approval.Right;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// Queue, request, context side by side. J and K move, A approves, C goes to the conditions, R to
/// the reason for a refusal, E passes a request on.
public final class InboxView {

  static final String DIFF = "inbox-diff";
  static final String PASS_ON = "inbox-pass-on";

  private final InboxViewModel model;
  private final Messages messages;
  private final Clock clock;
  private final BorderPane root = new BorderPane();
  private final ListView<ApprovalRequest> list = new ListView<>();
  private final VBox request = new VBox(14);
  private final VBox context = new VBox(14);
  private final TextArea comment = new TextArea();
  private final Button approve;
  private final Button refuse;
  private final Button undo;
  private final Button passOn;
  private final Label message = Ui.paragraph("", "strong");
  private final ConditionsPane conditions;
  private final VBox decide = new VBox(8);
  private final Subscriptions subscriptions = new Subscriptions();

  public InboxView(InboxViewModel model, Messages messages, Clock clock) {
    this.model = model;
    this.messages = messages;
    this.clock = clock;
    list.setId(ControlIds.INBOX_QUEUE);
    list.setAccessibleText(messages.text("inbox.queue"));
    list.getStyleClass().addAll("edge-to-edge", "inbox-queue");
    list.setCellFactory(view -> new Cell());
    list.setItems(model.queue());
    list.setPlaceholder(empty());
    comment.setId(ControlIds.INBOX_COMMENT);
    comment.setPromptText(messages.text("inbox.comment"));
    comment.setAccessibleText(messages.text("inbox.comment"));
    comment.setPrefRowCount(2);
    comment.setMinHeight(56);
    comment.setWrapText(true);
    approve =
        Ui.button(
            ControlIds.INBOX_APPROVE, messages.text("inbox.approve"), "fth-check", model::approve);
    approve.getStyleClass().add("success");
    refuse =
        Ui.button(ControlIds.INBOX_REFUSE, messages.text("inbox.refuse"), "fth-x", model::reject);
    refuse.getStyleClass().addAll("danger", "button-outlined");
    message.setId(ControlIds.INBOX_MESSAGE);
    undo =
        Ui.button(UnmaskIds.INBOX_UNDO, messages.text("inbox.undo"), "fth-rotate-ccw", model::undo);
    passOn =
        Ui.button(PASS_ON, messages.text("inbox.pass-on"), "fth-corner-up-right", model::passOn);
    conditions = new ConditionsPane(model.conditions(), messages);
    YieldingBar buttons =
        new YieldingBar(10, approve, refuse, passOn, undo).thenWords(passOn).thenWords(undo);
    buttons.setAlignment(Pos.CENTER_LEFT);
    decide
        .getChildren()
        .addAll(
            comment,
            conditions,
            buttons,
            Ui.paragraph(messages.text("inbox.keys"), "muted", "small"),
            message);
    decide.getStyleClass().add("inbox-decide");

    Label title = Ui.label(messages.text("inbox.title"), "screen-title");
    VBox left =
        new VBox(title, list, new DelegatePane(model.session(), model.background(), messages));
    left.getStyleClass().add("inbox-left");
    left.setMinWidth(220);
    VBox.setVgrow(list, Priority.ALWAYS);
    ScrollPane requestScroll = scroll(request);
    VBox.setVgrow(requestScroll, Priority.ALWAYS);
    VBox middle = new VBox(requestScroll, decide);
    ScrollPane contextScroll = scroll(context);
    contextScroll.setMinWidth(220);
    context.getStyleClass().add("inbox-context");
    request.getStyleClass().add("inbox-request");
    request.setId("inbox-request");
    root.getStyleClass().add("inbox");
    middle.setMinWidth(250);
    SplitPane panes = new SplitPane(left, middle, contextScroll);
    panes.setDividerPositions(0.27, 0.73);
    SplitPane.setResizableWithParent(left, false);
    SplitPane.setResizableWithParent(contextScroll, false);
    root.setCenter(panes);
    root.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
  }

  public Parent root() {
    return root;
  }

  public void focus() {
    UiExecutor.platform().execute(list::requestFocus);
  }

  public void attach() {
    comment.textProperty().bindBidirectional(model.commentProperty());
    subscriptions.add(() -> comment.textProperty().unbindBidirectional(model.commentProperty()));
    subscriptions.bind(
        model.messageProperty(),
        text -> {
          message.setText(text);
          Ui.shown(message, !text.isEmpty());
        });
    subscriptions.listen(
        list.getSelectionModel().selectedItemProperty(),
        item -> {
          if (item != null) {
            model.selectedProperty().set(Optional.of(item));
          }
        });
    subscriptions.bind(model.selectedProperty(), this::show);
    subscriptions.listen(model.busyProperty(), busy -> enable());
    model.load();
  }

  public void detach() {
    subscriptions.clear();
  }

  private void key(KeyEvent event) {
    boolean typing = comment.isFocused() || conditions.typing();
    if (typing && event.getCode() == KeyCode.ESCAPE) {
      list.requestFocus();
      event.consume();
    }
    if (typing || event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    switch (event.getCode()) {
      case J -> model.move(1);
      case K -> model.move(-1);
      case A -> model.approve();
      case R -> comment.requestFocus();
      case C -> focusConditions();
      case E -> model.passOn();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void focusConditions() {
    if (conditions.isVisible()) {
      conditions.focusFirst();
    }
  }

  private VBox empty() {
    VBox box =
        new VBox(
            10,
            Ui.icon("fth-inbox", "big-icon", "muted-icon"),
            Ui.label(messages.text("inbox.empty"), "strong"),
            Ui.paragraph(messages.text("inbox.empty.detail"), "muted", "center"));
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("result-center");
    return box;
  }

  private void show(Optional<ApprovalRequest> selected) {
    request.getChildren().clear();
    context.getChildren().clear();
    selected.ifPresent(
        item -> {
          if (list.getSelectionModel().getSelectedItem() != item) {
            list.getSelectionModel().select(item);
          }
          fillRequest(item);
          fillContext(item);
        });
    Ui.shown(decide, selected.isPresent());
    enable();
  }

  private void enable() {
    boolean possible = model.whyNot().isEmpty() && !model.busyProperty().get();
    approve.setDisable(!possible);
    refuse.setDisable(!possible);
    boolean undoable = model.mayUndo() && !model.busyProperty().get();
    comment.setDisable(!possible && !undoable);
    Ui.shown(undo, undoable);
    Optional<String> to = model.passableTo().map(RequestWords::name);
    Ui.shown(passOn, possible && to.isPresent());
    to.ifPresent(
        name -> {
          passOn.setText(messages.text("inbox.pass-on.to", name));
          passOn.setAccessibleText(passOn.getText());
        });
    boolean emergency =
        model.selectedProperty().get().filter(InboxViewModel::owesReview).isPresent();
    Ui.shown(conditions, possible && !emergency);
    model.selectedProperty().get().ifPresent(conditions::show);
    // What goes while it has the focus would give it away to another part of the window,
    // and the keys with it.
    if (Stream.<Node>of(comment, approve, refuse, passOn, undo)
        .anyMatch(gone -> gone.isFocused() && (gone.isDisabled() || !gone.isVisible()))) {
      list.requestFocus();
    }
    comment.setPromptText(messages.text(emergency ? "inbox.emergency.comment" : "inbox.comment"));
    approve.setText(messages.text(emergency ? "inbox.emergency.accept" : "inbox.approve"));
    refuse.setText(messages.text(emergency ? "inbox.emergency.object" : "inbox.refuse"));
  }

  private void fillRequest(ApprovalRequest item) {
    var capsule = item.capsule();
    HBox head =
        new HBox(
            10,
            Ui.icon(RequestWords.requesterIcon(item.requester()), "requester-icon"),
            Ui.label(RequestWords.requester(item.requester(), messages), "card-title"),
            Ui.spacer(),
            Ui.icon(RequestWords.stateIcon(item.state()), RequestWords.stateStyle(item.state())),
            Ui.whole(RequestWords.state(item.state(), messages), "strong"));
    head.setAlignment(Pos.CENTER_LEFT);
    if (!item.requester().kind().equals("person")) {
      String kind = item.requester().kind();
      head.getChildren().add(2, Ui.whole(kind, "kind-pill", "kind-" + kind));
    }
    HBox target =
        new HBox(
            8,
            Ui.label(
                Environment.wordFor(capsule.environment()),
                "env-pill",
                Environment.of(capsule.environment()).styleClass()),
            Ui.label(capsule.connection(), "strong"),
            Ui.label(
                messages.text("inbox.asked", RequestWords.time(item.createdAt(), messages)),
                "muted"));
    target.setAlignment(Pos.CENTER_LEFT);
    Label statement = Ui.paragraph(capsule.text(), "statement-box", "code");
    statement.setId(ControlIds.INBOX_STATEMENT);
    request
        .getChildren()
        .addAll(
            head,
            target,
            section("inbox.reason", Ui.paragraph("“" + item.reason() + "”", "quote")),
            section(isUnmask(item) ? "inbox.unmask" : "inbox.statement", statement));
    StatementDiff.earlier(item, model.queue())
        .ifPresent(
            before ->
                request
                    .getChildren()
                    .add(
                        new VBox(
                            5,
                            Ui.paragraph(
                                messages.text(
                                    "inbox.diff",
                                    RequestWords.time(before.createdAt(), messages),
                                    RequestWords.state(before.state(), messages)),
                                "field-label"),
                            diff(before.capsule().text(), capsule.text()))));
    if (!capsule.binds().isEmpty()) {
      request
          .getChildren()
          .add(section("inbox.binds", Ui.paragraph(String.join(", ", capsule.binds()), "code")));
    }
    VBox effects = new VBox(4);
    capsule.effects().forEach(effect -> effects.getChildren().add(Ui.label(effect, "effect-pill")));
    request.getChildren().add(section("inbox.effects", effects));
    if (!isUnmask(item)) {
      request
          .getChildren()
          .add(
              section(
                  "inbox.rows", new RowsPane(model.session(), model.background(), messages, item)));
    }
    item.emergency()
        .ifPresent(
            emergency -> {
              VBox box =
                  new VBox(
                      4,
                      Ui.label(messages.text("inbox.emergency.title"), "panel-title"),
                      Ui.paragraph(
                          messages.text(
                              "inbox.emergency.detail",
                              RequestWords.requester(item.requester(), messages),
                              RequestWords.time(emergency.at(), messages),
                              emergency.reason(),
                              RequestWords.time(emergency.reviewBy(), messages))),
                      Ui.paragraph(
                          emergency
                              .review()
                              .map(
                                  review ->
                                      messages.text(
                                          "inbox.emergency.done",
                                          review.reviewer().displayName(),
                                          review.comment()))
                              .orElseGet(() -> messages.text("inbox.emergency.owed"))));
              box.getStyleClass().add("danger-panel");
              request.getChildren().add(1, box);
            });
    request
        .getChildren()
        .add(
            section(
                "inbox.talk",
                new TalkPane(model.session(), model.background(), messages, item.id())));
    String why = model.whyNot();
    if (!why.isEmpty()) {
      HBox note = new HBox(8, Ui.icon("fth-info", "notice-information"), Ui.paragraph(why));
      note.getStyleClass().add("note");
      request.getChildren().add(note);
    }
  }

  private void fillContext(ApprovalRequest item) {
    var capsule = item.capsule();
    context.getChildren().add(section("inbox.rules", pills(item)));
    context.getChildren().add(section("inbox.conditions", Ui.paragraph(conditions(item))));
    context.getChildren().add(section("inbox.who", Ui.paragraph(who(item))));
    VBox impact = new VBox(4);
    capsule.impact().forEach((name, value) -> impact.getChildren().add(line(name, value)));
    if (item.rowCeiling() >= 0) {
      impact
          .getChildren()
          .add(line(messages.text("inbox.ceiling"), messages.number(item.rowCeiling())));
    }
    if (!impact.getChildren().isEmpty()) {
      context.getChildren().add(section("inbox.impact", impact));
    }
    if (!capsule.maskedOutputs().isEmpty()) {
      VBox masked = new VBox(4);
      capsule
          .maskedOutputs()
          .forEach(
              (ordinal, algorithm) ->
                  masked.getChildren().add(line("#" + (ordinal + 1), algorithm)));
      context.getChildren().add(section("inbox.masked", masked));
    }
    VBox reviews = new VBox(6);
    for (Review review : item.reviews()) {
      String words = RequestWords.reviewed(review, messages);
      reviews
          .getChildren()
          .add(
              Ui.paragraph(
                  words
                      + "  "
                      + RequestWords.time(review.at(), messages)
                      + (review.conditions().none()
                          ? ""
                          : "\n" + RequestWords.conditions(review.conditions(), messages))
                      + (review.comment().isBlank() ? "" : "\n“" + review.comment() + "”")));
    }
    if (!item.reviews().isEmpty()) {
      context.getChildren().add(section("inbox.reviews", reviews));
    }
    context
        .getChildren()
        .add(
            section(
                "inbox.bound",
                Ui.paragraph(
                    messages.text("inbox.bound.words", capsule.policyVersion()),
                    "muted",
                    "small")));
  }

  private static TextFlow diff(String before, String now) {
    TextFlow flow = new TextFlow();
    flow.setId(DIFF);
    flow.getStyleClass().addAll("statement-box", "code");
    StringBuilder spoken = new StringBuilder();
    for (StatementDiff.Piece piece : StatementDiff.pieces(before, now)) {
      Text text = new Text(piece.text());
      text.getStyleClass().addAll("code", "diff-" + piece.kind().name().toLowerCase(Locale.ROOT));
      text.setStrikethrough(piece.kind() == StatementDiff.Kind.REMOVED);
      text.setUnderline(piece.kind() == StatementDiff.Kind.ADDED);
      flow.getChildren().add(text);
      spoken.append(
          switch (piece.kind()) {
            case SAME -> piece.text();
            case ADDED -> "[+" + piece.text() + "]";
            case REMOVED -> "[-" + piece.text() + "]";
          });
    }
    flow.setAccessibleText(spoken.toString());
    return flow;
  }

  private static boolean isUnmask(ApprovalRequest item) {
    return item.right() instanceof Right.Unmask;
  }

  private String conditions(ApprovalRequest item) {
    return isUnmask(item)
        ? messages.text(
            "inbox.unmask.words",
            RequestWords.requester(item.requester(), messages),
            RequestWords.span(item.lasts(), messages),
            messages.count("people", item.approvers().quorum()))
        : messages.text(
            "inbox.conditions.words",
            messages.count("times", item.executions()),
            RequestWords.span(item.lasts(), messages),
            messages.count("people", item.approvers().quorum()));
  }

  private String who(ApprovalRequest item) {
    String later = RequestWords.escalation(item, clock.instant(), messages);
    String named = RequestWords.who(item.approvers());
    return later.isEmpty() ? named : named + "\n" + later;
  }

  private HBox pills(ApprovalRequest item) {
    HBox pills = new HBox(6);
    item.ruleIds().forEach(rule -> pills.getChildren().add(Ui.label(rule, "rule-pill")));
    return pills;
  }

  /// The value goes below its name where there is no room beside it.
  private static FlowPane line(String name, String value) {
    return new FlowPane(8, 0, Ui.label(name, "muted"), Ui.label(value, "code"));
  }

  private VBox section(String key, Node content) {
    Label heading = Ui.label(messages.text(key), "field-label");
    if (content instanceof RowsPane pane) {
      // What comes later, or not at all, has its heading when it is there.
      Ui.shown(heading, pane.prefHeight(-1) > 0);
      pane.heightProperty()
          .addListener(
              (observed, before, now) ->
                  UiExecutor.platform().execute(() -> Ui.shown(heading, pane.getHeight() > 0)));
    }
    return new VBox(5, heading, content);
  }

  private static ScrollPane scroll(Node content) {
    ScrollPane scroll = new ScrollPane(content);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    return scroll;
  }

  private final class Cell extends ListCell<ApprovalRequest> {

    @Override
    protected void updateItem(ApprovalRequest item, boolean empty) {
      super.updateItem(item, empty);
      setText(null);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      String age = RequestWords.age(Duration.between(item.createdAt(), clock.instant()));
      HBox first =
          new HBox(
              7,
              Ui.icon(RequestWords.requesterIcon(item.requester()), "muted-icon"),
              Ui.label(RequestWords.requester(item.requester(), messages), "strong"),
              Ui.spacer(),
              Ui.label(age, "muted", "small"));
      first.setAlignment(Pos.CENTER_LEFT);
      Label statement = Ui.label(item.capsule().text().replaceAll("\\s+", " "), "code", "small");
      statement.setMaxWidth(260);
      HBox last =
          new HBox(
              7,
              Ui.icon(RequestWords.stateIcon(item.state()), RequestWords.stateStyle(item.state())),
              Ui.label(RequestWords.state(item.state(), messages), "small"),
              Ui.label(item.capsule().connection(), "muted", "small"));
      last.setAlignment(Pos.CENTER_LEFT);
      VBox box = new VBox(4, first, statement, last);
      box.setMinWidth(0);
      box.setPrefWidth(0);
      setGraphic(box);
      setAccessibleText(
          RequestWords.requester(item.requester(), messages)
              + ", "
              + RequestWords.state(item.state(), messages)
              + ", "
              + item.capsule().text());
    }
  }
}
