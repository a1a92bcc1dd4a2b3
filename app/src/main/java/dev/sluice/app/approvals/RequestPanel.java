package dev.sluice.app.approvals;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Environment;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.Effect;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Asking for approval: the statement as it will be shown and run, where, what it touches, who
/// decides, and the reason in the person's words.
public final class RequestPanel {

  private final RequestViewModel model;
  private final Messages messages;
  private final VBox root = new VBox(12);
  private final VBox about = new VBox(12);
  private final TextArea reason = new TextArea();
  private final VBox problem = new VBox(2);
  private final Button submit;
  private final Subscriptions subscriptions = new Subscriptions();

  public RequestPanel(RequestViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    reason.setId(ControlIds.REQUEST_REASON);
    reason.setPromptText(messages.text("request.reason.prompt"));
    reason.setAccessibleText(messages.text("request.reason"));
    reason.setWrapText(true);
    reason.setPrefRowCount(3);
    reason.setMinHeight(76);
    problem.setId(ControlIds.REQUEST_PROBLEM);
    submit =
        Ui.button(
            ControlIds.REQUEST_SUBMIT, messages.text("request.send"), "fth-send", model::submit);
    submit.getStyleClass().add("accent");
    Button close =
        Ui.iconButton(ControlIds.REQUEST_CLOSE, "fth-x", messages.text("close"), model::closePanel);
    HBox head =
        new HBox(
            8,
            Ui.icon("fth-user-check", "verdict-ask"),
            Ui.label(messages.text("request.title"), "panel-title"),
            Ui.spacer(),
            close);
    head.setAlignment(Pos.CENTER_LEFT);
    Label reasonLabel = Ui.label(messages.text("request.reason"), "field-label");
    reasonLabel.setLabelFor(reason);
    ScrollPane scroll = new ScrollPane(about);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    HBox foot =
        new HBox(
            10,
            submit,
            Ui.button("request-cancel", messages.text("cancel"), "", model::closePanel));
    root.setId(ControlIds.REQUEST_PANEL);
    root.getStyleClass().addAll("side-panel", "request-panel");
    root.setPrefWidth(400);
    root.setMinWidth(320);
    root.getChildren().addAll(head, scroll, new VBox(4, reasonLabel, reason), problem, foot);
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    reason.textProperty().bindBidirectional(model.reasonProperty());
    subscriptions.add(() -> reason.textProperty().unbindBidirectional(model.reasonProperty()));
    subscriptions.bind(model.draftProperty(), this::show);
    subscriptions.bind(
        model.busyProperty(),
        busy -> {
          submit.setDisable(busy);
          submit.setText(messages.text(busy ? "request.sending" : "request.send"));
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
  }

  public void detach() {
    subscriptions.clear();
  }

  public void focus() {
    reason.requestFocus();
  }

  private void show(Optional<RequestViewModel.Draft> draft) {
    about.getChildren().clear();
    draft.ifPresent(this::fill);
  }

  private void fill(RequestViewModel.Draft draft) {
    Label statement = Ui.paragraph(draft.statement().text(), "statement-box", "code");
    statement.setAccessibleText(messages.text("request.statement"));
    String environment = draft.connection().context().environment();
    HBox target =
        new HBox(
            8,
            Ui.label(
                Environment.wordFor(environment),
                "env-pill",
                Environment.of(environment).styleClass()),
            Ui.label(draft.connection().context().name(), "strong"),
            Ui.label(draft.connection().database(), "muted"));
    target.setAlignment(Pos.CENTER_LEFT);
    about
        .getChildren()
        .addAll(
            section("request.statement", statement),
            section("request.target", target),
            section("request.impact", impact(draft)),
            section("request.rule", Ui.paragraph(draft.decision().proof().reason())));
    switch (draft.decision()) {
      case Decision.NeedsApproval ask ->
          about.getChildren().add(section("request.who", Ui.paragraph(who(ask.approvers()))));
      case Decision.Allow allow -> {}
      case Decision.Deny deny -> {}
    }
  }

  private VBox impact(RequestViewModel.Draft draft) {
    VBox lines = new VBox(4);
    for (Effect effect : draft.analysis().effects()) {
      String objects = String.join(", ", effect.objects());
      String filtered =
          switch (effect.kind()) {
            case UPDATE, DELETE ->
                messages.text(effect.filtered() ? "request.filtered" : "request.unfiltered");
            default -> "";
          };
      HBox line =
          new HBox(8, Ui.label(effect.kind().name(), "effect-pill"), Ui.label(objects, "code"));
      line.setAlignment(Pos.CENTER_LEFT);
      lines.getChildren().add(line);
      if (!filtered.isEmpty()) {
        lines.getChildren().add(Ui.paragraph(filtered, "muted", "small"));
      }
    }
    if (!draft.analysis().tables().isEmpty()) {
      String tables =
          draft.analysis().tables().stream()
              .map(TableRef::dotted)
              .collect(Collectors.joining(", "));
      lines
          .getChildren()
          .add(Ui.paragraph(messages.text("request.tables", tables), "muted", "small"));
    }
    return lines;
  }

  private String who(ApproverRule rule) {
    return messages.text(
        rule.quorum() == 1 ? "request.who.one" : "request.who.many",
        RequestWords.who(rule),
        rule.quorum(),
        RequestWords.span(rule.decideWithin(), messages),
        messages.count("times", rule.executions()),
        RequestWords.span(rule.useWithin(), messages));
  }

  private VBox section(String key, javafx.scene.Node content) {
    return new VBox(4, Ui.label(messages.text(key), "field-label"), content);
  }
}
