package dev.sluice.server.mcp;

import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.gateway.remote.VerifiedPolicy;
import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.Integrity;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.ChangeSet;
import dev.sluice.governance.codec.wire.ChangeSetRun;
import dev.sluice.governance.codec.wire.ConnectionInfo;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.codec.wire.LogHead;
import dev.sluice.governance.codec.wire.LogVerification;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.RefusedCall;
import dev.sluice.governance.codec.wire.SignedPolicy;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.directory.Session;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The server's own services as an agent's client sees them, for workspaces inside the server.
/// Each call stands for the session that the agent's token names at that moment: it is looked up
/// anew, so that an identity that was revoked, or whose owner is gone, can do nothing more.
///
/// It decides nothing: reviewing, revoking and publishing are refused here as they are behind the
/// routes.
final class InProcessClient implements ServerClient {

  private final AgentSessions.Parts parts;
  private final Supplier<Optional<Session>> session;
  private volatile Session last;

  /// @param first the session at the beginning
  /// @param session the session as it is now; empty once it may not go on
  InProcessClient(AgentSessions.Parts parts, Session first, Supplier<Optional<Session>> session) {
    this.parts = parts;
    this.last = first;
    this.session = session;
  }

  private interface Asking<T> {
    T of(Session session);
  }

  private <T> T ask(Asking<T> asking) throws WorkspaceProblem {
    try {
      Session now = session.get().orElseThrow(Problems::notSignedIn);
      last = now;
      return asking.of(now);
    } catch (ServerProblem e) {
      throw problem(e);
    }
  }

  static WorkspaceProblem problem(ServerProblem problem) {
    return new WorkspaceProblem(
        problem.code(),
        WorkspaceProblem.Blame.valueOf(problem.blame().name()),
        String.valueOf(problem.getMessage()),
        problem.wayOut());
  }

  @Override
  public Actor me() {
    return last.actor();
  }

  @Override
  public String address() {
    return "this server";
  }

  @Override
  public VerifiedPolicy policy() throws WorkspaceProblem {
    return ask(
        now -> {
          SignedPolicy signed = parts.policies().inForce().signed();
          return new VerifiedPolicy(
              signed.version(),
              parts.policyKeyId(),
              parts.policies().text(signed.version()).orElseThrow(Problems::noPolicy));
        });
  }

  @Override
  public VerifiedPolicy publishPolicy(String yaml, String comment) throws WorkspaceProblem {
    throw problem(Problems.forbidden());
  }

  @Override
  public byte[] maskKey(String name) throws WorkspaceProblem {
    return ask(now -> parts.keyring().key(name).orElseThrow(() -> Problems.notFound("key")));
  }

  @Override
  public List<ConnectionInfo> connections() throws WorkspaceProblem {
    return ask(now -> parts.connections().get());
  }

  @Override
  public Lease lease(String connection) throws WorkspaceProblem {
    return ask(
        now -> {
          parts.policies().inForce();
          return parts.leases().lease(now, connection);
        });
  }

  @Override
  public Lease renew(Lease lease) throws WorkspaceProblem {
    return lease.until(ask(now -> parts.leases().renew(now, lease.id())).expiresAt());
  }

  @Override
  public void release(String leaseId) throws WorkspaceProblem {
    ask(
        now -> {
          parts.leases().release(now, leaseId);
          return leaseId;
        });
  }

  @Override
  public Receipt intent(StatementIntent intent) throws WorkspaceProblem {
    return ask(now -> parts.intake().take(now, intent));
  }

  @Override
  public ChangeSetRun change(ChangeSet set) throws WorkspaceProblem {
    return ask(now -> parts.allowed().run(now, set));
  }

  @Override
  public Receipt outcome(StatementOutcome outcome) throws WorkspaceProblem {
    // How a statement ended is written down also when the session ended while it ran.
    try {
      return parts.statements().outcome(session.get().orElse(last), outcome);
    } catch (ServerProblem e) {
      throw problem(e);
    }
  }

  @Override
  public Receipt refusedCall(RefusedCall call) throws WorkspaceProblem {
    try {
      return parts.statements().refusedCall(session.get().orElse(last), call);
    } catch (ServerProblem e) {
      throw problem(e);
    }
  }

  @Override
  public ApprovalRequest requestApproval(NewApproval approval) throws WorkspaceProblem {
    return ask(now -> parts.approvals().request(now, approval));
  }

  @Override
  public List<ApprovalRequest> myRequests() throws WorkspaceProblem {
    return ask(now -> parts.approvals().mine(now));
  }

  @Override
  public List<ApprovalRequest> inbox() throws WorkspaceProblem {
    throw problem(Problems.forbidden());
  }

  @Override
  public ApprovalRequest request(String id) throws WorkspaceProblem {
    return ask(now -> parts.approvals().find(now, id));
  }

  @Override
  public ApprovalRequest review(String id, Review.Verdict verdict, String comment)
      throws WorkspaceProblem {
    throw problem(Problems.forbidden());
  }

  @Override
  public ApprovalRequest cancel(String id) throws WorkspaceProblem {
    return ask(now -> parts.approvals().cancel(now, id));
  }

  @Override
  public ApprovalRequest revoke(String id, String reason) throws WorkspaceProblem {
    throw problem(Problems.forbidden());
  }

  @Override
  public List<Execution> executions(String id) throws WorkspaceProblem {
    return ask(now -> parts.runs().executions(now, id));
  }

  @Override
  public ApprovedRun runApproved(String id) throws WorkspaceProblem {
    return ask(now -> parts.runs().run(now, id));
  }

  @Override
  public List<UnmaskGrant> unmaskGrants() throws WorkspaceProblem {
    return ask(now -> parts.unmaskGrants().of(now.actor()));
  }

  @Override
  public TimelinePage timeline(TimelineQuery query) throws WorkspaceProblem {
    return TimelinePage.of(
        ask(
            now ->
                parts
                    .timelines()
                    .page(
                        now.principalKey(),
                        query.text(),
                        query.before(),
                        Math.clamp(query.limit(), 1, 500))));
  }

  @Override
  public Integrity verify() throws WorkspaceProblem {
    LogVerification read = ask(now -> parts.ledger().verify());
    return new Integrity(read.intact(), read.upTo(), read.message());
  }

  /// Nothing: whoever sits in the server witnesses nothing that the server does not know itself.
  @Override
  public LogHead lastSeen() {
    return LogHead.none();
  }

  @Override
  public Workspace.Subscription subscribe(Consumer<WorkspaceEvent> listener) {
    return new InProcessFeed(parts.streams(), parts.approvals(), last, listener);
  }

  /// Nobody: an agent does nothing that needs a person who has just signed in.
  @Override
  public void onFreshSignInNeeded(FreshSignInPrompt prompt) {}

  @Override
  public Optional<URI> browserSignOut() {
    return Optional.empty();
  }

  /// The session is the token's: it ends with it, or when it is revoked.
  @Override
  public void close() {}
}
