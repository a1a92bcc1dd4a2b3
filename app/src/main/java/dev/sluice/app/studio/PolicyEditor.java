package dev.sluice.app.studio;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.policy.PolicyProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.LineNumberFactory;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// The policy's text with its problems below: each with line and column, and a click goes there.
/// Ctrl+Space completes what the schema knows.
final class PolicyEditor extends VBox {

  private static final Pattern PARTS =
      Pattern.compile(
          "(?<comment>#[^\\n]*)|(?<key>(?m)^[ \\t]*(?:- +)*[\\p{L}\\p{N}_.*-]+(?=:))"
              + "|(?<inner>(?<=[{,] ?)[\\p{L}\\p{N}_.*-]+(?=:))|(?<text>\"[^\"\\n]*\"|'[^'\\n]*')");
  private static final double PROBLEM_LINE = 44;

  private final StudioViewModel model;
  private final Messages messages;
  private final CodeArea area = new CodeArea();
  private final ListView<Found> problems = new ListView<>();
  private final ContextMenu suggestions = new ContextMenu();

  private record Found(PolicyProblem problem, boolean warning) {}

  PolicyEditor(StudioViewModel model, Messages messages) {
    super(0);
    this.model = model;
    this.messages = messages;
    area.setId(StudioIds.EDITOR);
    area.setAccessibleText(messages.text("studio.editor"));
    area.getStyleClass().addAll("code-area", "policy-area");
    area.setParagraphGraphicFactory(LineNumberFactory.get(area));
    area.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    VirtualizedScrollPane<CodeArea> scroll = new VirtualizedScrollPane<>(area);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    problems.setId(StudioIds.PROBLEMS);
    problems.setAccessibleText(messages.text("studio.problems"));
    problems.setFixedCellSize(PROBLEM_LINE);
    problems.setCellFactory(view -> new Cell());
    problems.getStyleClass().addAll("edge-to-edge", "policy-problems");
    problems
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (observed, before, now) -> {
              if (now != null) {
                go(now.problem());
              }
            });
    Ui.shown(problems, false);
    getChildren().addAll(scroll, problems);
    setMinWidth(0);
  }

  void attach(Subscriptions subscriptions) {
    subscriptions.bind(
        model.textProperty(),
        now -> {
          if (!area.getText().equals(now)) {
            area.replaceText(now);
            area.getUndoManager().forgetHistory();
            area.moveTo(0);
            area.requestFollowCaret();
          }
        });
    subscriptions.listen(
        area.textProperty(),
        now -> {
          model.textProperty().set(now);
          paint(model.readProperty().get());
        });
    subscriptions.bind(
        model.readProperty(),
        reading -> {
          List<Found> all = new ArrayList<>();
          reading.problems().forEach(problem -> all.add(new Found(problem, false)));
          reading.warnings().forEach(problem -> all.add(new Found(problem, true)));
          problems.getItems().setAll(all);
          problems.setPrefHeight(Math.min(3, all.size()) * PROBLEM_LINE + 4);
          problems.setMinHeight(problems.getPrefHeight());
          Ui.shown(problems, !all.isEmpty());
          paint(reading);
        });
  }

  void go(PolicyProblem problem) {
    area.moveTo(PolicyText.offset(area.getText(), problem.line(), problem.column()));
    area.requestFollowCaret();
    area.requestFocus();
  }

  void goToLine(int line) {
    area.moveTo(PolicyText.offset(area.getText(), line, 1));
    area.requestFollowCaret();
    area.requestFocus();
  }

  private record Mark(int start, int end, String style) {}

  private void paint(StudioViewModel.Reading reading) {
    String text = area.getText();
    if (text.isEmpty()) {
      return;
    }
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    Matcher matcher = PARTS.matcher(text);
    int at = 0;
    while (matcher.find()) {
      String style =
          matcher.group("comment") != null
              ? "yaml-comment"
              : matcher.group("text") != null ? "yaml-text" : "yaml-key";
      spans.add(List.of(), matcher.start() - at);
      spans.add(List.of(style), matcher.end() - matcher.start());
      at = matcher.end();
    }
    spans.add(List.of(), text.length() - at);
    StyleSpans<Collection<String>> painted = spans.create();
    for (Mark mark : marks(text, reading)) {
      StyleSpansBuilder<Collection<String>> over = new StyleSpansBuilder<>();
      over.add(List.of(), mark.start());
      over.add(List.of(mark.style()), mark.end() - mark.start());
      over.add(List.of(), text.length() - mark.end());
      painted =
          painted.overlay(
              over.create(),
              (below, above) -> {
                List<String> both = new ArrayList<>(below);
                both.addAll(above);
                return both;
              });
    }
    area.setStyleSpans(0, painted);
  }

  private static List<Mark> marks(String text, StudioViewModel.Reading reading) {
    List<Mark> marks = new ArrayList<>();
    reading.problems().forEach(problem -> marks.add(mark(text, problem, "yaml-wrong")));
    reading.warnings().forEach(problem -> marks.add(mark(text, problem, "yaml-doubtful")));
    return marks.stream()
        .filter(mark -> mark.end() > mark.start())
        .sorted(Comparator.comparingInt(Mark::start))
        .limit(50)
        .toList();
  }

  private static Mark mark(String text, PolicyProblem problem, String style) {
    int start = PolicyText.offset(text, problem.line(), problem.column());
    int end = start;
    while (end < text.length() && " \n,}]:".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return new Mark(start, Math.max(end, Math.min(text.length(), start + 1)), style);
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.SPACE && event.isShortcutDown()) {
      complete();
      event.consume();
    }
  }

  private void complete() {
    YamlPlace place = YamlPlace.of(area.getText(), area.getCaretPosition());
    suggestions.getItems().clear();
    for (String word : place.suggestions().stream().limit(14).toList()) {
      MenuItem item = new MenuItem(word.strip());
      item.setOnAction(
          event ->
              area.insertText(area.getCaretPosition(), word.substring(place.typed().length())));
      suggestions.getItems().add(item);
    }
    if (suggestions.getItems().isEmpty()) {
      MenuItem none = new MenuItem(messages.text("studio.no-suggestion"));
      none.setDisable(true);
      suggestions.getItems().add(none);
    }
    Bounds caret = area.getCaretBounds().orElse(area.localToScreen(area.getBoundsInLocal()));
    suggestions.show(area, caret.getMinX(), caret.getMaxY());
  }

  private final class Cell extends ListCell<Found> {
    @Override
    protected void updateItem(Found item, boolean empty) {
      super.updateItem(item, empty);
      setText(null);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      PolicyProblem problem = item.problem();
      Label place =
          Ui.whole(
              messages.text("studio.place", problem.line(), problem.column()), "code", "small");
      Label words = Ui.label(problem.message() + " " + problem.expected(), "small");
      words.setWrapText(true);
      words.setMinWidth(0);
      HBox.setHgrow(words, Priority.ALWAYS);
      HBox line =
          new HBox(
              8,
              Ui.icon(
                  item.warning() ? "fth-alert-triangle" : "fth-x-circle",
                  item.warning() ? "verdict-ask" : "verdict-blocked"),
              place,
              words);
      line.setAlignment(Pos.CENTER_LEFT);
      line.setPrefWidth(0);
      setGraphic(line);
      setAccessibleText(place.getText() + " " + words.getText());
    }
  }
}
