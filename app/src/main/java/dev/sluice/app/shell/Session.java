package dev.sluice.app.shell;

import dev.sluice.app.fx.Background;
import dev.sluice.gateway.workspace.PolicyStatus;
import dev.sluice.gateway.workspace.ServerRoads;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.codec.wire.WriteFreeze;
import dev.sluice.governance.identity.Actor;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One person signed in to one window. Screens hold this and ask for the workspace each time, for
/// it is another one after the person had to sign in again. Listeners are called on the FX thread.
public final class Session implements AutoCloseable {

  private final Background background;
  private final Clock clock = new ServerClock(Clock.systemUTC(), () -> workspace().clockBehind());
  private final ReadOnlyBooleanWrapper online = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyStringWrapper ended = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Optional<PolicyStatus>> policy =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<WriteFreeze>> freezes =
      new ReadOnlyObjectWrapper<>(List.of());
  private final List<Consumer<WorkspaceEvent.RequestChanged>> requestListeners =
      new CopyOnWriteArrayList<>();
  private final List<Runnable> timelineListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> policyListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> agentListeners = new CopyOnWriteArrayList<>();
  private volatile Workspace workspace;
  private Workspace.Subscription subscription;

  public Session(Workspace workspace, Background background) {
    this.background = background;
    this.workspace = workspace;
    this.subscription = workspace.subscribe(this::received);
    readPolicy();
    readFreezes();
  }

  /// The roads to the server besides one's own work. May block like every call they offer.
  public ServerRoads roads() throws WorkspaceProblem {
    return workspace
        .roads()
        .orElseThrow(
            () ->
                new WorkspaceProblem(
                    "no-server",
                    WorkspaceProblem.Blame.USER,
                    "This workspace has no server behind it.",
                    "Sign in to a server to use this."));
  }

  /// The freezes of writes that hold, as far as known.
  public ReadOnlyObjectProperty<List<WriteFreeze>> freezesProperty() {
    return freezes.getReadOnlyProperty();
  }

  private void readFreezes() {
    if (workspace.roads().isPresent()) {
      background.call(() -> roads().oversight().freezes(), freezes::set, problem -> {});
    }
  }

  /// The workspace to use now. Any thread.
  public Workspace workspace() {
    return workspace;
  }

  public Actor me() {
    return workspace.me();
  }

  /// Takes over after the person signed in again; what is on the screens stays.
  public void replace(Workspace next) {
    subscription.close();
    workspace = next;
    subscription = next.subscribe(this::received);
    ended.set("");
    online.set(true);
    readPolicy();
    readFreezes();
    policyListeners.forEach(Runnable::run);
    timelineListeners.forEach(Runnable::run);
    agentListeners.forEach(Runnable::run);
  }

  /// Goes by the server's time, whatever this machine's clock says.
  public Clock clock() {
    return clock;
  }

  public ReadOnlyBooleanProperty onlineProperty() {
    return online.getReadOnlyProperty();
  }

  /// Why the session is over, empty while it lives.
  public ReadOnlyStringProperty endedProperty() {
    return ended.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<PolicyStatus>> policyProperty() {
    return policy.getReadOnlyProperty();
  }

  /// Listens to requests of mine and to those I may decide.
  ///
  /// @return ends the listening
  public Runnable onRequestChanged(Consumer<WorkspaceEvent.RequestChanged> listener) {
    requestListeners.add(listener);
    return () -> requestListeners.remove(listener);
  }

  public Runnable onTimelineGrew(Runnable listener) {
    timelineListeners.add(listener);
    return () -> timelineListeners.remove(listener);
  }

  /// Listens to what becomes of my agents.
  public Runnable onAgentsChanged(Runnable listener) {
    agentListeners.add(listener);
    return () -> agentListeners.remove(listener);
  }

  /// Also called after a new sign-in: what was decided before may be decided otherwise now.
  public Runnable onPolicyChanged(Runnable listener) {
    policyListeners.add(listener);
    return () -> policyListeners.remove(listener);
  }

  private void received(WorkspaceEvent event) {
    background.deliver(
        () -> {
          switch (event) {
            case WorkspaceEvent.RequestChanged changed -> {
              requestListeners.forEach(listener -> listener.accept(changed));
              if (changed.request().right() instanceof Right.Unmask) {
                policyListeners.forEach(Runnable::run);
              }
            }
            case WorkspaceEvent.PolicyChanged changed -> {
              readPolicy();
              policyListeners.forEach(Runnable::run);
            }
            case WorkspaceEvent.TimelineGrew grew -> timelineListeners.forEach(Runnable::run);
            case WorkspaceEvent.LinkChanged changed -> {
              online.set(changed.online());
              readPolicy();
              if (changed.online()) {
                readFreezes();
              }
            }
            case WorkspaceEvent.FreezeChanged changed -> readFreezes();
            case WorkspaceEvent.AgentsChanged changed -> agentListeners.forEach(Runnable::run);
            case WorkspaceEvent.SessionEnded sessionEnded -> ended.set(sessionEnded.reason());
          }
        });
  }

  private void readPolicy() {
    background.call(
        () -> workspace.policyStatus(),
        status -> policy.set(Optional.of(status)),
        problem -> policy.set(Optional.empty()));
  }

  @Override
  public void close() {
    subscription.close();
    // Not on the window's own threads: they end with the window, and closing may need the network.
    Thread.ofPlatform().daemon().name("sluice-session-close").start(workspace::close);
  }
}
