package dev.sluice.app.editor;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.fxmisc.richtext.CodeArea;

/// Find and replace above the text. Patterns are RE2: no input makes them run for ever.
final class FindBar extends HBox {

  private final CodeArea area;
  private final Messages messages;
  private final TextField find = new TextField();
  private final TextField replace = new TextField();
  private final ToggleButton regex = new ToggleButton(".*");
  private final Label found = Ui.label("", "muted");
  private final Button replaceOne;
  private final Button replaceAll;

  FindBar(CodeArea area, Messages messages) {
    this.area = area;
    this.messages = messages;
    getStyleClass().add("find-bar");
    find.setId(ControlIds.FIND_FIELD);
    find.setPromptText(messages.text("find.find"));
    find.setAccessibleText(messages.text("find.find"));
    replace.setId(ControlIds.REPLACE_FIELD);
    replace.setPromptText(messages.text("find.replace"));
    replace.setAccessibleText(messages.text("find.replace"));
    Ui.hint(regex, messages.text("find.pattern"));
    regex.setAccessibleText(messages.text("find.pattern"));
    replaceOne = Ui.button("replace-one", messages.text("find.replace"), "", this::replaceOne);
    replaceAll = Ui.button("replace-all", messages.text("find.replace.all"), "", this::replaceAll);
    getChildren()
        .addAll(
            find,
            regex,
            Ui.iconButton(
                "find-previous", "fth-arrow-up", messages.text("find.previous"), this::previous),
            Ui.iconButton("find-next", "fth-arrow-down", messages.text("find.next"), this::next),
            replace,
            replaceOne,
            replaceAll,
            found,
            Ui.spacer(),
            Ui.iconButton("find-close", "fth-x", messages.text("close"), this::hide));
    find.setOnAction(event -> next());
    find.textProperty().addListener((observed, before, now) -> count());
    regex.selectedProperty().addListener((observed, before, now) -> count());
    replace.setOnAction(event -> replaceOne());
    addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            hide();
            event.consume();
          }
        });
    Ui.shown(this, false);
  }

  void open(boolean withReplace) {
    Ui.shown(this, true);
    Ui.shown(replace, withReplace);
    Ui.shown(replaceOne, withReplace);
    Ui.shown(replaceAll, withReplace);
    String selected = area.getSelectedText();
    if (!selected.isEmpty() && selected.indexOf('\n') < 0) {
      find.setText(selected);
    }
    find.requestFocus();
    find.selectAll();
  }

  void hide() {
    Ui.shown(this, false);
    area.requestFocus();
  }

  private void count() {
    if (find.getText().isEmpty()) {
      found.setText("");
      return;
    }
    try {
      var matcher = pattern().matcher(area.getText());
      int count = 0;
      while (count < 10_000 && matcher.find()) {
        count++;
      }
      found.setText(count == 0 ? messages.text("find.none") : messages.count("find.count", count));
    } catch (PatternSyntaxException e) {
      found.setText(messages.text("find.bad", e.getDescription()));
    }
  }

  private Pattern pattern() {
    String text = find.getText();
    return Pattern.compile(
        regex.isSelected() ? text : Pattern.quote(text),
        Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  }

  private void next() {
    move(area.getSelection().getEnd(), true);
  }

  private void previous() {
    move(area.getSelection().getStart(), false);
  }

  private void move(int from, boolean forward) {
    if (find.getText().isEmpty()) {
      return;
    }
    try {
      var matcher = pattern().matcher(area.getText());
      int start = -1;
      int end = -1;
      int firstStart = -1;
      int firstEnd = -1;
      while (matcher.find()) {
        if (matcher.end() == matcher.start()) {
          continue;
        }
        boolean wanted = forward ? matcher.start() >= from : matcher.end() <= from;
        if (firstStart < 0 || !forward) {
          firstStart = matcher.start();
          firstEnd = matcher.end();
        }
        if (wanted) {
          start = matcher.start();
          end = matcher.end();
          if (forward) {
            break;
          }
        }
      }
      if (start < 0) {
        start = firstStart;
        end = firstEnd;
      }
      if (start >= 0) {
        area.selectRange(start, end);
        area.requestFollowCaret();
      }
    } catch (PatternSyntaxException e) {
      found.setText(messages.text("find.bad", e.getDescription()));
    }
  }

  private void replaceOne() {
    if (find.getText().isEmpty()) {
      return;
    }
    if (area.getSelectedText().isEmpty() || !matchesSelection()) {
      next();
      return;
    }
    area.replaceSelection(replacement(area.getSelectedText()));
    next();
    count();
  }

  private boolean matchesSelection() {
    try {
      return pattern().matcher(area.getSelectedText()).matches();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private String replacement(String matched) {
    return regex.isSelected()
        ? pattern().matcher(matched).replaceFirst(replace.getText())
        : replace.getText();
  }

  private void replaceAll() {
    if (find.getText().isEmpty()) {
      return;
    }
    try {
      String with =
          regex.isSelected()
              ? replace.getText()
              : java.util.regex.Matcher.quoteReplacement(replace.getText());
      String before = area.getText();
      String after = pattern().matcher(before).replaceAll(with);
      if (!after.equals(before)) {
        area.replaceText(after);
      }
      count();
    } catch (PatternSyntaxException e) {
      found.setText(messages.text("find.bad", e.getDescription()));
    }
  }
}
