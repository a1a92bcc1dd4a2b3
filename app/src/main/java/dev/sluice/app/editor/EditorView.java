package dev.sluice.app.editor;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.fx.UiExecutor;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Parent;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.event.MouseOverTextEvent;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.util.UndoUtils;
import org.fxmisc.wellbehaved.event.EventPattern;
import org.fxmisc.wellbehaved.event.InputMap;
import org.fxmisc.wellbehaved.event.Nodes;

/// The text, its gutter, the line that says what would happen with the statement under the caret.
public final class EditorView {

  /// A frame over more lines than this is not drawn; the gutter still shows where it begins.
  private static final int FRAMED_LINES = 400;

  /// Units from which on a text is prepared off the FX thread.
  private static final int LARGE = 50_000;

  private final EditorViewModel model;
  private final Messages messages;
  private final Notifications notifications;
  private final CodeArea area = new CodeArea();
  private final StylePainter painter;
  private final Gutter gutter;
  private final FindBar findBar;
  private final ColumnMode columns;
  private final CompletionPopup completion;
  private final CompletionViewModel suggestions;
  private final Tooltip hover = Ui.tooltip("");
  private final ParameterStrip parameters;
  private final BorderPane root = new BorderPane();
  private final HBox verdictLine = new HBox();
  private final Subscriptions subscriptions = new Subscriptions();
  private long replacements;
  private int framedFrom = -1;
  private int framedTo = -1;

  public EditorView(
      EditorViewModel model,
      CompletionViewModel suggestions,
      Messages messages,
      Notifications notifications) {
    this.model = model;
    this.messages = messages;
    this.notifications = notifications;
    area.setId(ControlIds.EDITOR_AREA);
    area.getStyleClass().add("sql-area");
    area.setAccessibleText(messages.text("editor.name"));
    area.setUndoManager(UndoUtils.plainTextUndoManager(area));
    area.setPlaceholder(Ui.label(messages.text("editor.empty"), "editor-placeholder"));
    painter = new StylePainter(area);
    gutter = new Gutter(area);
    area.setParagraphGraphicFactory(gutter);
    findBar = new FindBar(area, messages);
    columns = new ColumnMode(area);
    this.suggestions = suggestions;
    completion = new CompletionPopup(area, suggestions, messages);
    hovering();
    verdictLine.setId(ControlIds.EDITOR_VERDICT);
    verdictLine.getStyleClass().add("verdict-line");
    root.getStyleClass().add("editor");
    root.setTop(findBar);
    root.setCenter(new VirtualizedScrollPane<>(area));
    parameters = new ParameterStrip(model, messages);
    root.setBottom(new VBox(parameters, verdictLine));
    keys();
  }

  public Parent root() {
    return root;
  }

  /// Starts to listen; what the model holds is shown.
  public void attach() {
    area.replaceText(model.textProperty().get());
    area.getUndoManager().forgetHistory();
    area.moveTo(Math.min(model.caretProperty().get(), area.getLength()));
    var texts =
        area.multiPlainChanges()
            .subscribe(
                changes -> {
                  boolean styled =
                      changes.size() == 1
                          && painter.paintTyped(changes.getFirst(), model.dialect());
                  String now = area.getText();
                  boolean sameText = now.equals(model.textProperty().get());
                  model.textProperty().set(now);
                  if (styled) {
                    model.typedStyled();
                  }
                  if (sameText) {
                    // Written over by itself it lost its colours, and nobody reads it anew.
                    repaint();
                  }
                });
    subscriptions.add(texts::unsubscribe);
    subscriptions.listen(area.caretPositionProperty(), at -> model.caretProperty().set(at));
    subscriptions.listen(model.paintingProperty(), painting -> repaint());
    subscriptions.listen(model.currentProperty(), index -> frame());
    subscriptions.listen(model.problemProperty(), problem -> describe());
    subscriptions.bind(model.connectionProperty(), connection -> suggestions.warm());
    parameters.attach();
    repaint();
  }

  public void detach() {
    subscriptions.clear();
    columns.leave();
    completion.hide();
    parameters.detach();
    hover.hide();
  }

  /// What a name stands for, while the mouse rests on it.
  private void hovering() {
    area.setMouseOverTextDelay(Duration.ofMillis(450));
    area.addEventHandler(
        MouseOverTextEvent.MOUSE_OVER_TEXT_BEGIN,
        event -> {
          var place = event.getScreenPosition();
          suggestions.lookUp(
              event.getCharacterIndex(),
              found -> {
                boolean masked = found instanceof NameAt.Column column && column.masked();
                hover.setText(
                    found.words() + (masked ? "\n" + messages.text("verdict-masked") : ""));
                if (area.getScene() != null && area.isHover()) {
                  hover.show(area, place.getX() + 8, place.getY() + 14);
                }
              });
        });
    area.addEventHandler(MouseOverTextEvent.MOUSE_OVER_TEXT_END, event -> hover.hide());
  }

  /// Goes to where the name at the caret is given in the statement, or hands over the table it
  /// stands for.
  public void goToDefinition(Consumer<Relation> table) {
    suggestions.lookUp(
        area.getCaretPosition(),
        found -> {
          switch (found) {
            case NameAt.InStatement inside -> {
              area.moveTo(Math.min(inside.offset(), area.getLength()));
              area.requestFollowCaret();
            }
            case NameAt.Table there -> table.accept(there.relation());
            case NameAt.Column there -> table.accept(there.relation());
          }
        });
  }

  /// Takes the focus once what is being shown is in the scene.
  public void focus() {
    UiExecutor.platform().execute(area::requestFocus);
  }

  public String selectedText() {
    return area.getSelectedText();
  }

  /// Replaces everything; can be undone.
  public void replaceText(String text) {
    columns.leave();
    if (text.length() < LARGE) {
      area.replaceText(text);
      return;
    }
    // Cutting a long text into lines takes longer than a frame.
    long asked = ++replacements;
    model.offThread(
        () ->
            ReadOnlyStyledDocument.fromString(
                text,
                area.getInitialParagraphStyle(),
                area.getInitialTextStyle(),
                area.getSegOps()),
        document -> {
          if (asked == replacements) {
            area.replace(0, area.getLength(), document);
          }
        });
  }

  /// Puts text at the caret, on a line of its own when there is text before it.
  public void insert(String text) {
    int at = area.getCaretPosition();
    String before = area.getText(0, at);
    String glue = before.isBlank() || before.endsWith("\n") ? "" : "\n";
    area.insertText(at, glue + text);
    focus();
  }

  /// Rewrites the place that a fix is for. Says so when the statement is no longer there.
  public void apply(StatementText statement, WayOut.Fix fix) {
    Optional<Span> place = model.placeOf(statement, fix);
    if (place.isEmpty() || place.get().end() > area.getLength()) {
      notifications.show(
          Notifications.Kind.WARNING,
          messages.text("editor.fix.gone"),
          messages.text("editor.fix.gone.detail"));
      return;
    }
    area.replaceText(place.get().start(), place.get().end(), fix.replacement());
    area.moveTo(Math.min(area.getLength(), place.get().start() + fix.replacement().length()));
    focus();
  }

  /// Puts the focus into the field of a placeholder.
  public void focusParameter(String name) {
    parameters.focus(name);
  }

  public void openFind(boolean withReplace) {
    findBar.open(withReplace);
  }

  /// Takes a rectangle over lines further, from the caret on.
  public void extendColumns(int lines, int columnsMore) {
    columns.extend(lines, columnsMore);
    area.requestFocus();
  }

  public void complete() {
    completion.open();
  }

  /// Offers the fixes for the statement under the caret at the caret.
  public void offerFixes() {
    List<WayOut.Fix> fixes = model.fixes();
    Optional<StatementText> statement = model.currentStatement();
    if (fixes.isEmpty() || statement.isEmpty()) {
      notifications.show(Notifications.Kind.INFORMATION, messages.text("editor.fix.none"), "");
      return;
    }
    ContextMenu menu = new ContextMenu();
    menu.setId(ControlIds.FIX_LIST);
    for (WayOut.Fix fix : fixes) {
      MenuItem item = new MenuItem(fix.label(), Ui.icon("fth-edit-3"));
      item.setOnAction(event -> apply(statement.get(), fix));
      menu.getItems().add(item);
    }
    Optional<Bounds> caret = area.getCaretBounds();
    if (caret.isPresent()) {
      menu.show(area, caret.get().getMinX(), caret.get().getMaxY());
    } else {
      menu.show(area, Side.BOTTOM, 0, 0);
    }
  }

  private void keys() {
    Nodes.addInputMap(
        area,
        InputMap.consume(
            EventPattern.keyPressed(
                new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN)),
            event -> paste()));
    Nodes.addInputMap(
        area,
        InputMap.consume(
            EventPattern.keyPressed(
                new KeyCodeCombination(KeyCode.INSERT, KeyCombination.SHIFT_DOWN)),
            event -> paste()));
    Nodes.addInputMap(
        area,
        InputMap.consume(
            EventPattern.keyPressed(KeyCode.TAB), event -> area.replaceSelection("  ")));
  }

  private void paste() {
    String raw = Clipboard.getSystemClipboard().getString();
    if (raw != null) {
      paste(raw);
    }
  }

  /// Puts a text from outside in place of the selection. A text that is too large stays out, and
  /// the person is told.
  public void paste(String raw) {
    PastedText pasted = PastedText.of(raw, area.getLength() - area.getSelectedText().length());
    if (pasted.tooLarge()) {
      notifications.show(
          Notifications.Kind.WARNING,
          messages.text(
              "editor.paste.large", String.format(messages.locale(), "%.1f", raw.length() / 1e6)),
          messages.text("editor.paste.large.detail"));
      return;
    }
    boolean everyLine = columns.isActive() && columns.paste(pasted.text());
    if (!everyLine) {
      columns.leave();
      area.replaceSelection(pasted.text());
    }
    area.requestFollowCaret();
    if (pasted.nulCharacters() > 0) {
      notifications.show(
          Notifications.Kind.WARNING,
          messages.count("editor.paste.nul", pasted.nulCharacters()),
          messages.text("editor.paste.nul.detail"));
    }
  }

  private void repaint() {
    Painting painting = model.paintingProperty().get();
    if (!painting.reading().text().equals(model.textProperty().get())) {
      return;
    }
    painter.paint(painting.reading().text(), painting.ranges());
    gutter.show(painting.marks());
    frame();
  }

  private void frame() {
    ScriptReading reading = model.paintingProperty().get().reading();
    if (!reading.text().equals(model.textProperty().get())) {
      return;
    }
    int from = -1;
    int to = -1;
    Optional<StatementText> current = model.currentStatement();
    if (current.isPresent() && reading.statements().size() > 1) {
      LineIndex lines = new LineIndex(reading.text());
      from = lines.lineOf(current.get().span().start());
      to = lines.lineOf(current.get().span().end());
      if (to - from > FRAMED_LINES) {
        from = -1;
        to = -1;
      }
    }
    if (from != framedFrom || to != framedTo) {
      style(framedFrom, framedTo, List.of());
      style(from, to, List.of("statement-frame"));
      framedFrom = from;
      framedTo = to;
    }
    describe();
  }

  private void style(int from, int to, List<String> classes) {
    int count = area.getParagraphs().size();
    for (int line = Math.max(from, 0); from >= 0 && line <= to && line < count; line++) {
      area.setParagraphStyle(line, classes);
    }
  }

  private void describe() {
    verdictLine.getChildren().clear();
    Optional<WorkspaceProblem> problem = model.problemProperty().get();
    if (problem.isPresent()) {
      verdictLine
          .getChildren()
          .addAll(
              Ui.icon("fth-cloud-off", "verdict-unknown"),
              Ui.label(Problems.words(problem.get()), "verdict-word"),
              Ui.label(problem.get().wayOut(), "muted"));
      return;
    }
    Optional<StatementVerdict> verdict = model.currentVerdict();
    if (verdict.isEmpty()) {
      if (model.statementCount() > 0) {
        verdictLine
            .getChildren()
            .addAll(
                Ui.icon(VerdictKind.PENDING.icon(), "verdict-pending"),
                Ui.label(messages.text("verdict-pending"), "muted"));
      }
      return;
    }
    VerdictKind kind = VerdictKind.of(verdict.get());
    Label word = Ui.whole(messages.text(kind.styleClass()), "verdict-word", kind.styleClass());
    Label reason = Ui.label(verdict.get().decision().proof().reason(), "muted");
    reason.setMinWidth(40);
    verdictLine.setAlignment(Pos.CENTER_LEFT);
    verdictLine.getChildren().addAll(Ui.icon(kind.icon(), kind.styleClass()), word, reason);
    if (!model.fixes().isEmpty()) {
      Hyperlink fixes = new Hyperlink(messages.count("editor.fixes", model.fixes().size()));
      fixes.setMinWidth(HBox.USE_PREF_SIZE);
      fixes.setOnAction(event -> offerFixes());
      verdictLine.getChildren().addAll(Ui.spacer(), fixes);
    }
  }
}
