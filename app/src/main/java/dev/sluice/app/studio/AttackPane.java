package dev.sluice.app.studio;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Attack my policy: what of the text in the editor would let somebody get at a sensitive value,
/// and what closes it.
final class AttackPane extends VBox {

  private static final Pattern GROUP = Pattern.compile("\"([^\"]+)\" in user\\.groups");
  private static final int EXAMPLES = 3;

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final Supplier<String> text;
  private final ComboBox<WorkspaceConnection> connection = new ComboBox<>();
  private final TextField groups = new TextField();
  private final ProgressBar progress = new ProgressBar();
  private final Label state = Ui.paragraph("", "muted");
  private final VBox found = new VBox(10);
  private final Button start;
  private final Button cancel;
  private AtomicBoolean going = new AtomicBoolean();

  AttackPane(Session session, Background background, Messages messages, Supplier<String> text) {
    super(10);
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.text = text;
    setId(StudioIds.ATTACK);
    getStyleClass().add("studio-pane");
    connection.setId(StudioIds.ATTACK_CONNECTION);
    connection.setAccessibleText(messages.text("studio.attack.connection"));
    connection.setConverter(Ui.words(item -> item.context().name()));
    groups.setId(StudioIds.ATTACK_GROUPS);
    groups.setAccessibleText(messages.text("studio.attack.groups"));
    groups.setPromptText(messages.text("studio.attack.groups"));
    groups.setPrefColumnCount(12);
    state.setId(StudioIds.ATTACK_STATE);
    state.setText(messages.text("studio.attack.intro"));
    start =
        Ui.button(
            StudioIds.ATTACK_START,
            messages.text("studio.attack.start"),
            "fth-crosshair",
            this::run);
    cancel =
        Ui.button(
            StudioIds.ATTACK_CANCEL, messages.text("cancel"), "fth-x", () -> going.set(false));
    FlowPane tools =
        new FlowPane(
            8,
            8,
            Ui.whole(messages.text("studio.attack.on")),
            connection,
            Ui.whole(messages.text("studio.attack.as")),
            groups,
            start,
            cancel);
    tools.setAlignment(Pos.CENTER_LEFT);
    progress.setMaxWidth(Double.MAX_VALUE);
    Ui.shown(progress, false);
    Ui.shown(cancel, false);
    ScrollPane scroll = new ScrollPane(found);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(tools, progress, state, scroll);
  }

  /// Reads what there is to attack; called when the pane is looked at.
  void open() {
    if (groups.getText().isBlank()) {
      Matcher named = GROUP.matcher(text.get());
      groups.setText(named.find() ? named.group(1) : "");
    }
    if (connection.getItems().isEmpty()) {
      background.call(
          () -> session.workspace().connections(),
          all -> {
            connection.getItems().setAll(all);
            connection.getSelectionModel().selectFirst();
          },
          problem -> state.setText(Problems.wordsAndWayOut(problem)));
    }
  }

  private void run() {
    WorkspaceConnection target = connection.getValue();
    if (target == null) {
      return;
    }
    AtomicBoolean mine = new AtomicBoolean(true);
    going = mine;
    String yaml = text.get();
    Set<String> as =
        Arrays.stream(groups.getText().split("[,\\s]+"))
            .filter(word -> !word.isBlank())
            .collect(Collectors.toCollection(TreeSet::new));
    busy(true);
    found.getChildren().clear();
    background.call(
        () -> {
          try {
            return new PolicyAttack(
                    yaml,
                    session.workspace().catalog(target.context().name(), false),
                    target.context(),
                    as,
                    Instant.now())
                .run((done, all) -> go(mine, done, all));
          } catch (ReadyPolicy.Unreadable e) {
            return new PolicyAttack.Report(-1, 0, List.of(), 0, false);
          }
        },
        report -> {
          busy(false);
          show(report);
        },
        problem -> {
          busy(false);
          state.setText(Problems.wordsAndWayOut(problem));
        });
  }

  private boolean go(AtomicBoolean mine, int done, int all) {
    if (done % 25 == 0) {
      background.deliver(
          () -> {
            progress.setProgress(all == 0 ? -1 : (double) done / all);
            state.setText(
                messages.text(
                    "studio.attack.running", messages.number(done), messages.number(all)));
          });
    }
    return mine.get();
  }

  private void busy(boolean busy) {
    Ui.shown(progress, busy);
    Ui.shown(cancel, busy);
    Ui.shown(start, !busy);
  }

  private void show(PolicyAttack.Report report) {
    if (report.columns() < 0) {
      state.setText(messages.text("studio.attack.unreadable"));
      return;
    }
    String tried = messages.number(report.tried());
    String columns = messages.number(report.columns());
    String words =
        report.cancelled()
            ? messages.text("studio.attack.cancelled", tried)
            : report.columns() == 0
                ? messages.text("studio.attack.nothing")
                : report.through().isEmpty()
                    ? messages.text("studio.attack.held", tried, columns)
                    : messages.text(
                        "studio.attack.through",
                        messages.number(report.through().size()),
                        tried,
                        columns);
    state.setText(
        report.skipped() == 0
            ? words
            : words + " " + messages.text("studio.attack.skipped", report.skipped()));
    Map<String, List<PolicyAttack.Through>> holes =
        report.through().stream()
            .collect(
                Collectors.groupingBy(
                    hole -> hole.column().dotted() + " " + hole.way(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    holes.values().forEach(hole -> found.getChildren().add(hole(hole)));
  }

  private Node hole(List<PolicyAttack.Through> hole) {
    PolicyAttack.Through first = hole.getFirst();
    String way = first.way().name().toLowerCase(Locale.ROOT);
    HBox head =
        new HBox(
            8,
            Ui.icon("fth-alert-triangle", "verdict-blocked"),
            Ui.label(first.column().dotted(), "strong", "code"),
            Ui.whole(messages.text("studio.attack." + way, hole.size()), "small"));
    head.setAlignment(Pos.CENTER_LEFT);
    VBox box = new VBox(4, head);
    hole.stream()
        .limit(EXAMPLES)
        .forEach(each -> box.getChildren().add(Ui.paragraph(each.sql(), "code", "small")));
    box.getChildren()
        .addAll(
            Ui.paragraph(
                messages.text("studio.attack.rule", first.rule().isEmpty() ? "–" : first.rule()),
                "muted",
                "small"),
            Ui.paragraph(
                messages.text(
                    first.classified()
                        ? "studio.attack.close." + way
                        : "studio.attack.close.classify",
                    first.tag(),
                    first.column().table().name() + "." + first.column().column())));
    box.getStyleClass().add("studio-finding");
    return box;
  }
}
