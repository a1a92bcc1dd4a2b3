package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers requests that never reach a route, such as one that is not HTTP, as problem details like
/// all others. What the web server found wrong is not repeated: it would say what it is.
final class EarlyProblems extends ErrorHandler {

  static final String TYPE = "application/problem+json";

  /// For every method: who sent something strange is told why all the same.
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    byte[] body =
        JsonCodec.write(Gate.problem(Problems.beforeRoute(status)))
            .getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
