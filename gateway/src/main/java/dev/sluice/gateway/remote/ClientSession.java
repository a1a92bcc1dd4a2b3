package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.identity.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// What lets requests in. Safe for use by many threads.
interface ClientSession {

  Actor me();

  /// The server's time, as far as it said what time it is.
  ServerTime time();

  boolean isEnded();

  void end();

  /// Sends a request; renews the token and repeats it when that is what is missing.
  HttpResponse<String> send(String method, String path, byte[] body, Duration patience)
      throws WorkspaceProblem;

  /// The headers of a request with an empty body that is sent right after this call.
  Map<String, String> streamHeaders(String path) throws WorkspaceProblem;

  /// Takes what an answer says for the next request.
  void takeNonce(HttpResponse<?> answer);
}
