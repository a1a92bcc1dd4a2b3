package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Conditions;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.CommentList;
import dev.sluice.governance.codec.wire.ConditionalApproval;
import dev.sluice.governance.codec.wire.Delegation;
import dev.sluice.governance.codec.wire.GlassBreaking;
import dev.sluice.governance.codec.wire.NewComment;
import dev.sluice.governance.codec.wire.NewEscalation;
import dev.sluice.governance.codec.wire.NewExport;
import dev.sluice.governance.codec.wire.NewReview;
import dev.sluice.governance.codec.wire.NewUndo;
import dev.sluice.governance.codec.wire.NewUnmask;
import dev.sluice.governance.codec.wire.Repetition;
import dev.sluice.governance.codec.wire.RowChanges;
import dev.sluice.governance.codec.wire.RowChangesList;
import java.util.List;
import java.util.Map;

/// What there is to requests besides asking, deciding and running: unmasking, emergencies,
/// comments, delegates. Over a signed-in client.
public final class RequestClient {

  private final HttpServerClient client;

  RequestClient(HttpServerClient client) {
    this.client = client;
  }

  /// Asks to see columns unmasked for a while.
  public ApprovalRequest unmask(NewUnmask wanted) throws WorkspaceProblem {
    return client.post("/v1/unmask-requests", wanted, ApprovalRequest.class);
  }

  /// Asks to take more rows of a statement out than the policy lets everybody take. Approved, it is
  /// run as any other request, and the rows are in the answer.
  public ApprovalRequest export(NewExport wanted) throws WorkspaceProblem {
    return client.post("/v1/export-requests", wanted, ApprovalRequest.class);
  }

  /// Goes ahead without approval; everybody who was skipped is told.
  public ApprovalRequest breakGlass(String id, String reason) throws WorkspaceProblem {
    return client.post(path(id) + "/emergency", new GlassBreaking(reason), ApprovalRequest.class);
  }

  /// Approves less than was asked for.
  ///
  /// @param conditions with at least one bound
  public ApprovalRequest approve(String id, String comment, Conditions conditions)
      throws WorkspaceProblem {
    return client.post(
        path(id) + "/conditional-approvals",
        new ConditionalApproval(comment, conditions),
        ApprovalRequest.class);
  }

  /// Lets the people whom the rule names for later decide now.
  ///
  /// @param comment why, for them; may be empty
  public ApprovalRequest passOn(String id, String comment) throws WorkspaceProblem {
    return client.post(
        path(id) + "/escalations", new NewEscalation(comment), ApprovalRequest.class);
  }

  public ApprovalRequest reviewEmergency(String id, Review.Verdict verdict, String comment)
      throws WorkspaceProblem {
    return client.post(
        path(id) + "/emergency/reviews", new NewReview(verdict, comment), ApprovalRequest.class);
  }

  /// Asks for the same again, under today's policy.
  public ApprovalRequest repeat(String id, String reason) throws WorkspaceProblem {
    return client.post(path(id) + "/repetitions", new Repetition(reason), ApprovalRequest.class);
  }

  public List<CommentList.Comment> comments(String id) throws WorkspaceProblem {
    return client.get(path(id) + "/comments", CommentList.class).comments();
  }

  /// Says something, or proposes another text of the statement.
  public List<CommentList.Comment> say(String id, String words, String proposed)
      throws WorkspaceProblem {
    return client
        .post(path(id) + "/comments", new NewComment(words, proposed), CommentList.class)
        .comments();
  }

  /// Takes an approval back that was not used up; an execution under way goes on.
  public ApprovalRequest revoke(String id, String reason) throws WorkspaceProblem {
    return client.revoke(id, reason);
  }

  /// Reminds the people who decide.
  public void nudge(String id) throws WorkspaceProblem {
    client.tell("POST", path(id) + "/nudges", Map.of());
  }

  /// Runs the statement of a request on its database and rolls it back: what it would do to which
  /// rows. Only for people who may decide it; takes up to half a minute.
  public RowChanges dryRun(String id) throws WorkspaceProblem {
    return client.post(path(id) + "/dry-runs", Map.of(), RowChanges.class);
  }

  /// What the uses of an approval did to rows, masked for whoever asks.
  public List<RowChanges> changes(String id) throws WorkspaceProblem {
    return client.get(path(id) + "/changes", RowChangesList.class).uses();
  }

  /// Asks for what one use did to be taken back.
  public ApprovalRequest undo(String id, String executionId, String reason)
      throws WorkspaceProblem {
    return client.post(path(id) + "/undo", new NewUndo(executionId, reason), ApprovalRequest.class);
  }

  public Delegation delegate() throws WorkspaceProblem {
    return client.get("/v1/me/delegate", Delegation.class);
  }

  public Delegation delegate(Delegation wanted) throws WorkspaceProblem {
    return client.post("/v1/me/delegate", wanted, Delegation.class);
  }

  private static String path(String id) {
    return "/v1/approvals/" + HttpServerClient.encoded(id);
  }
}
