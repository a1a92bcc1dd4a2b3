package dev.sluice.gateway.workspace;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.MemoryBudget;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.Journal.JournalProblem;
import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.codec.wire.ConnectionInfo;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.RefusedCall;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A workspace over a signed-in client of a server and the local core: verdicts come from here at
/// once, and the server decides again before anything runs.
public final class ServerWorkspace implements Workspace {

  /// Characters. Of a longer script not all would be remembered, and it would be read twice.
  private static final int LONGEST_ANTICIPATED = 200_000;

  private final ServerClient client;
  private final LocalCore core;
  private final Origin origin;
  private final Journal journal;
  private final InstantSource clock;
  private final PolicyHolder policies;
  private final List<Consumer<WorkspaceEvent>> listeners = new CopyOnWriteArrayList<>();
  private final UnmaskHolder unmasked;
  private final GovernedRun.Parts runParts;
  private final OutcomeSpool outcomes;
  private final Map<String, ConnectionRoad> roads = new LinkedHashMap<>();
  private final Subscription own;
  private final DirectConnections direct;
  private @Nullable List<WorkspaceConnection> connections;
  private volatile boolean online = true;

  private ServerWorkspace(
      ServerClient client,
      LocalCore core,
      Journal journal,
      Origin origin,
      InstantSource clock,
      DirectConnections direct) {
    this.direct = direct;
    this.client = client;
    this.origin = origin;
    this.core = core;
    this.journal = journal;
    this.clock = clock;
    MemoryBudget budget = new MemoryBudget();
    this.policies = new PolicyHolder(client, budget);
    this.unmasked = new UnmaskHolder(client);
    this.outcomes = new OutcomeSpool(client);
    this.runParts =
        new GovernedRun.Parts(
            client,
            core,
            policies,
            unmasked,
            journal,
            outcomes,
            budget,
            new RemoteKeys(client),
            origin,
            clock);
    this.own = client.subscribe(this::notice);
  }

  /// Opens a workspace: fetches the policy, and tells the server of statements of mine whose
  /// outcome a killed process left unknown.
  ///
  /// @param client closed with the workspace
  /// @param journal stays open; several workspaces of one process may share it
  public static ServerWorkspace open(ServerClient client, LocalCore core, Journal journal)
      throws WorkspaceProblem {
    return open(client, core, journal, Origin.window());
  }

  /// As above, for statements that do not come from a window: there are no direct connections.
  public static ServerWorkspace open(
      ServerClient client, LocalCore core, Journal journal, Origin origin) throws WorkspaceProblem {
    return open(client, core, journal, origin, DirectConnections.none());
  }

  /// As above, with a person's direct connections beside those of the server.
  ///
  /// @param direct stays open
  public static ServerWorkspace open(
      ServerClient client, LocalCore core, Journal journal, Origin origin, DirectConnections direct)
      throws WorkspaceProblem {
    ServerWorkspace workspace =
        new ServerWorkspace(client, core, journal, origin, client.time(), direct);
    workspace.policies.policy();
    workspace.unmasked.refresh();
    workspace.tellUnknownOutcomes();
    return workspace;
  }

  private void tellUnknownOutcomes() throws WorkspaceProblem {
    try {
      for (Journal.OpenIntent open : journal.unknownOutcomes()) {
        if (open.canonical().contains("\"subject\":\"" + me().principal().key() + "\"")) {
          Instant now = clock.instant();
          journal.append(StatementEvents.unknown(open.correlation(), now, me()));
          outcomes.send(
              new StatementOutcome(
                  StatementEvents.newId(), open.correlation(), "unknown", -1, -1, "", now));
        }
      }
    } catch (JournalProblem e) {
      throw new WorkspaceProblem(
          "journal-unwritable",
          WorkspaceProblem.Blame.INTERNAL,
          "The journal on this machine cannot be used, so nothing runs.",
          "Make room on the disk, or give this program access to its folder again.");
    }
  }

  /// Others are told after the workspace has taken the event in itself: who asks for the policy or
  /// a verdict when hearing of a change must not get those from before it.
  private void notice(WorkspaceEvent event) {
    takeIn(event);
    listeners.forEach(listener -> listener.accept(event));
  }

  private void takeIn(WorkspaceEvent event) {
    switch (event) {
      case WorkspaceEvent.PolicyChanged changed -> refreshPolicy();
      case WorkspaceEvent.LinkChanged changed -> {
        online = changed.online();
        if (online) {
          outcomes.flush();
        }
      }
      case WorkspaceEvent.RequestChanged changed -> {
        if (changed.request().right() instanceof Right.Unmask) {
          unmasked.refresh();
          leaseAgain(changed.request().capsule().connection());
        }
      }
      case WorkspaceEvent.TimelineGrew grew -> {}
      case WorkspaceEvent.FreezeChanged changed -> {}
      case WorkspaceEvent.AgentsChanged changed -> {}
      case WorkspaceEvent.SessionEnded ended -> online = false;
    }
  }

  private void refreshPolicy() {
    try {
      policies.refresh();
    } catch (WorkspaceProblem e) {
      // The server decides each intent by the new one; the next change or call fetches it here.
      online = !e.code().equals("server-unreachable");
    }
  }

  @Override
  public Actor me() {
    return client.me();
  }

  @Override
  public String server() {
    return client.address();
  }

  @Override
  public synchronized List<WorkspaceConnection> connections() throws WorkspaceProblem {
    List<WorkspaceConnection> known = connections;
    if (known == null) {
      List<WorkspaceConnection> fetched = new ArrayList<>();
      for (ConnectionInfo info : client.connections()) {
        Optional<Dialect> engine = Dialect.named(info.engine());
        if (engine.isPresent()) {
          fetched.add(connection(info, engine.get()));
        }
      }
      known = List.copyOf(fetched);
      connections = known;
    }
    List<WorkspaceConnection> all = new ArrayList<>(known);
    for (DirectConnection own : direct.list()) {
      // A name that the server gives stands for the server's connection.
      if (all.stream().noneMatch(each -> each.context().name().equals(own.name()))) {
        all.add(connection(own));
      }
    }
    return all;
  }

  private Optional<DirectConnection> own(String name) {
    List<WorkspaceConnection> known = connections;
    boolean given =
        known != null && known.stream().anyMatch(each -> each.context().name().equals(name));
    return given ? Optional.empty() : direct.find(name);
  }

  private WorkspaceConnection connection(DirectConnection own) {
    return new WorkspaceConnection(
        new ConnectionContext(own.name(), own.environment(), own.engine(), "direct", Map.of()),
        own.place(),
        me().principal().displayName(),
        "It is opened with your own login: this program masks and asks, but the same login shows"
            + " everything elsewhere. Only the journal of this machine has the record.");
  }

  @Override
  public Optional<DirectConnections> direct() {
    return Optional.of(direct);
  }

  @Override
  public void directChanged(String name) {
    ConnectionRoad before;
    synchronized (this) {
      before = roads.remove(name);
    }
    if (before != null) {
      before.close();
    }
  }

  private static WorkspaceConnection connection(ConnectionInfo info, Dialect engine) {
    return new WorkspaceConnection(
        new ConnectionContext(info.name(), info.environment(), engine, info.ring(), info.labels()),
        info.database(),
        info.owner(),
        info.whatCouldGoWrong());
  }

  /// Where the database masks by itself, another login shows what a grant lifts or no longer does.
  private synchronized void leaseAgain(String name) {
    ConnectionRoad known = roads.get(name);
    if (known != null) {
      known.leaseAgain();
    }
  }

  private synchronized ConnectionRoad road(String name) throws WorkspaceProblem {
    ConnectionRoad known = roads.get(name);
    if (known != null) {
      return known;
    }
    for (WorkspaceConnection connection : connections()) {
      if (connection.context().name().equals(name)) {
        ConnectionRoad road =
            new ConnectionRoad(
                connection,
                own(name)
                    .<LeaseSource>map(found -> new DirectLeases(direct, found))
                    .orElseGet(() -> new ServerLeases(client)),
                clock);
        roads.put(name, road);
        return road;
      }
    }
    throw new WorkspaceProblem(
        "unknown-connection",
        WorkspaceProblem.Blame.USER,
        "There is no connection \"" + name + "\" for you.",
        "Choose one from the list.");
  }

  @Override
  public CatalogSnapshot catalog(String connection, boolean refresh) throws WorkspaceProblem {
    return road(connection).catalog(refresh);
  }

  /// What discovery proposes for columns that the policy in force does not classify, the surest
  /// first. The confident ones are hidden already.
  public List<Proposal> discovered(String connection) throws WorkspaceProblem {
    ConnectionRoad road = road(connection);
    road.catalog(false);
    ReadyPolicy policy = policies.policy();
    return road.discovered().stream()
        .filter(proposal -> !policy.sights().classified(connection, proposal.column()))
        .toList();
  }

  @Override
  public List<ColumnGovernance> columnGovernance(String connection) throws WorkspaceProblem {
    ConnectionRoad road = road(connection);
    CatalogSnapshot catalog = road.catalog(false);
    return policies.on(road).sights().of(catalog, me(), road.context(), clock.instant()).stream()
        .map(SightWords::governance)
        .toList();
  }

  @Override
  public List<StatementVerdict> decide(String connection, String script) throws WorkspaceProblem {
    ConnectionRoad road = road(connection);
    ReadyPolicy policy = policies.on(road);
    CatalogSnapshot complete = complete(road, policy);
    List<StatementVerdict> verdicts = new ArrayList<>();
    for (StatementAnalysis analysis :
        core.scripts().read(script, road.context().engine(), complete)) {
      verdicts.add(
          new StatementVerdict(
              analysis,
              policy
                  .engine()
                  .decide(
                      new DecisionRequest(
                          analysis,
                          complete,
                          origin.asking(me(), analysis.statement().text()),
                          road.context(),
                          clock.instant(),
                          origin.word(),
                          "",
                          false,
                          0,
                          List.of(),
                          Optional.empty(),
                          unmasked.grants()))));
    }
    return verdicts;
  }

  @Override
  public void anticipate(String connection, String script) throws WorkspaceProblem {
    if (script.length() > LONGEST_ANTICIPATED) {
      return;
    }
    ConnectionRoad road = road(connection);
    core.scripts().read(script, road.context().engine(), complete(road, policies.on(road)));
  }

  private static CatalogSnapshot complete(ConnectionRoad road, ReadyPolicy policy)
      throws WorkspaceProblem {
    CatalogSnapshot catalog = road.catalog(false);
    return policy.bundle().functions().isEmpty()
        ? catalog
        : catalog.withFunctions(policy.bundle().functions());
  }

  @Override
  public Run run(String connection, StatementText statement, Consumer<RunEvent> listener) {
    try {
      ConnectionRoad road = road(connection);
      return new GovernedRun(runParts, road, BackendSource.of(road), statement, listener).start();
    } catch (WorkspaceProblem e) {
      return new FailedRun(e, listener).start();
    }
  }

  @Override
  public boolean changesByServer(String connection) throws WorkspaceProblem {
    return !road(connection).mayWrite();
  }

  @Override
  public ChangeOutcome change(String connection, List<PlannedChange> changes)
      throws WorkspaceProblem {
    return new ServerChanges(runParts, road(connection)).make(changes);
  }

  @Override
  public StatementSession session(String connection, Supplier<String> tab) {
    try {
      return new HeldSession(runParts, road(connection), tab);
    } catch (WorkspaceProblem e) {
      return new NoSession(e);
    }
  }

  @Override
  public ApprovalRequest requestApproval(String connection, StatementText statement, String reason)
      throws WorkspaceProblem {
    return client.requestApproval(
        new NewApproval(
            connection, statement.text(), List.of(), reason, origin.word(), origin.labels()));
  }

  /// The labels that a statement of this workspace goes with.
  public Map<String, String> labelsOf(StatementText statement) {
    return origin.asking(me(), statement.text()).labels();
  }

  /// Writes down a call that was refused before it came to a statement: here, and on the server
  /// when it can be reached. The call stays refused either way.
  ///
  /// @param reason one sentence, without values of the call
  public void recordRefusedCall(String tool, String code, String reason) {
    String id = StatementEvents.newId();
    Instant now = clock.instant();
    try {
      journal.append(StatementEvents.refusedCall(id, now, me(), tool, code, reason));
      client.refusedCall(new RefusedCall(id, tool, code, reason, now));
    } catch (JournalProblem | WorkspaceProblem e) {
      // Nothing runs; whichever of the two could be written has it.
      online = online && e instanceof JournalProblem;
    }
  }

  @Override
  public List<ApprovalRequest> myRequests() throws WorkspaceProblem {
    return client.myRequests();
  }

  @Override
  public List<ApprovalRequest> inbox() throws WorkspaceProblem {
    return client.inbox();
  }

  @Override
  public ApprovalRequest review(String requestId, Review.Verdict verdict, String comment)
      throws WorkspaceProblem {
    return client.review(requestId, verdict, comment);
  }

  @Override
  public ApprovalRequest cancelRequest(String requestId) throws WorkspaceProblem {
    return client.cancel(requestId);
  }

  @Override
  public Run runApproved(String requestId, Consumer<RunEvent> listener) {
    return new ApprovedRunTask(
            client,
            requestId,
            event -> {
              if (event instanceof RunEvent.Completed) {
                forgetCatalogs();
              }
              listener.accept(event);
            })
        .start();
  }

  /// What was approved may have changed a schema: the next statement is read against a new catalog.
  private synchronized void forgetCatalogs() {
    roads.values().forEach(ConnectionRoad::forgetCatalog);
  }

  @Override
  public TimelinePage timeline(TimelineQuery query) throws WorkspaceProblem {
    return client.timeline(query);
  }

  @Override
  public Integrity verifyTimeline() throws WorkspaceProblem {
    return client.verify();
  }

  @Override
  public Subscription subscribe(Consumer<WorkspaceEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Optional<ServerRoads> roads() {
    return client.roads();
  }

  @Override
  public Duration clockBehind() {
    return client.time().behind();
  }

  @Override
  public PolicyStatus policyStatus() {
    ReadyPolicy known = policies.known();
    return known == null
        ? new PolicyStatus(0, Instant.EPOCH, online)
        : new PolicyStatus(
            known.bundle().version(), known.bundle().expires().orElse(Instant.MAX), online);
  }

  @Override
  public void onFreshSignInNeeded(FreshSignInPrompt prompt) {
    client.onFreshSignInNeeded(prompt);
  }

  @Override
  public Optional<URI> browserSignOut() {
    return client.browserSignOut();
  }

  @Override
  public void close() {
    own.close();
    List<ConnectionRoad> open;
    synchronized (this) {
      open = List.copyOf(roads.values());
      roads.clear();
    }
    open.forEach(ConnectionRoad::close);
    client.close();
  }
}
