package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.NewPolicyDraft;
import dev.sluice.governance.codec.wire.NewWhatIf;
import dev.sluice.governance.codec.wire.PolicyComparison;
import dev.sluice.governance.codec.wire.PolicyDocument;
import dev.sluice.governance.codec.wire.PolicyDraft;
import dev.sluice.governance.codec.wire.PolicyDraftList;
import dev.sluice.governance.codec.wire.PolicyHistory;
import dev.sluice.governance.codec.wire.PolicyPublication;
import dev.sluice.governance.codec.wire.PolicyRollback;
import dev.sluice.governance.codec.wire.PolicyTestReport;
import dev.sluice.governance.codec.wire.SignedPolicy;
import dev.sluice.governance.codec.wire.WhatIfReport;
import java.util.List;

/// Drafting, testing, comparing and publishing policies, over a signed-in client.
public final class PolicyClient {

  private final HttpServerClient client;

  PolicyClient(HttpServerClient client) {
    this.client = client;
  }

  public List<PolicyDraft> drafts() throws WorkspaceProblem {
    return client.get("/v1/policy/drafts", PolicyDraftList.class).drafts();
  }

  public PolicyDraft find(String id) throws WorkspaceProblem {
    return client.get(path(id), PolicyDraft.class);
  }

  public PolicyDraft draft(String yaml, String comment) throws WorkspaceProblem {
    return client.post("/v1/policy/drafts", new NewPolicyDraft(yaml, comment), PolicyDraft.class);
  }

  public PolicyDraft change(String id, String yaml, String comment) throws WorkspaceProblem {
    return client.post(path(id), new NewPolicyDraft(yaml, comment), PolicyDraft.class);
  }

  public void discard(String id) throws WorkspaceProblem {
    client.tell("DELETE", path(id), null);
  }

  /// Puts a draft in force, as it was looked at; the signature of what came of it is checked.
  public VerifiedPolicy publish(PolicyDraft seen, String comment) throws WorkspaceProblem {
    return client.verified(
        client.post(
            path(seen.id()) + "/publication",
            new PolicyPublication(seen.revision(), comment),
            SignedPolicy.class));
  }

  public PolicyDraft rollback(long version, String comment) throws WorkspaceProblem {
    return client.post(
        "/v1/policy/rollback", new PolicyRollback(version, comment), PolicyDraft.class);
  }

  public PolicyTestReport test(String yaml) throws WorkspaceProblem {
    return client.post("/v1/policy/tests", new NewPolicyDraft(yaml, ""), PolicyTestReport.class);
  }

  public PolicyComparison compare(String yaml) throws WorkspaceProblem {
    return client.post(
        "/v1/policy/comparison", new NewPolicyDraft(yaml, ""), PolicyComparison.class);
  }

  /// Begins to replay what was run in the last days against a policy.
  public WhatIfReport whatIf(String yaml, int days) throws WorkspaceProblem {
    return client.post("/v1/policy/what-if", new NewWhatIf(yaml, days), WhatIfReport.class);
  }

  /// How far a replay is, and what it has found.
  public WhatIfReport whatIf(String id) throws WorkspaceProblem {
    return client.get("/v1/policy/what-if/" + HttpServerClient.encoded(id), WhatIfReport.class);
  }

  public void cancelWhatIf(String id) throws WorkspaceProblem {
    client.tell("DELETE", "/v1/policy/what-if/" + HttpServerClient.encoded(id), null);
  }

  public List<PolicyHistory.Version> history() throws WorkspaceProblem {
    return client.get("/v1/policy/history", PolicyHistory.class).versions();
  }

  /// The exact text of a version.
  public String text(long version) throws WorkspaceProblem {
    return client.get("/v1/policy/versions/" + version, PolicyDocument.class).yaml();
  }

  private static String path(String id) {
    return "/v1/policy/drafts/" + HttpServerClient.encoded(id);
  }
}
