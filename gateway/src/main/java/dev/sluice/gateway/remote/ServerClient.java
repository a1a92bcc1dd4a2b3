package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.Integrity;
import dev.sluice.gateway.workspace.ServerRoads;
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
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.RefusedCall;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.governance.identity.Actor;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A signed-in session with a server. Safe for use by many threads. Calls block; a call that the
/// server refuses or that does not reach it is a [WorkspaceProblem] with code, blame and way out.
///
/// Codes of this interface's own: `server-unreachable`, `session-ended`, `server-not-trusted` (a
/// signature or a log proof does not hold), `server-answer` (an answer that makes no sense).
public interface ServerClient extends AutoCloseable {

  Actor me();

  /// The server's time, whatever this machine's clock says.
  default ServerTime time() {
    return new ServerTime();
  }

  /// The server's address, for the eye.
  String address();

  /// The bundle in force, its signature checked. Versions never go down: a lower one than this
  /// client has seen is `server-not-trusted`.
  VerifiedPolicy policy() throws WorkspaceProblem;

  /// Publishes a bundle (policy administrators only).
  VerifiedPolicy publishPolicy(String yaml, String comment) throws WorkspaceProblem;

  /// A key for keyed masks, at least 32 bytes; to be kept in memory only.
  byte[] maskKey(String name) throws WorkspaceProblem;

  List<ConnectionInfo> connections() throws WorkspaceProblem;

  /// A read-only database login for this session. Asking again for the same connection gives a new
  /// login and drops the one before.
  Lease lease(String connection) throws WorkspaceProblem;

  /// Puts the lease's end off; the login and its password stay.
  Lease renew(Lease lease) throws WorkspaceProblem;

  /// Has the login dropped now.
  void release(String leaseId) throws WorkspaceProblem;

  /// Announces a statement (or records a refused one). When this returns, the server has written it
  /// down durably, and its receipt's signature holds. Nothing runs before that.
  Receipt intent(StatementIntent intent) throws WorkspaceProblem;

  /// Has the server make changes that the policy allows, all or none; it announces them to itself
  /// and writes down how they ended. An answer that the server cannot be reached leaves open
  /// whether it made them.
  ChangeSetRun change(ChangeSet set) throws WorkspaceProblem;

  /// Records how a statement ended.
  Receipt outcome(StatementOutcome outcome) throws WorkspaceProblem;

  /// Records a call that was refused before it came to a statement.
  Receipt refusedCall(RefusedCall call) throws WorkspaceProblem;

  ApprovalRequest requestApproval(NewApproval approval) throws WorkspaceProblem;

  /// My own requests, newest first.
  List<ApprovalRequest> myRequests() throws WorkspaceProblem;

  /// What waits for me, oldest first, then what I decided lately, newest first.
  List<ApprovalRequest> inbox() throws WorkspaceProblem;

  ApprovalRequest request(String id) throws WorkspaceProblem;

  ApprovalRequest review(String id, Review.Verdict verdict, String comment) throws WorkspaceProblem;

  ApprovalRequest cancel(String id) throws WorkspaceProblem;

  ApprovalRequest revoke(String id, String reason) throws WorkspaceProblem;

  /// The uses of a request so far.
  List<Execution> executions(String id) throws WorkspaceProblem;

  /// The server runs the approved capsule once and answers when it is done. A database error is an
  /// answer with a failed execution, not a problem.
  ApprovedRun runApproved(String id) throws WorkspaceProblem;

  /// The masks that are lifted for me now.
  List<UnmaskGrant> unmaskGrants() throws WorkspaceProblem;

  TimelinePage timeline(TimelineQuery query) throws WorkspaceProblem;

  /// Checks the log: the checkpoint's signature, that it grew from the one seen last, and the
  /// server's own full reading of it.
  Integrity verify() throws WorkspaceProblem;

  /// The newest log head that was checked, for the next intent.
  LogHead lastSeen();

  /// Pushes until closed, on one background thread; after a lost link it resumes where it stopped.
  Workspace.Subscription subscribe(Consumer<WorkspaceEvent> listener);

  /// Who asks the person to show again who they are; calls that need it wait for that and then go
  /// on. Without a prompt they are refused with the code `fresh-sign-in`.
  void onFreshSignInNeeded(FreshSignInPrompt prompt);

  /// Where a browser ends the identity provider's own session; empty where there is none.
  Optional<URI> browserSignOut();

  /// The roads to the server besides one's own work.
  default Optional<ServerRoads> roads() {
    return Optional.empty();
  }

  /// Signs out: the server ends the session and drops its leases. Never throws.
  @Override
  void close();
}
