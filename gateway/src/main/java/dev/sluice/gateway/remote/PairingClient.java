package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.AgentActivity;
import dev.sluice.governance.codec.wire.AgentList;
import dev.sluice.governance.codec.wire.ConfirmEach;
import dev.sluice.governance.codec.wire.ConfirmationAnswer;
import dev.sluice.governance.codec.wire.Revocation;
import java.util.List;

/// Watching over one's own agents, over a signed-in client. The server knows nobody else's.
public final class PairingClient {

  private final HttpServerClient client;

  PairingClient(HttpServerClient client) {
    this.client = client;
  }

  /// My agents that were here within a day, or of which I have said something.
  public List<AgentList.Agent> agents() throws WorkspaceProblem {
    return client.get("/v1/agents", AgentList.class).agents();
  }

  /// What an agent did, newest first.
  public AgentActivity activity(String agentId) throws WorkspaceProblem {
    return client.get(path(agentId) + "/activity?limit=100", AgentActivity.class);
  }

  /// Ends every session of an agent and what runs in them, and lets none begin.
  ///
  /// @param reason read by whoever runs the agent; may be empty
  public void stop(String agentId, String reason) throws WorkspaceProblem {
    client.tell("POST", path(agentId) + "/stop", new Revocation(reason));
  }

  /// Lets a stopped agent begin sessions again.
  public void resume(String agentId) throws WorkspaceProblem {
    client.tell("DELETE", path(agentId) + "/stop", null);
  }

  /// Has each statement of an agent wait for my word.
  ///
  /// @param seconds how long, 5 to 600; 0 to have none wait
  public void confirmEach(String agentId, int seconds) throws WorkspaceProblem {
    client.tell("POST", path(agentId) + "/confirm-each", new ConfirmEach(seconds));
  }

  /// My word on a statement that waits.
  ///
  /// @param answer `confirm`, `decline`, `take-over`
  public void answer(String waitingId, String answer) throws WorkspaceProblem {
    client.tell(
        "POST",
        "/v1/agent-confirmations/" + HttpServerClient.encoded(waitingId),
        new ConfirmationAnswer(answer));
  }

  private static String path(String agentId) {
    return "/v1/agents/" + HttpServerClient.encoded(agentId);
  }
}
