package dev.sluice.app.studio;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.PolicyComparison;
import dev.sluice.governance.codec.wire.PolicyTestReport;
import dev.sluice.governance.discovery.Proposal;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Beside the text: its own tests, what it changes, what it would have done, what discovery
/// proposes.
final class ReviewPanes extends TabPane {

  private final StudioViewModel model;
  private final Messages messages;
  private final IntConsumer goToLine;
  private final VBox tests = new VBox(8);
  private final VBox changes = new VBox(8);
  private final VBox proposals = new VBox(8);
  private final WhatIfPane whatIf;
  private final RulesForm form;
  private final Tab testsTab;
  private final Tab changesTab;
  private final Tab proposalsTab;

  ReviewPanes(StudioViewModel model, Messages messages, IntConsumer goToLine) {
    this.model = model;
    this.messages = messages;
    this.goToLine = goToLine;
    setId(StudioIds.TABS);
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    whatIf = new WhatIfPane(model, messages);
    testsTab = tab("studio.tests", StudioIds.TESTS, tests);
    changesTab = tab("studio.changes", StudioIds.CHANGES, changes);
    proposalsTab = tab("studio.proposals", StudioIds.PROPOSALS, proposals);
    getTabs()
        .addAll(
            changesTab, testsTab, new Tab(messages.text("studio.whatif"), whatIf), proposalsTab);
    AttackPane attack =
        new AttackPane(
            model.session(), model.background(), messages, () -> model.textProperty().get());
    Tab attackTab = new Tab(messages.text("studio.attack"), attack);
    attackTab.setOnSelectionChanged(
        event -> {
          if (attackTab.isSelected()) {
            attack.open();
          }
        });
    getTabs().add(attackTab);
    form = new RulesForm(model, messages, goToLine);
    ScrollPane scroll = new ScrollPane(form);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    getTabs().add(new Tab(messages.text("studio.form"), scroll));
    setMinWidth(0);
  }

  private Tab tab(String key, String id, VBox content) {
    content.setId(id);
    content.getStyleClass().add("studio-pane");
    ScrollPane scroll = new ScrollPane(content);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    return new Tab(messages.text(key), scroll);
  }

  void attach(Subscriptions subscriptions) {
    whatIf.attach(subscriptions);
    form.attach(subscriptions);
    subscriptions.bind(model.testsProperty(), this::showTests);
    subscriptions.bind(model.comparisonProperty(), this::showChanges);
    ListChangeListener<StudioViewModel.ProposedColumn> listener = change -> showProposals();
    model.proposals().addListener(listener);
    subscriptions.add(() -> model.proposals().removeListener(listener));
    showProposals();
  }

  private void showTests(Optional<PolicyTestReport> report) {
    tests.getChildren().clear();
    if (report.isEmpty()) {
      tests.getChildren().add(Ui.paragraph(messages.text("studio.tests.unread"), "muted"));
      testsTab.setText(messages.text("studio.tests"));
      return;
    }
    PolicyTestReport now = report.get();
    long failed = now.tests().stream().filter(test -> !test.passed()).count();
    String passed = " " + (now.tests().size() - failed) + "/" + now.tests().size();
    testsTab.setText(messages.text("studio.tests") + (now.tests().isEmpty() ? "" : passed));
    tests
        .getChildren()
        .add(
            line(
                now.publishable() ? "fth-check-circle" : "fth-x-circle",
                now.publishable() ? "verdict-allowed" : "verdict-blocked",
                messages.text(now.publishable() ? "studio.tests.well" : "studio.tests.not"),
                "strong"));
    now.problems()
        .forEach(
            words ->
                tests.getChildren().add(line("fth-x-circle", "verdict-blocked", words, "small")));
    now.warnings()
        .forEach(
            words ->
                tests.getChildren().add(line("fth-alert-triangle", "verdict-ask", words, "small")));
    if (now.tests().isEmpty()) {
      tests.getChildren().add(Ui.paragraph(messages.text("studio.tests.none"), "muted"));
    }
    for (PolicyTestReport.Test test : now.tests()) {
      String words =
          test.passed()
              ? test.expectation()
              : messages.text("studio.tests.got", test.expectation(), test.got())
                  + (test.reason().isEmpty() ? "" : " " + test.reason());
      HBox line =
          line(
              test.passed() ? "fth-check" : "fth-x",
              test.passed() ? "verdict-allowed" : "verdict-blocked",
              words,
              "small");
      Button go =
          Ui.button(
              "policy-test-line-" + test.line(),
              messages.text("studio.line", test.line()),
              "",
              () -> goToLine.accept(test.line()));
      go.getStyleClass().addAll("flat", "small");
      line.getChildren().add(go);
      tests.getChildren().add(line);
    }
  }

  private void showChanges(Optional<PolicyComparison> comparison) {
    changes.getChildren().clear();
    if (comparison.isEmpty()) {
      changes.getChildren().add(Ui.paragraph(messages.text("studio.changes.unread"), "muted"));
      return;
    }
    PolicyComparison now = comparison.get();
    changesTab.setText(
        messages.text("studio.changes")
            + (now.changes().isEmpty() ? "" : " " + now.changes().size()));
    changes
        .getChildren()
        .add(
            Ui.paragraph(
                now.changes().isEmpty()
                    ? messages.text("studio.changes.none", now.from())
                    : messages.text("studio.changes.some", now.from()),
                "strong"));
    for (PolicyComparison.Change change : now.changes()) {
      boolean looser = change.direction().equals("looser");
      changes
          .getChildren()
          .add(
              line(
                  looser
                      ? "fth-unlock"
                      : change.direction().equals("stricter") ? "fth-lock" : "fth-edit-3",
                  looser ? "verdict-blocked" : "muted-icon",
                  messages.text(
                      "studio.changes.one",
                      change.section(),
                      change.id(),
                      messages.text("studio.change." + change.kind()),
                      messages.text("studio.direction." + change.direction()),
                      change.detail()),
                  "small"));
    }
    VBox text = new VBox();
    text.getStyleClass().add("diff-box");
    for (String each : now.text()) {
      String style =
          each.startsWith("+") ? "diff-added" : each.startsWith("-") ? "diff-removed" : "diff-same";
      var label = Ui.paragraph(each.isEmpty() ? " " : each, "code", "small", style);
      text.getChildren().add(label);
    }
    if (!now.text().isEmpty()) {
      changes.getChildren().add(text);
    }
  }

  private void showProposals() {
    proposals.getChildren().clear();
    int count = model.proposals().size();
    proposalsTab.setText(messages.text("studio.proposals") + (count == 0 ? "" : " " + count));
    proposals
        .getChildren()
        .add(
            Ui.paragraph(
                messages.text(count == 0 ? "studio.proposals.none" : "studio.proposals.intro"),
                "muted"));
    int number = 0;
    for (StudioViewModel.ProposedColumn column : model.proposals()) {
      Proposal proposal = column.proposal();
      number++;
      Button accept =
          Ui.button(
              "policy-accept-" + number,
              messages.text("studio.proposals.accept"),
              "fth-plus",
              () -> model.accept(column));
      accept.getStyleClass().add("small");
      Button dismiss =
          Ui.button(
              "policy-dismiss-" + number,
              messages.text("studio.proposals.dismiss"),
              "fth-x",
              () -> model.dismiss(column));
      dismiss.getStyleClass().add("small");
      Ui.hint(dismiss, messages.text("studio.proposals.dismiss.detail"));
      HBox head =
          new HBox(
              8,
              Ui.label(proposal.column().dotted(), "code", "strong"),
              Ui.label(column.connection(), "muted", "small"),
              Ui.label(proposal.tag(), "rule-pill"),
              Ui.whole(
                  messages.text("studio.proposals.sure", proposal.confidence()), "muted", "small"),
              Ui.spacer(),
              dismiss,
              accept);
      head.setAlignment(Pos.CENTER_LEFT);
      VBox box = new VBox(3, head, Ui.paragraph(String.join(" ", proposal.reasons()), "small"));
      box.getStyleClass().add("studio-finding");
      proposals.getChildren().add(box);
    }
  }

  private static HBox line(String icon, String style, String words, String wordStyle) {
    var label = Ui.paragraph(words, wordStyle);
    HBox.setHgrow(label, javafx.scene.layout.Priority.ALWAYS);
    Node mark = Ui.icon(icon, style);
    HBox line = new HBox(8, mark, label);
    line.setAlignment(Pos.TOP_LEFT);
    return line;
  }
}
