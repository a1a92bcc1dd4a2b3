package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.EnforcementReview;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What a database would be made to enforce, for review: what holds now, what somebody changed, who
/// reads around Sluice with the statement that closes it, and the SQL, which is what gets applied.
final class EnforcementPane extends VBox {

  private final AdministrationViewModel model;
  private final Messages messages;
  private final VBox found = new VBox(6);
  private final TextArea sql = new TextArea();
  private final Button apply;

  EnforcementPane(AdministrationViewModel model, Messages messages) {
    super(8);
    this.model = model;
    this.messages = messages;
    setId(AdministrationIds.ENFORCEMENT);
    sql.setId(AdministrationIds.ENFORCEMENT_SQL);
    sql.setEditable(false);
    sql.setPrefRowCount(9);
    sql.getStyleClass().add("code");
    sql.setAccessibleText(messages.text("admin.enforcement.sql"));
    apply =
        Ui.button(
            AdministrationIds.ENFORCEMENT_APPLY,
            messages.text("admin.enforcement.apply"),
            "fth-check",
            model::applyReviewed);
    ScrollPane scroll = new ScrollPane(found);
    scroll.setFitToWidth(true);
    scroll.setPrefViewportHeight(150);
    scroll.setMinHeight(150);
    scroll.getStyleClass().add("edge-to-edge");
    VBox.setVgrow(sql, Priority.ALWAYS);
    VBox.setVgrow(this, Priority.ALWAYS);
    HBox buttons = new HBox(8, Ui.spacer(), apply);
    getChildren().addAll(scroll, sql, buttons);
  }

  void attach(Subscriptions subscriptions) {
    subscriptions.bind(
        model.enforcementProperty(),
        review -> {
          found.getChildren().clear();
          review.ifPresent(this::show);
          Ui.shown(this, review.isPresent());
        });
  }

  private void show(EnforcementReview review) {
    found
        .getChildren()
        .add(
            Ui.label(
                messages.text(
                    review.inForce() ? "admin.enforcement.in-force" : "admin.enforcement.to-apply",
                    review.connection(),
                    review.ring()),
                "strong"));
    found.getChildren().add(Ui.paragraph(review.sentence(), "small"));
    if (!review.sentence().contains(review.drift())) {
      line(
          "fth-alert-triangle",
          "verdict-ask",
          messages.text("admin.enforcement.drift", review.drift()));
    }
    for (EnforcementReview.Remark problem : review.problems()) {
      line(
          "fth-x",
          "verdict-blocked",
          problem.object() + ": " + problem.message() + " " + problem.wayOut());
    }
    for (EnforcementReview.Finding finding : review.findings()) {
      String told = finding.name() + ": " + finding.message();
      line(
          finding.accepted() ? "fth-minus" : "fth-alert-triangle",
          finding.accepted() ? "muted-icon" : "verdict-ask",
          finding.accepted()
              ? messages.text("admin.enforcement.accepted", told)
              : messages.text("admin.enforcement.close", told, finding.closing()));
    }
    for (EnforcementReview.Remark note : review.notes()) {
      line("fth-info", "muted-icon", note.object() + ": " + note.message());
    }
    if (!review.administered()) {
      line("fth-info", "muted-icon", messages.text("admin.enforcement.by-hand"));
    }
    sql.setText(
        review.steps().stream()
            .map(step -> "-- " + step.object() + ": " + step.why() + "\n" + step.sql() + ";")
            .collect(Collectors.joining("\n\n")));
    apply.setDisable(!review.administered() || !review.problems().isEmpty());
  }

  private void line(String icon, String style, String text) {
    Node words = Ui.paragraph(text, "small");
    HBox.setHgrow(words, Priority.ALWAYS);
    found.getChildren().add(new HBox(8, Ui.icon(icon, style), words));
  }
}
