package dev.sluice.gateway.workspace;

import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.sql.StatementText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A signed-in session: the one thing a screen or command needs.
public interface Workspace extends AutoCloseable {

  Actor me();

  /// Server address for the eye.
  String server();

  List<WorkspaceConnection> connections() throws WorkspaceProblem;

  /// The catalog of a connection; cached, `refresh` reads it anew.
  CatalogSnapshot catalog(String connection, boolean refresh) throws WorkspaceProblem;

  /// Every classified column of a connection and what I see of it.
  List<ColumnGovernance> columnGovernance(String connection) throws WorkspaceProblem;

  /// Decides every statement of a script with the local core, running nothing. Pure CPU, fast; uses
  /// the cached catalog and bundle.
  List<StatementVerdict> decide(String connection, String script) throws WorkspaceProblem;

  /// Reads the statements of a script that is likely to be decided soon: that is most of the work
  /// of deciding it, and what was read is remembered. Changes nothing but how long that takes.
  default void anticipate(String connection, String script) throws WorkspaceProblem {}

  /// Runs one statement. Returns at once; events follow on a background thread.
  Run run(String connection, StatementText statement, Consumer<RunEvent> listener);

  /// A session for one tab; opens nothing before it is needed.
  ///
  /// @param tab what people know the tab by, told to whoever finds every database session taken;
  ///     asked on any thread
  StatementSession session(String connection, Supplier<String> tab);

  /// Asks for approval of a statement that needs it. The server decides anew; it takes no verdict
  /// from a client.
  ///
  /// @param reason the person's words, not blank
  ApprovalRequest requestApproval(String connection, StatementText statement, String reason)
      throws WorkspaceProblem;

  /// My own requests, newest first.
  List<ApprovalRequest> myRequests() throws WorkspaceProblem;

  /// What waits for me to decide, oldest first, and what I decided lately after it.
  List<ApprovalRequest> inbox() throws WorkspaceProblem;

  /// The request after my review. What I may not do comes back as a problem with blame POLICY and
  /// the reason in words.
  ApprovalRequest review(String requestId, Review.Verdict verdict, String comment)
      throws WorkspaceProblem;

  /// Whether the server makes the changes on a connection that the policy allows: the login that is
  /// lent there only reads.
  default boolean changesByServer(String connection) throws WorkspaceProblem {
    return false;
  }

  /// Has the server make changes together or not at all, where it does. Blocks; once sent they
  /// cannot be called back.
  ///
  /// @throws WorkspaceProblem when nothing stays, or with the code `outcome-unknown` when nobody
  ///     knows
  default ChangeOutcome change(String connection, List<PlannedChange> changes)
      throws WorkspaceProblem {
    throw new WorkspaceProblem(
        "not-made-by-server",
        WorkspaceProblem.Blame.USER,
        "Changes on this connection are made in its own session.",
        "Run them there.");
  }

  ApprovalRequest cancelRequest(String requestId) throws WorkspaceProblem;

  /// The server runs the approved capsule, once; events follow as for [#run].
  Run runApproved(String requestId, Consumer<RunEvent> listener);

  /// My own trail, newest first.
  TimelinePage timeline(TimelineQuery query) throws WorkspaceProblem;

  /// Checks my trail and the server's log against each other and against what I saw before.
  Integrity verifyTimeline() throws WorkspaceProblem;

  /// Pushes of the server, until the subscription is closed. Delivered on a background thread.
  Subscription subscribe(Consumer<WorkspaceEvent> listener);

  /// The roads to the server besides one's own work: asking for more, policies, watching,
  /// administering. Whether I may is decided by the server at each call. Empty without a server.
  default Optional<ServerRoads> roads() {
    return Optional.empty();
  }

  /// The connections that I open with logins of my own; empty where there are none, as for agents.
  default Optional<DirectConnections> direct() {
    return Optional.empty();
  }

  /// A direct connection was described anew or removed: what was open of it is closed.
  default void directChanged(String name) {}

  /// The policy in force.
  PolicyStatus policyStatus();

  /// How far this machine's clock is behind the server's; negative when it is ahead. What is
  /// decided and counted down goes by the server's time.
  default Duration clockBehind() {
    return Duration.ZERO;
  }

  /// Who asks the person to show again who they are, when a call of theirs needs a fresh sign-in;
  /// the call then goes on by itself. Without a prompt such calls are refused.
  default void onFreshSignInNeeded(FreshSignInPrompt prompt) {}

  /// Where a browser ends the identity provider's own session, to be opened once this is closed;
  /// empty where nobody else vouches for the person. Does not block.
  default Optional<URI> browserSignOut() {
    return Optional.empty();
  }

  @Override
  void close();

  /// Ends deliveries when closed.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
