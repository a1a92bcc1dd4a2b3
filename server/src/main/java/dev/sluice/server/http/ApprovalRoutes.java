package dev.sluice.server.http;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.ApprovalList;
import dev.sluice.governance.codec.wire.ConditionalApproval;
import dev.sluice.governance.codec.wire.Delegation;
import dev.sluice.governance.codec.wire.GlassBreaking;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.NewComment;
import dev.sluice.governance.codec.wire.NewEscalation;
import dev.sluice.governance.codec.wire.NewExport;
import dev.sluice.governance.codec.wire.NewReview;
import dev.sluice.governance.codec.wire.NewUndo;
import dev.sluice.governance.codec.wire.NewUnmask;
import dev.sluice.governance.codec.wire.Repetition;
import dev.sluice.governance.codec.wire.Revocation;
import dev.sluice.governance.codec.wire.UnmaskGrantList;
import dev.sluice.server.approvals.Approvals;
import dev.sluice.server.approvals.ApprovedRuns;
import dev.sluice.server.approvals.ChangeRecords;
import dev.sluice.server.approvals.Conversations;
import dev.sluice.server.approvals.Delegates;
import dev.sluice.server.approvals.DryRuns;
import dev.sluice.server.approvals.SpecialRequests;
import dev.sluice.server.approvals.UnmaskGrants;
import dev.sluice.server.credentials.Leases;
import java.util.ArrayList;
import java.util.List;

/// Asking, deciding, running what was approved, and what is said about it. Whose a request is, and
/// who may decide it, is checked behind each route: what is not theirs to see is not there.
public final class ApprovalRoutes {

  private final Parts parts;

  /// What the routes work with.
  public record Parts(
      Approvals approvals,
      ApprovedRuns runs,
      DryRuns dryRuns,
      ChangeRecords changes,
      SpecialRequests special,
      Conversations conversations,
      Delegates delegates,
      UnmaskGrants unmaskGrants,
      Leases leases) {}

  ApprovalRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>(deciding());
    routes.addAll(special());
    routes.addAll(talking());
    return routes;
  }

  private List<Route> deciding() {
    return List.of(
        Route.post(
                "/v1/approvals",
                Access.SIGNED_IN,
                e ->
                    e.answer(
                        201, parts.approvals().request(e.session(), e.body(NewApproval.class))))
            .takes(NewApproval.class),
        Route.get(
            "/v1/approvals",
            Access.SIGNED_IN,
            e -> e.answer(new ApprovalList(parts.approvals().mine(e.session())))),
        Route.get(
            "/v1/approvals/inbox",
            Access.PERSON,
            e -> e.answer(new ApprovalList(parts.approvals().inbox(e.session())))),
        Route.get(
            "/v1/approvals/{id}",
            Access.SIGNED_IN,
            e -> e.answer(parts.approvals().find(e.session(), e.path("id")))),
        Route.post(
                "/v1/approvals/{id}/reviews",
                Access.PERSON,
                e ->
                    e.answer(
                        parts
                            .approvals()
                            .review(e.session(), e.path("id"), e.body(NewReview.class))))
            .takes(NewReview.class)
            .afterFreshSignIn(),
        Route.post(
                "/v1/approvals/{id}/conditional-approvals",
                Access.PERSON,
                e ->
                    e.answer(
                        parts
                            .approvals()
                            .approve(e.session(), e.path("id"), e.body(ConditionalApproval.class))))
            .takes(ConditionalApproval.class)
            .afterFreshSignIn(),
        Route.post(
            "/v1/approvals/{id}/cancellation",
            Access.SIGNED_IN,
            e -> e.answer(parts.approvals().cancel(e.session(), e.path("id")))),
        Route.post("/v1/approvals/{id}/revocation", Access.PERSON, this::revoke)
            .takes(Revocation.class),
        Route.post(
            "/v1/approvals/{id}/executions",
            Access.SIGNED_IN,
            e -> e.answer(parts.runs().run(e.session(), e.path("id")))),
        Route.get(
            "/v1/approvals/{id}/executions",
            Access.SIGNED_IN,
            e -> e.answer(parts.runs().executions(e.session(), e.path("id")))),
        Route.post(
            "/v1/approvals/{id}/dry-runs",
            Access.PERSON,
            e -> e.answer(parts.dryRuns().run(e.session(), e.path("id")))),
        Route.get(
            "/v1/approvals/{id}/changes",
            Access.SIGNED_IN,
            e -> e.answer(parts.changes().of(e.session(), e.path("id")))),
        Route.post("/v1/approvals/{id}/undo", Access.PERSON, this::undo).takes(NewUndo.class));
  }

  private List<Route> special() {
    return List.of(
        Route.post(
                "/v1/unmask-requests",
                Access.PERSON,
                e -> e.answer(201, parts.special().unmask(e.session(), e.body(NewUnmask.class))))
            .takes(NewUnmask.class),
        Route.post(
                "/v1/export-requests",
                Access.SIGNED_IN,
                e -> e.answer(201, parts.special().export(e.session(), e.body(NewExport.class))))
            .takes(NewExport.class),
        Route.get(
            "/v1/unmask-grants",
            Access.SIGNED_IN,
            e -> e.answer(new UnmaskGrantList(parts.unmaskGrants().of(e.session().actor())))),
        Route.post("/v1/approvals/{id}/emergency", Access.PERSON, this::breakGlass)
            .takes(GlassBreaking.class),
        Route.post("/v1/approvals/{id}/emergency/reviews", Access.PERSON, this::reviewEmergency)
            .takes(NewReview.class)
            .afterFreshSignIn(),
        Route.post("/v1/approvals/{id}/repetitions", Access.PERSON, this::repeat)
            .takes(Repetition.class));
  }

  private List<Route> talking() {
    return List.of(
        Route.get(
            "/v1/approvals/{id}/comments",
            Access.SIGNED_IN,
            e -> e.answer(parts.conversations().comments(e.session(), e.path("id")))),
        Route.post("/v1/approvals/{id}/comments", Access.PERSON, this::comment)
            .takes(NewComment.class),
        Route.post("/v1/approvals/{id}/nudges", Access.SIGNED_IN, this::nudge),
        Route.post("/v1/approvals/{id}/escalations", Access.PERSON, this::passOn)
            .takes(NewEscalation.class)
            .afterFreshSignIn(),
        Route.get(
            "/v1/me/delegate",
            Access.PERSON,
            e -> e.answer(parts.delegates().of(e.session().actor().principal()))),
        Route.post(
                "/v1/me/delegate",
                Access.PERSON,
                e -> e.answer(parts.delegates().set(e.session().actor(), e.body(Delegation.class))))
            .takes(Delegation.class));
  }

  private void revoke(Exchange exchange) throws JsonCodec.MalformedJson {
    String reason = exchange.body(Revocation.class).reason();
    ApprovalRequest revoked =
        parts.approvals().revoke(exchange.session(), exchange.path("id"), reason);
    if (revoked.right() instanceof Right.Unmask) {
      // A login that sees the columns as they are would see them for minutes to come.
      parts.leases().endOf(revoked.requester().principal().key(), revoked.capsule().connection());
    }
    exchange.answer(revoked);
  }

  private void undo(Exchange exchange) throws JsonCodec.MalformedJson {
    NewUndo wanted = exchange.body(NewUndo.class);
    exchange.answer(201, parts.changes().undo(exchange.session(), exchange.path("id"), wanted));
  }

  private void breakGlass(Exchange exchange) throws JsonCodec.MalformedJson {
    String reason = exchange.body(GlassBreaking.class).reason();
    exchange.answer(parts.special().breakGlass(exchange.session(), exchange.path("id"), reason));
  }

  private void reviewEmergency(Exchange exchange) throws JsonCodec.MalformedJson {
    NewReview word = exchange.body(NewReview.class);
    exchange.answer(parts.special().reviewEmergency(exchange.session(), exchange.path("id"), word));
  }

  private void repeat(Exchange exchange) throws JsonCodec.MalformedJson {
    String reason = exchange.body(Repetition.class).reason();
    exchange.answer(201, parts.special().repeat(exchange.session(), exchange.path("id"), reason));
  }

  private void comment(Exchange exchange) throws JsonCodec.MalformedJson {
    NewComment comment = exchange.body(NewComment.class);
    exchange.answer(
        201, parts.conversations().say(exchange.session(), exchange.path("id"), comment));
  }

  private void passOn(Exchange exchange) throws JsonCodec.MalformedJson {
    String words = exchange.body(NewEscalation.class).comment();
    exchange.answer(parts.conversations().passOn(exchange.session(), exchange.path("id"), words));
  }

  private void nudge(Exchange exchange) {
    parts.conversations().nudge(exchange.session(), exchange.path("id"));
    exchange.nothing();
  }
}
