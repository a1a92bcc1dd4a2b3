package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Span;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// What stands in the result pane when a statement was blocked or needs approval: what, by which
/// rule, why, where, and what to do next.
final class RefusalCard {

  /// Longer statements are shown around the place that matters.
  private static final int SHOWN_TEXT = 1200;

  private final Messages messages;
  private final WaysOut waysOut;

  RefusalCard(Messages messages, WaysOut waysOut) {
    this.messages = messages;
    this.waysOut = waysOut;
  }

  ScrollPane build(ResultViewModel result, RunEvent.Refused refused) {
    boolean denied = refused.decision() instanceof Decision.Deny;
    boolean understood = refused.analysis().refusals().isEmpty();
    Proof proof = refused.decision().proof();
    String titleKey =
        denied ? (understood ? "card.blocked" : "card.not-understood") : "card.approval";
    VBox card = new VBox(14);
    card.setId(denied ? ControlIds.BLOCKED_CARD : ControlIds.APPROVAL_CARD);
    card.getStyleClass().addAll("card", denied ? "card-blocked" : "card-ask");
    card.setAccessibleText(messages.text(titleKey) + ". " + proof.reason());

    var shield =
        Ui.icon(
            denied ? (understood ? "fth-shield" : "fth-help-circle") : "fth-user-check",
            "card-icon");
    Label title = Ui.whole(messages.text(titleKey), "card-title");
    Label rule = Ui.label(messages.text("verdict.rule", proof.rule()), "rule-pill");
    rule.setId(ControlIds.BLOCKED_RULE);
    Label where =
        Ui.label(
            messages.text(
                "card.where", result.connection().context().name(), proof.policyVersion()),
            "muted");
    HBox head = new HBox(12, shield, title, rule, Ui.spacer(), where);
    head.setAlignment(Pos.CENTER_LEFT);

    Label reason = Ui.paragraph(proof.reason(), "card-reason");
    reason.setId(ControlIds.BLOCKED_REASON);
    card.getChildren().addAll(head, reason, statement(result.statement().text(), proof.spans()));
    refused
        .analysis()
        .refusals()
        .forEach(
            refusal ->
                card.getChildren()
                    .add(Ui.paragraph(refusal.message() + " " + refusal.wayOut(), "muted")));
    if (refused.decision() instanceof Decision.NeedsApproval ask) {
      card.getChildren().add(Ui.paragraph(ApproverWords.of(ask.approvers(), messages), "muted"));
    }
    card.getChildren().add(ways(result, refused));
    // Where there is advice, it says who can be talked to, and that no request helps.
    if (denied
        && proof.waysOut().stream()
            .noneMatch(way -> way instanceof WayOut.AskApproval || way instanceof WayOut.Advice)) {
      card.getChildren().add(Ui.paragraph(messages.text("card.hard"), "muted", "small"));
    }
    VBox frame = new VBox(card);
    frame.getStyleClass().add("card-frame");
    ScrollPane scroll = new ScrollPane(frame);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    return scroll;
  }

  private FlowPane ways(ResultViewModel result, RunEvent.Refused refused) {
    FlowPane buttons = new FlowPane(10, 8);
    int number = 1;
    boolean asks = false;
    for (WayOut way : refused.decision().proof().waysOut()) {
      switch (way) {
        case WayOut.Fix fix ->
            buttons
                .getChildren()
                .add(button(number++, fix.label(), "fth-edit-3", () -> waysOut.fix(result, fix)));
        case WayOut.AskApproval ask -> {
          Button button =
              button(number++, ask.label(), "fth-user-check", () -> waysOut.ask(result));
          button.setId(ControlIds.APPROVAL_ASK);
          button.getStyleClass().add("accent");
          buttons.getChildren().add(button);
          asks = true;
        }
        case WayOut.OtherConnection other ->
            buttons
                .getChildren()
                .add(
                    button(
                        number++,
                        other.label(),
                        "fth-database",
                        () -> waysOut.switchTo(other.connection())));
        case WayOut.Advice advice -> {
          Label label = Ui.paragraph(number++ + "  " + advice.label(), "advice");
          label.setMaxWidth(760);
          buttons.getChildren().add(label);
        }
      }
    }
    if (!asks && refused.decision() instanceof Decision.NeedsApproval) {
      Button button =
          button(number++, messages.text("card.ask"), "fth-user-check", () -> waysOut.ask(result));
      button.setId(ControlIds.APPROVAL_ASK);
      button.getStyleClass().add("accent");
      buttons.getChildren().add(button);
    }
    buttons
        .getChildren()
        .add(button(number, messages.text("card.copy"), "fth-copy", () -> copy(result, refused)));
    return buttons;
  }

  private static Button button(int number, String label, String icon, Runnable action) {
    return Ui.button(ControlIds.WAY_OUT_PREFIX + number, number + "  " + label, icon, action);
  }

  private static void copy(ResultViewModel result, RunEvent.Refused refused) {
    Proof proof = refused.decision().proof();
    ClipboardContent content = new ClipboardContent();
    content.putString(
        refused.decision().word()
            + "\nrule: "
            + proof.rule()
            + "\nreason: "
            + proof.reason()
            + "\nconnection: "
            + result.connection().context().name()
            + "\npolicy version: "
            + proof.policyVersion()
            + "\nstatement:\n"
            + result.statement().text()
            + "\n");
    Clipboard.getSystemClipboard().setContent(content);
  }

  /// The statement with the places underlined.
  private static TextFlow statement(String text, List<Span> spans) {
    int from = 0;
    int to = text.length();
    if (text.length() > SHOWN_TEXT) {
      int center = spans.isEmpty() ? 0 : spans.getFirst().start();
      from = Math.max(0, center - SHOWN_TEXT / 3);
      to = Math.min(text.length(), from + SHOWN_TEXT);
    }
    TextFlow flow = new TextFlow();
    flow.getStyleClass().add("statement-box");
    if (from > 0) {
      flow.getChildren().add(text("… ", false));
    }
    int at = from;
    for (Span span :
        spans.stream().sorted(java.util.Comparator.comparingInt(Span::start)).toList()) {
      int start = Math.clamp(span.start(), at, to);
      int end = Math.clamp(span.end(), start, to);
      if (end > start) {
        flow.getChildren().add(text(text.substring(at, start), false));
        flow.getChildren().add(text(text.substring(start, end), true));
        at = end;
      }
    }
    flow.getChildren().add(text(text.substring(at, to), false));
    if (to < text.length()) {
      flow.getChildren().add(text(" …", false));
    }
    return flow;
  }

  private static Text text(String text, boolean marked) {
    Text node = new Text(text);
    node.getStyleClass().add(marked ? "statement-marked" : "statement-text");
    node.setUnderline(marked);
    return node;
  }
}
