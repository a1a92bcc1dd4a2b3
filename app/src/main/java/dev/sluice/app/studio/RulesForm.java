package dev.sluice.app.studio;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.policy.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The rules of the text as cards: when a rule applies, what follows, who is asked, what people are
/// told. A change here changes that one word of the text and nothing else.
final class RulesForm extends VBox {

  private final StudioViewModel model;
  private final Messages messages;
  private final IntConsumer goToLine;

  RulesForm(StudioViewModel model, Messages messages, IntConsumer goToLine) {
    super(10);
    this.model = model;
    this.messages = messages;
    this.goToLine = goToLine;
    setId(StudioIds.FORM);
    getStyleClass().add("studio-pane");
  }

  void attach(Subscriptions subscriptions) {
    subscriptions.bind(model.rulesProperty(), this::show);
  }

  private void show(Optional<List<Rule>> written) {
    getChildren().clear();
    String yaml = model.textProperty().get();
    if (written.isEmpty()) {
      getChildren().add(Ui.paragraph(messages.text("studio.form.unread"), "muted"));
      return;
    }
    List<Rule> rules = written.get();
    getChildren()
        .add(
            Ui.paragraph(
                messages.text(rules.isEmpty() ? "studio.form.none" : "studio.form.intro"),
                "muted"));
    rules.forEach(rule -> getChildren().add(card(yaml, rule)));
  }

  private Node card(String yaml, Rule rule) {
    ComboBox<Rule.Effect> effect =
        new ComboBox<>(FXCollections.observableArrayList(Rule.Effect.values()));
    effect.setId(StudioIds.FORM_EFFECT + rule.id());
    effect.setConverter(Ui.words(word -> messages.text("studio.form.effect." + name(word))));
    effect.setAccessibleText(messages.text("studio.form.effect"));
    effect.setValue(rule.effect());
    effect.setDisable(!RuleText.changeable(yaml, rule.id(), "effect"));
    effect
        .valueProperty()
        .addListener((observed, before, now) -> model.changeRule(rule.id(), "effect", name(now)));
    CheckBox observe = new CheckBox(messages.text("studio.form.observe"));
    observe.setId(StudioIds.FORM_OBSERVE + rule.id());
    observe.setSelected(rule.observe());
    observe.setMinWidth(CheckBox.USE_PREF_SIZE);
    observe.setDisable(
        rule.effect() == Rule.Effect.ALLOW || !RuleText.changeable(yaml, rule.id(), "observe"));
    observe.setOnAction(
        event -> model.changeRule(rule.id(), "observe", observe.isSelected() ? "true" : null));
    var line =
        Ui.button(
            "policy-form-line-" + rule.id(),
            messages.text("studio.line", rule.line()),
            "",
            () -> goToLine.accept(rule.line()));
    line.getStyleClass().addAll("flat", "small");
    HBox head = new HBox(8, Ui.label(rule.id(), "rule-pill"), Ui.spacer(), line);
    head.setAlignment(Pos.CENTER_LEFT);
    HBox what = new HBox(10, effect, observe);
    what.setAlignment(Pos.CENTER_LEFT);
    VBox card =
        new VBox(
            6,
            head,
            row("studio.form.when", field(yaml, rule, "when", rule.when(), "code")),
            row("studio.form.what", what),
            row("studio.form.message", field(yaml, rule, "message", rule.message())));
    rule.approvers()
        .ifPresent(
            asked ->
                card.getChildren()
                    .add(
                        row(
                            "studio.form.who",
                            Ui.paragraph(
                                messages.text(
                                    "studio.form.approvers",
                                    String.join(", ", asked.anyOf()),
                                    asked.quorum(),
                                    asked.executions())))));
    if (rule.limits().rows().isPresent() || rule.limits().seconds().isPresent()) {
      card.getChildren()
          .add(
              row(
                  "studio.form.limits",
                  Ui.paragraph(
                      messages.text(
                          "studio.form.limits.words",
                          number(rule.limits().rows()),
                          number(rule.limits().seconds())))));
    }
    if (rule.observe()) {
      card.getChildren()
          .add(
              Ui.paragraph(
                  messages.text("studio.form.would." + name(rule.effect())), "strong", "small"));
    }
    card.getStyleClass().add("studio-finding");
    card.setOpacity(rule.observe() ? 0.85 : 1);
    return card;
  }

  private TextField field(String yaml, Rule rule, String key, String now, String... styles) {
    TextField field = new TextField(now);
    field.setId("policy-form-" + key + "-" + rule.id());
    field.setAccessibleText(messages.text("studio.form." + key));
    field.getStyleClass().addAll(styles);
    boolean changeable = RuleText.changeable(yaml, rule.id(), key);
    field.setEditable(changeable);
    if (!changeable) {
      Ui.hint(field, messages.text("studio.form.by-hand"));
    }
    Runnable keep =
        () -> {
          if (changeable && !field.getText().equals(now)) {
            model.changeRule(
                rule.id(),
                key,
                field.getText().isBlank() ? null : RuleText.quoted(field.getText()));
          }
        };
    field.setOnAction(event -> keep.run());
    field
        .focusedProperty()
        .addListener(
            (observed, before, focused) -> {
              if (!focused) {
                keep.run();
              }
            });
    return field;
  }

  private HBox row(String key, Node value) {
    var name = Ui.whole(messages.text(key), "muted", "small");
    name.setMinWidth(84);
    HBox.setHgrow(value, Priority.ALWAYS);
    HBox row = new HBox(8, name, value);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private String number(java.util.OptionalLong limit) {
    return limit.isPresent() ? messages.number(limit.getAsLong()) : "–";
  }

  private static String name(Rule.Effect effect) {
    return effect.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
