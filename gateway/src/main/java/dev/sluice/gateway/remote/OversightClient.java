package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.LabelReport;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.NewWriteFreeze;
import dev.sluice.governance.codec.wire.Revocation;
import dev.sluice.governance.codec.wire.WriteFreeze;
import dev.sluice.governance.codec.wire.WriteFreezeList;
import java.util.List;

/// Watching over a server, over a signed-in client.
public final class OversightClient {

  private static final int PATIENCE = 8_000;

  private final HttpServerClient client;

  OversightClient(HttpServerClient client) {
    this.client = client;
  }

  /// What happens now.
  public LiveReport live() throws WorkspaceProblem {
    return client.get("/v1/live", LiveReport.class);
  }

  /// What happens now, as soon as something has happened since a report, at the latest after some
  /// seconds.
  public LiveReport liveAfter(long place) throws WorkspaceProblem {
    return client.get("/v1/live?after=" + place + "&wait=" + PATIENCE, LiveReport.class);
  }

  /// What statements with a label did.
  ///
  /// @param label such as `workflow`
  /// @param hours how far back
  public LabelReport labels(String label, long hours) throws WorkspaceProblem {
    return client.get(
        "/v1/live/labels?label=" + HttpServerClient.encoded(label) + "&hours=" + hours,
        LabelReport.class);
  }

  /// The freezes that hold now; everybody may ask.
  public List<WriteFreeze> freezes() throws WorkspaceProblem {
    return client.get("/v1/freezes", WriteFreezeList.class).freezes();
  }

  /// Freezes all writes for a while.
  public WriteFreeze freeze(NewWriteFreeze wanted) throws WorkspaceProblem {
    return client.post("/v1/freezes", wanted, WriteFreeze.class);
  }

  public void lift(String freezeId) throws WorkspaceProblem {
    client.tell("DELETE", "/v1/freezes/" + HttpServerClient.encoded(freezeId), null);
  }

  /// Ends somebody's session; what they run now is stopped.
  public void endSession(String sessionId, String reason) throws WorkspaceProblem {
    client.tell(
        "POST",
        "/v1/live/sessions/" + HttpServerClient.encoded(sessionId) + "/end",
        new Revocation(reason));
  }
}
