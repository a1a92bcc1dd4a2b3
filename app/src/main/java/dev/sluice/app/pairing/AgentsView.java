package dev.sluice.app.pairing;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.AgentList.Agent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// My agents at the left, what the chosen one does at the right, newest first.
public final class AgentsView {

  private final AgentsViewModel model;
  private final Messages messages;
  private final VBox root = new VBox(10);
  private final ListView<Agent> list = new ListView<>();
  private final Label name = Ui.whole("", "section-title");
  private final Label state = Ui.label("", "muted");
  private final Label problem = Ui.paragraph("", "problem-words");
  private final CheckBox confirmEach = new CheckBox();
  private final Button stop;
  private final Button resume;
  private final WaitingCards waiting;
  private final ActivityPane activity;
  private final VBox chosen;
  private final Label nobody;
  private final Subscriptions subscriptions = new Subscriptions();
  private boolean taking;

  /// @param opener opens a tab on a connection with a statement
  public AgentsView(AgentsViewModel model, Messages messages, BiConsumer<String, String> opener) {
    this.model = model;
    this.messages = messages;
    waiting = new WaitingCards(model, messages, opener);
    activity = new ActivityPane(messages, opener);
    problem.setId(PairingIds.PROBLEM);
    state.setId(PairingIds.STATE);
    list.setId(PairingIds.AGENTS);
    list.setAccessibleText(messages.text("pairing.title"));
    list.setCellFactory(view -> new AgentCell());
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (observed, before, now) -> {
              if (now != null && !taking) {
                model.choose(now);
              }
            });
    confirmEach.setId(PairingIds.CONFIRM_EACH);
    confirmEach.setText(messages.text("pairing.confirm-each"));
    confirmEach.setTooltip(Ui.tooltip(messages.text("pairing.confirm-each.detail")));
    confirmEach.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
    confirmEach.setOnAction(event -> model.confirmEach(confirmEach.isSelected()));
    stop = Ui.button(PairingIds.STOP, messages.text("pairing.stop"), "fth-octagon", model::stop);
    stop.getStyleClass().addAll("danger", "button-outlined");
    stop.setTooltip(Ui.tooltip(messages.text("pairing.stop.detail")));
    resume =
        Ui.button(
            PairingIds.RESUME, messages.text("pairing.resume"), "fth-play-circle", model::resume);
    HBox head = new HBox(12, name, state, Ui.spacer(), confirmEach, stop, resume);
    head.setAlignment(Pos.CENTER_LEFT);
    VBox.setVgrow(activity, Priority.ALWAYS);
    chosen = new VBox(10, head, waiting, activity);
    chosen.getStyleClass().add("agents-chosen");
    nobody = Ui.paragraph(messages.text("pairing.none"), "muted", "center");
    nobody.setMaxWidth(560);
    SplitPane both = new SplitPane(list, new StackPane(nobody, chosen));
    both.setDividerPositions(0.22);
    SplitPane.setResizableWithParent(list, false);
    VBox.setVgrow(both, Priority.ALWAYS);
    root.getStyleClass().addAll("live", "agents");
    root.getChildren()
        .addAll(
            Ui.whole(messages.text("pairing.title"), "screen-title"),
            Ui.paragraph(messages.text("pairing.intro"), "muted"),
            problem,
            both);
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    subscriptions.bind(model.agentsProperty(), this::show);
    subscriptions.bind(model.chosenProperty(), this::showChosen);
    subscriptions.bind(model.activityProperty(), activity::show);
    subscriptions.bind(
        model.problemProperty(),
        text -> {
          problem.setText(text);
          Ui.shown(problem, !text.isEmpty());
        });
  }

  public void detach() {
    subscriptions.clear();
  }

  private void show(List<Agent> agents) {
    taking = true;
    list.getItems().setAll(agents);
    model.chosenProperty().get().ifPresent(this::select);
    taking = false;
  }

  private void select(Agent agent) {
    for (int row = 0; row < list.getItems().size(); row++) {
      if (list.getItems().get(row).id().equals(agent.id())) {
        list.getSelectionModel().select(row);
      }
    }
  }

  private void showChosen(Optional<Agent> agent) {
    Ui.shown(chosen, agent.isPresent());
    Ui.shown(nobody, agent.isEmpty());
    Ui.shown(list, agent.isPresent());
    agent.ifPresent(
        now -> {
          taking = true;
          select(now);
          taking = false;
          name.setText(now.name());
          state.setText(words(now));
          confirmEach.setSelected(now.confirmSeconds() > 0);
          Ui.shown(stop, !now.stopped());
          Ui.shown(resume, now.stopped());
          waiting.show(now.waiting());
        });
  }

  private String words(Agent agent) {
    if (agent.stopped()) {
      return messages.text("pairing.state.stopped");
    }
    return agent.sessions() == 0 || agent.since().equals(Instant.EPOCH)
        ? messages.text("pairing.state.away")
        : messages.text("pairing.state.here", Spans.clock(agent.since(), messages));
  }

  private final class AgentCell extends ListCell<Agent> {
    @Override
    protected void updateItem(Agent agent, boolean empty) {
      super.updateItem(agent, empty);
      if (empty || agent == null) {
        setGraphic(null);
        return;
      }
      String style =
          agent.stopped()
              ? "verdict-blocked"
              : agent.sessions() > 0 ? "verdict-allowed" : "verdict-pending";
      Label title = Ui.label(agent.name(), "strong");
      Label below =
          Ui.label(
              agent.waiting().isEmpty()
                  ? words(agent)
                  : messages.count("pairing.waiting", agent.waiting().size()),
              agent.waiting().isEmpty() ? "muted" : "verdict-ask",
              "small");
      HBox line = new HBox(10, Ui.icon("fth-cpu", style), new VBox(2, title, below));
      line.setAlignment(Pos.CENTER_LEFT);
      setGraphic(line);
    }
  }
}
