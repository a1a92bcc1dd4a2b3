package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.Disowned;
import dev.sluice.governance.codec.wire.NewDisowning;
import dev.sluice.governance.codec.wire.Replay;

/// One entry of my own trail, looked at again. Over a signed-in client.
public final class TrailClient {

  private final HttpServerClient client;

  TrailClient(HttpServerClient client) {
    this.client = client;
  }

  /// The entry as it was then.
  public Replay replay(long sequence) throws WorkspaceProblem {
    return client.get("/v1/timeline/" + sequence + "/replay", Replay.class);
  }

  /// Says that it was not me.
  ///
  /// @param endSessions whether all my sessions end, this one too
  public Disowned disown(long sequence, String comment, boolean endSessions)
      throws WorkspaceProblem {
    return client.post(
        "/v1/timeline/" + sequence + "/disowning",
        new NewDisowning(comment, endSessions),
        Disowned.class);
  }
}
