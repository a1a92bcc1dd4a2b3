package dev.sluice.app.pairing;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.remote.PairingClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.AgentActivity;
import dev.sluice.governance.codec.wire.AgentList.Agent;
import dev.sluice.governance.codec.wire.AgentList.Waiting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// My agents and what the chosen one does. The server tells when something is new; then it is
/// asked.
public final class AgentsViewModel {

  /// How long a statement waits for my word, once I want to give one.
  public static final int CONFIRM_SECONDS = 120;

  private final Session session;
  private final Background background;
  private final ReadOnlyObjectWrapper<List<Agent>> agents = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Optional<Agent>> chosen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<AgentActivity>> activity =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final Set<String> announced = new HashSet<>();
  private final List<Runnable> undo = new ArrayList<>();
  private BiConsumer<Agent, Waiting> onWaiting = (agent, waiting) -> {};
  private boolean shown;
  private boolean asking;
  private boolean again;

  public AgentsViewModel(Session session, Background background) {
    this.session = session;
    this.background = background;
  }

  /// Begins to listen.
  ///
  /// @param waits hears of each statement that begins to wait for me, once
  public void attach(BiConsumer<Agent, Waiting> waits) {
    onWaiting = waits;
    undo.add(session.onAgentsChanged(this::load));
    undo.add(
        session.onTimelineGrew(
            () -> {
              if (shown) {
                load();
              }
            }));
    load();
  }

  public void detach() {
    undo.forEach(Runnable::run);
    undo.clear();
  }

  public ReadOnlyObjectProperty<List<Agent>> agentsProperty() {
    return agents.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<Agent>> chosenProperty() {
    return chosen.getReadOnlyProperty();
  }

  /// What the chosen one did; empty until it is known.
  public ReadOnlyObjectProperty<Optional<AgentActivity>> activityProperty() {
    return activity.getReadOnlyProperty();
  }

  /// What went wrong with the last thing asked; empty when nothing did.
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /// The screen is looked at, or no longer.
  public void shown(boolean now) {
    shown = now;
    if (now) {
      load();
    }
  }

  public void choose(Agent agent) {
    boolean other = chosen.get().map(known -> !known.id().equals(agent.id())).orElse(true);
    chosen.set(Optional.of(agent));
    if (other) {
      activity.set(Optional.empty());
      load();
    }
  }

  private record Fresh(List<Agent> agents, String of, Optional<AgentActivity> activity) {}

  /// Asks the server; what comes while it answers makes it ask once more.
  public void load() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    String wanted = chosen.get().map(Agent::id).orElse("");
    boolean details = shown;
    background.call(
        () -> {
          List<Agent> all = roads().agents();
          String id =
              all.stream().anyMatch(each -> each.id().equals(wanted))
                  ? wanted
                  : all.stream().findFirst().map(Agent::id).orElse("");
          return new Fresh(
              all,
              id,
              details && !id.isEmpty() ? Optional.of(roads().activity(id)) : Optional.empty());
        },
        fresh -> {
          problem.set("");
          take(fresh);
          answered();
        },
        failure -> {
          problem.set(Problems.wordsAndWayOut(failure));
          answered();
        });
  }

  private void answered() {
    asking = false;
    if (again) {
      again = false;
      load();
    }
  }

  private void take(Fresh fresh) {
    agents.set(fresh.agents());
    String wanted = chosen.get().map(Agent::id).orElse(fresh.of());
    Optional<Agent> now =
        fresh.agents().stream()
            .filter(each -> each.id().equals(wanted))
            .findFirst()
            .or(() -> fresh.agents().stream().findFirst());
    chosen.set(now);
    if (fresh.activity().isPresent() && now.map(Agent::id).orElse("").equals(fresh.of())) {
      activity.set(fresh.activity());
    }
    for (Agent agent : fresh.agents()) {
      for (Waiting waiting : agent.waiting()) {
        if (announced.add(waiting.id())) {
          onWaiting.accept(agent, waiting);
        }
      }
    }
  }

  public void stop() {
    ofChosen(id -> roads().stop(id, ""));
  }

  public void resume() {
    ofChosen(id -> roads().resume(id));
  }

  public void confirmEach(boolean wanted) {
    ofChosen(id -> roads().confirmEach(id, wanted ? CONFIRM_SECONDS : 0));
  }

  /// @param then called once the server has taken my word
  public void answer(Waiting waiting, String answer, Runnable then) {
    act(() -> roads().answer(waiting.id(), answer), then);
  }

  @FunctionalInterface
  private interface Act {
    void run() throws WorkspaceProblem;
  }

  @FunctionalInterface
  private interface ActOn {
    void run(String agentId) throws WorkspaceProblem;
  }

  private void ofChosen(ActOn action) {
    chosen.get().map(Agent::id).ifPresent(id -> act(() -> action.run(id), () -> {}));
  }

  private void act(Act action, Runnable then) {
    Consumer<Boolean> done =
        ok -> {
          problem.set("");
          then.run();
          load();
        };
    background.call(
        () -> {
          action.run();
          return Boolean.TRUE;
        },
        done,
        failure -> {
          problem.set(Problems.wordsAndWayOut(failure));
          load();
        });
  }

  private PairingClient roads() throws WorkspaceProblem {
    return session.roads().pairing();
  }
}
