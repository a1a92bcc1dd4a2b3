package dev.sluice.app.approvals;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// The line in a tab that says where its unmasking stands: waiting, shown until when, over.
public final class UnmaskBar {

  private final UnmaskViewModel model;
  private final Messages messages;
  private final Clock clock;
  private final Runnable runAgain;
  private final HBox root = new HBox(10);
  private final Label words = Ui.paragraph("", "strong");
  private final Subscriptions subscriptions = new Subscriptions();
  private final Timeline ticking;

  /// @param runAgain runs the tab's statement, to show its values as they may be seen now
  public UnmaskBar(UnmaskViewModel model, Messages messages, Clock clock, Runnable runAgain) {
    this.model = model;
    this.messages = messages;
    this.clock = clock;
    this.runAgain = runAgain;
    root.setId(UnmaskIds.BAR);
    root.setAlignment(Pos.CENTER_LEFT);
    root.getStyleClass().add("request-bar");
    HBox.setHgrow(words, Priority.ALWAYS);
    ticking = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), event -> tick()));
    ticking.setCycleCount(Animation.INDEFINITE);
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    subscriptions.bind(model.requestProperty(), this::show);
    subscriptions.add(ticking::stop);
  }

  public void detach() {
    subscriptions.clear();
  }

  private void show(Optional<ApprovalRequest> request) {
    root.getChildren().clear();
    root.getStyleClass().removeAll("request-waiting", "request-approved", "request-over");
    Ui.shown(root, request.isPresent());
    if (request.isEmpty()) {
      ticking.stop();
      return;
    }
    ApprovalState state = request.get().state();
    boolean holds = model.holds();
    root.getStyleClass()
        .add(
            state == ApprovalState.PENDING
                ? "request-waiting"
                : holds ? "request-approved" : "request-over");
    root.getChildren().addAll(Ui.icon(holds ? "fth-eye" : "fth-eye-off"), words);
    if (state == ApprovalState.PENDING) {
      root.getChildren()
          .add(
              Ui.button(
                  "unmask-withdraw",
                  messages.text("request.withdraw"),
                  "fth-corner-up-left",
                  model::withdraw));
    } else if (holds) {
      root.getChildren()
          .add(
              Ui.button(
                  UnmaskIds.RUN_AGAIN, messages.text("unmask.run-again"), "fth-play", runAgain));
    } else {
      root.getChildren()
          .add(Ui.iconButton("unmask-dismiss", "fth-x", messages.text("close"), model::dismiss));
    }
    tick();
    ticking.play();
  }

  private void tick() {
    model.requestProperty().get().ifPresent(request -> words.setText(words(request)));
  }

  private String words(ApprovalRequest request) {
    String columns = UnmaskViewModel.columns(request);
    if (request.state() == ApprovalState.PENDING) {
      return messages.text(
          "unmask.waiting",
          columns,
          RequestWords.age(Duration.between(request.createdAt(), clock.instant())),
          RequestWords.who(request.approvers()));
    }
    if (model.holds()) {
      return messages.text(
          "unmask.holds",
          columns,
          Spans.clock(request.useBy(), messages),
          RequestWords.age(Duration.between(clock.instant(), request.useBy())));
    }
    return request.state() == ApprovalState.APPROVED
        ? messages.text("unmask.over", columns)
        : messages.text(
            "unmask.not",
            columns,
            request.reviews().isEmpty()
                ? RequestWords.state(request.state(), messages)
                : RequestWords.lastReview(request, messages));
  }
}
