package dev.sluice.server.mcp;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.ConnectionInfo;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.MaskKeyring;
import dev.sluice.server.Problems;
import dev.sluice.server.approvals.Approvals;
import dev.sluice.server.approvals.ApprovedRuns;
import dev.sluice.server.approvals.UnmaskGrants;
import dev.sluice.server.credentials.Leases;
import dev.sluice.server.directory.AttemptLimit;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.AllowedChanges;
import dev.sluice.server.execution.StatementIntake;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.ledger.Timelines;
import dev.sluice.server.pairing.AgentRows;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.push.Streams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/// Sessions of agents that came over HTTP. Each has a workspace of its own inside the server, under
/// the agent's own login to a database, and a budget of its own. A session's id is of use only with
/// a token of the very agent that opened it.
public final class AgentSessions implements AutoCloseable {

  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_AT_ONCE = 10;
  private static final int MOST_AN_HOUR = 60;

  private final Parts parts;
  private final LocalCore core;
  private final Function<Session, Optional<Session>> current;
  private final AgentAllowances allowances;
  private final InstantSource clock;
  private final AttemptLimit openings;
  private final Map<String, Opened> open = new ConcurrentHashMap<>();

  /// What workspaces inside the server stand on.
  public record Parts(
      Supplier<List<ConnectionInfo>> connections,
      Policies policies,
      String policyKeyId,
      MaskKeyring keyring,
      Leases leases,
      StatementIntake intake,
      AllowedChanges allowed,
      Statements statements,
      Approvals approvals,
      ApprovedRuns runs,
      UnmaskGrants unmaskGrants,
      Timelines timelines,
      Ledger ledger,
      Streams streams,
      AgentRows rows) {}

  /// A session. Its logins belong to the token's session: a token of a new one gets a workspace of
  /// its own, with the same budget, and what still runs in the one before ends there.
  private final class Opened {
    private final String principalKey;
    private final AgentBudget budget;
    private final Map<String, String> labels;
    private final List<ServerWorkspace> workspaces = new CopyOnWriteArrayList<>();
    private volatile AgentDesk desk;
    private volatile Session session;
    private volatile Instant used;

    Opened(Session session, Map<String, String> labels) throws WorkspaceProblem {
      this.principalKey = session.principalKey();
      this.budget = new AgentBudget(allowances.of(session.actor().principal()));
      this.labels = labels;
      this.session = session;
      this.used = clock.instant();
      this.desk = desk(session);
    }

    private AgentDesk desk(Session from) throws WorkspaceProblem {
      InProcessClient client = new InProcessClient(parts, from, () -> current.apply(from));
      ServerWorkspace workspace =
          ServerWorkspace.open(client, core, new LedgerAsJournal(), new Origin("mcp", labels));
      workspaces.add(workspace);
      return new AgentDesk(
          workspace,
          budget,
          workspace::recordRefusedCall,
          (correlation, columns, rows) ->
              parts.rows().keep(principalKey, correlation, columns, rows));
    }

    /// What stood on a token that is over ends: its statements, and its logins.
    synchronized void endToken(String sessionId, String reason) {
      if (session.id().equals(sessionId)) {
        desk.stop(reason);
      }
    }

    synchronized void take(Session newest) throws WorkspaceProblem {
      used = clock.instant();
      if (!session.id().equals(newest.id())) {
        desk = desk(newest);
        session = newest;
      }
    }

    List<String> connections() throws WorkspaceProblem {
      return desk.workspace().connections().stream().map(each -> each.context().name()).toList();
    }

    void close() {
      workspaces.forEach(ServerWorkspace::close);
    }
  }

  /// @param current a session as it is now; empty once it has ended
  public static AgentSessions of(
      Parts parts,
      LocalCore core,
      Function<Session, Optional<Session>> current,
      AgentAllowances allowances,
      InstantSource clock) {
    return new AgentSessions(parts, core, current, allowances, clock);
  }

  private AgentSessions(
      Parts parts,
      LocalCore core,
      Function<Session, Optional<Session>> current,
      AgentAllowances allowances,
      InstantSource clock) {
    this.parts = parts;
    this.core = core;
    this.current = current;
    this.allowances = allowances;
    this.clock = clock;
    this.openings = new AttemptLimit(MOST_AN_HOUR, HOUR, clock);
  }

  /// A session that waits for its id.
  public interface Waiting {
    /// From now on it is found under this id.
    void named(String id);

    /// There will be no id.
    void drop();

    List<String> connections() throws WorkspaceProblem;
  }

  /// Opens a workspace for an agent. A budget is a session's, so how many sessions an agent opens
  /// is bounded too.
  Waiting open(Session session, Map<String, String> labels) throws WorkspaceProblem {
    sweep();
    Actor actor = session.actor();
    if (!(actor instanceof Actor.Agent)) {
      throw InProcessClient.problem(Problems.forbidden());
    }
    long same =
        open.values().stream()
            .filter(each -> each.principalKey.equals(session.principalKey()))
            .count();
    if (same >= MOST_AT_ONCE || openings.count(session.principalKey()).isPresent()) {
      throw new WorkspaceProblem(
          "too-many-sessions",
          WorkspaceProblem.Blame.USER,
          "This agent has opened as many sessions as it may ("
              + MOST_AT_ONCE
              + " at once, "
              + MOST_AN_HOUR
              + " an hour).",
          "Go on in a session that is open, end one, or come back later.");
    }
    Opened opened = new Opened(session, labels);
    return new Waiting() {
      @Override
      public void named(String id) {
        open.put(id, opened);
      }

      @Override
      public void drop() {
        opened.close();
      }

      @Override
      public List<String> connections() throws WorkspaceProblem {
        return opened.connections();
      }
    };
  }

  /// Whether an id is a session of this agent's; takes its newest token.
  boolean use(String id, Session session) throws WorkspaceProblem {
    Opened opened = open.get(id);
    if (opened == null || !opened.principalKey.equals(session.principalKey())) {
      return false;
    }
    opened.take(session);
    return true;
  }

  AgentDesk desk(String id) {
    Opened opened = open.get(id);
    if (opened == null) {
      throw new IllegalStateException("There is no such session.");
    }
    return opened.desk;
  }

  /// Ends a session and what runs in it.
  void end(String id) {
    Opened opened = open.remove(id);
    if (opened != null) {
      opened.close();
    }
  }

  /// A token's session has ended: what runs on it is stopped, with the reason.
  public void endToken(String sessionId, String reason) {
    open.values().forEach(opened -> opened.endToken(sessionId, reason));
  }

  /// Ends sessions that nobody has used for half an hour, and those whose token was revoked.
  ///
  /// @return their ids
  public List<String> sweep() {
    Instant old = clock.instant().minus(IDLE);
    List<String> over =
        open.entrySet().stream()
            .filter(entry -> entry.getValue().used.isBefore(old))
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(this::end);
    return over;
  }

  /// Sessions open now.
  public int count() {
    return open.size();
  }

  @Override
  public void close() {
    List.copyOf(open.keySet()).forEach(this::end);
  }
}
