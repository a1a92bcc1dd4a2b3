package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewPolicyDraft;
import dev.sluice.governance.codec.wire.NewWhatIf;
import dev.sluice.governance.codec.wire.PolicyDocument;
import dev.sluice.governance.codec.wire.PolicyDraft;
import dev.sluice.governance.codec.wire.PolicyDraftList;
import dev.sluice.governance.codec.wire.PolicyPublication;
import dev.sluice.governance.codec.wire.PolicyRollback;
import dev.sluice.server.Problems;
import dev.sluice.server.policies.Drafts;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.policies.WhatIf;
import java.util.List;

/// Drafting, testing, comparing and publishing policies.
public final class PolicyRoutes {

  private final Parts parts;

  /// What the routes work with.
  public record Parts(Policies policies, Drafts drafts, WhatIf whatIf) {}

  PolicyRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/policy", Access.SIGNED_IN, e -> e.answer(parts.policies().inForce().signed())),
        Route.post("/v1/policy", Access.POLICY_ADMIN, this::publishAlone)
            .takes(PolicyDocument.class)
            .afterFreshSignIn(),
        Route.get(
            "/v1/policy/history", Access.POLICY_ADMIN, e -> e.answer(parts.policies().history())),
        Route.get("/v1/policy/versions/{version}", Access.POLICY_ADMIN, this::version),
        Route.post(
                "/v1/policy/tests",
                Access.POLICY_ADMIN,
                e -> e.answer(parts.drafts().test(e.body(NewPolicyDraft.class).yaml())))
            .takes(NewPolicyDraft.class),
        Route.post(
                "/v1/policy/comparison",
                Access.POLICY_ADMIN,
                e -> e.answer(parts.drafts().compare(e.body(NewPolicyDraft.class).yaml())))
            .takes(NewPolicyDraft.class),
        Route.post("/v1/policy/what-if", Access.POLICY_ADMIN, this::whatIf).takes(NewWhatIf.class),
        Route.get(
            "/v1/policy/what-if/{id}",
            Access.POLICY_ADMIN,
            e -> e.answer(parts.whatIf().find(e.path("id")))),
        Route.delete(
            "/v1/policy/what-if/{id}",
            Access.POLICY_ADMIN,
            e -> e.answer(parts.whatIf().cancel(e.path("id")))),
        Route.post("/v1/policy/rollback", Access.POLICY_ADMIN, this::rollback)
            .takes(PolicyRollback.class),
        Route.get(
            "/v1/policy/drafts",
            Access.POLICY_ADMIN,
            e -> e.answer(new PolicyDraftList(parts.drafts().list()))),
        Route.post("/v1/policy/drafts", Access.POLICY_ADMIN, this::draft)
            .takes(NewPolicyDraft.class),
        Route.get(
            "/v1/policy/drafts/{id}",
            Access.POLICY_ADMIN,
            e -> e.answer(parts.drafts().find(e.path("id")))),
        Route.post("/v1/policy/drafts/{id}", Access.POLICY_ADMIN, this::change)
            .takes(NewPolicyDraft.class),
        Route.delete(
            "/v1/policy/drafts/{id}",
            Access.POLICY_ADMIN,
            e -> e.answer(parts.drafts().discard(e.session().actor(), e.path("id")))),
        Route.post("/v1/policy/drafts/{id}/publication", Access.POLICY_ADMIN, this::publish)
            .takes(PolicyPublication.class)
            .afterFreshSignIn());
  }

  private void publishAlone(Exchange exchange) throws JsonCodec.MalformedJson {
    PolicyDocument document = exchange.body(PolicyDocument.class);
    exchange.answer(
        201,
        parts
            .drafts()
            .publishAlone(exchange.session().actor(), document.yaml(), document.comment()));
  }

  private void version(Exchange exchange) {
    String number = exchange.path("version");
    if (!number.matches("[0-9]{1,18}")) {
      throw Problems.notFound("version of the policy");
    }
    String yaml =
        parts
            .policies()
            .text(Long.parseLong(number))
            .orElseThrow(() -> Problems.notFound("version of the policy"));
    exchange.answer(new PolicyDocument(yaml, ""));
  }

  private void draft(Exchange exchange) throws JsonCodec.MalformedJson {
    NewPolicyDraft wanted = exchange.body(NewPolicyDraft.class);
    PolicyDraft draft =
        parts.drafts().add(exchange.session().actor(), wanted.yaml(), wanted.comment());
    exchange.answer(201, draft);
  }

  private void change(Exchange exchange) throws JsonCodec.MalformedJson {
    NewPolicyDraft wanted = exchange.body(NewPolicyDraft.class);
    exchange.answer(
        parts
            .drafts()
            .change(
                exchange.session().actor(), exchange.path("id"), wanted.yaml(), wanted.comment()));
  }

  private void publish(Exchange exchange) throws JsonCodec.MalformedJson {
    PolicyPublication wanted = exchange.body(PolicyPublication.class);
    exchange.answer(
        201,
        parts
            .drafts()
            .publish(
                exchange.session().actor(),
                exchange.path("id"),
                wanted.revision(),
                wanted.comment()));
  }

  private void whatIf(Exchange exchange) throws JsonCodec.MalformedJson {
    NewWhatIf wanted = exchange.body(NewWhatIf.class);
    exchange.answer(
        201, parts.whatIf().start(exchange.session().actor(), wanted.yaml(), wanted.days()));
  }

  private void rollback(Exchange exchange) throws JsonCodec.MalformedJson {
    PolicyRollback wanted = exchange.body(PolicyRollback.class);
    exchange.answer(
        201,
        parts.drafts().rollback(exchange.session().actor(), wanted.version(), wanted.comment()));
  }
}
