package dev.sluice.app.approvals;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.YieldingBar;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The line in a tab that says where its request stands: waiting, approved and ready to run, or
/// over, and why.
public final class RequestBar {

  private final RequestViewModel model;
  private final Messages messages;
  private final Clock clock;
  private final Runnable runApproved;
  private final ObservableStringValue whyNotRun;
  private YieldingBar root = new YieldingBar(10);
  private final VBox whole = new VBox();
  private final EmergencyPanel emergency;
  private final Label note = Ui.paragraph("", "small");
  private final Label words = Ui.label("", "strong");
  private final Label detail = Ui.label("", "muted");
  private final Subscriptions subscriptions = new Subscriptions();
  private final Timeline ticking;

  /// @param whyNotRun one sentence when what was approved cannot be run now
  public RequestBar(
      RequestViewModel model,
      Messages messages,
      Clock clock,
      ObservableStringValue whyNotRun,
      Runnable runApproved) {
    this.model = model;
    this.messages = messages;
    this.clock = clock;
    this.whyNotRun = whyNotRun;
    this.runApproved = runApproved;
    emergency = new EmergencyPanel(messages, model::breakGlass);
    note.setId(UnmaskIds.REQUEST_NOTE);
    note.getStyleClass().add("request-note");
    Ui.shown(note, false);
    whole.getChildren().addAll(root, note, emergency);
    detail.setMinWidth(30);
    words.setMinWidth(HBox.USE_PREF_SIZE);
    ticking = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), event -> tick()));
    ticking.setCycleCount(Animation.INDEFINITE);
  }

  public Parent root() {
    return whole;
  }

  public void attach() {
    subscriptions.bind(model.requestProperty(), this::show);
    subscriptions.bind(
        model.noteProperty(),
        words -> {
          note.setText(words);
          Ui.shown(note, !words.isEmpty());
        });
    subscriptions.listen(whyNotRun, why -> show(model.requestProperty().get()));
    subscriptions.add(ticking::stop);
  }

  public void detach() {
    subscriptions.clear();
  }

  private void show(Optional<ApprovalRequest> request) {
    root = new YieldingBar(10);
    root.setAlignment(Pos.CENTER_LEFT);
    root.getStyleClass().add("request-bar");
    whole.getChildren().set(0, root);
    Ui.shown(root, request.isPresent());
    if (request.isEmpty()) {
      ticking.stop();
      return;
    }
    ApprovalState state = request.get().state();
    if (state != ApprovalState.PENDING) {
      Ui.shown(emergency, false);
    }
    root.setId(
        state == ApprovalState.APPROVED ? ControlIds.RUN_APPROVED_BAR : ControlIds.REQUEST_WAITING);
    root.getChildren()
        .addAll(
            Ui.icon(RequestWords.stateIcon(state), RequestWords.stateStyle(state)),
            words,
            detail,
            Ui.spacer());
    switch (state) {
      case PENDING -> {
        root.getStyleClass().add("request-waiting");
        Button nudge =
            Ui.button(UnmaskIds.NUDGE, messages.text("request.nudge"), "fth-bell", model::nudge);
        Button edit =
            Ui.button("request-edit", messages.text("request.edit"), "fth-edit-3", model::edit);
        Button withdraw =
            Ui.button(
                ControlIds.REQUEST_WITHDRAW,
                messages.text("request.withdraw"),
                "fth-corner-up-left",
                model::withdraw);
        Button urgent =
            Ui.button(
                UnmaskIds.EMERGENCY,
                messages.text("emergency.open"),
                "fth-alert-octagon",
                () -> Ui.shown(emergency, !emergency.isVisible()));
        root.getChildren().addAll(nudge, edit, urgent, withdraw);
        root.thenWords(nudge).thenWords(edit).thenWords(withdraw).thenWords(urgent);
      }
      case APPROVED -> {
        root.getStyleClass().add("request-approved");
        Button run =
            Ui.button(
                ControlIds.RUN_APPROVED, messages.text("request.run"), "fth-play", runApproved);
        run.getStyleClass().add("success");
        run.setDisable(!whyNotRun.get().isEmpty());
        root.getChildren().add(run);
      }
      case EXHAUSTED, REJECTED, CANCELLED, EXPIRED_PENDING, EXPIRED_UNUSED, STALE, REVOKED -> {
        root.getStyleClass().add("request-over");
        root.getChildren()
            .add(Ui.iconButton("request-dismiss", "fth-x", messages.text("close"), model::dismiss));
      }
    }
    tick();
    ticking.play();
  }

  private void tick() {
    Optional<ApprovalRequest> request = model.requestProperty().get();
    if (request.isEmpty()) {
      return;
    }
    ApprovalRequest known = request.get();
    words.setText(RequestWords.state(known.state(), messages));
    switch (known.state()) {
      case PENDING ->
          detail.setText(
              messages.text(
                  "request.waiting",
                  RequestWords.age(Duration.between(known.createdAt(), clock.instant())),
                  RequestWords.who(known.approvers())));
      case APPROVED ->
          detail.setText(
              whyNotRun.get().isEmpty()
                  ? messages.text(
                      "request.ready",
                      known.emergency().isPresent()
                          ? messages.text(
                              "emergency.broken",
                              RequestWords.time(known.emergency().get().reviewBy(), messages))
                          : RequestWords.approved(known, messages),
                      messages.count("request.uses-left", known.usesLeft()),
                      RequestWords.age(Duration.between(clock.instant(), known.useBy())))
                  : whyNotRun.get());
      case EXHAUSTED -> detail.setText(messages.text("request.exhausted"));
      case REJECTED, REVOKED -> detail.setText(RequestWords.lastReview(known, messages));
      case CANCELLED -> detail.setText(messages.text("request.cancelled"));
      case EXPIRED_PENDING -> detail.setText(messages.text("request.expired.pending"));
      case EXPIRED_UNUSED -> detail.setText(messages.text("request.expired.unused"));
      case STALE -> detail.setText(messages.text("request.stale"));
    }
  }
}
