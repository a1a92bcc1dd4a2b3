package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import io.javalin.http.Context;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One request and its answer.
public final class Exchange {

  private final Context context;
  private final @Nullable Session session;
  private final byte[] body;
  private final Route route;

  /// @param route what the interface's description says of the request: nothing else is read
  Exchange(Context context, @Nullable Session session, byte[] body, Route route) {
    this.route = route;
    this.context = context;
    this.session = session;
    this.body = body;
  }

  /// The caller's session.
  public Session session() {
    if (session == null) {
      throw Problems.notSignedIn();
    }
    return session;
  }

  /// The body as one such record, nothing more and nothing less.
  public <T> T body(Class<T> type) throws JsonCodec.MalformedJson {
    if (type != route.takes()) {
      throw new IllegalStateException(route.path() + " does not say that it takes " + type + ".");
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(body)).toString();
      return JsonCodec.read(text, type);
    } catch (CharacterCodingException e) {
      throw Problems.malformed("The body is not UTF-8.");
    }
  }

  byte[] bodyBytes() {
    return body;
  }

  public String path(String name) {
    return context.pathParam(name);
  }

  /// The path parameter, or another text where the path has none of that name.
  String pathOr(String name, String otherwise) {
    return context.pathParamMap().getOrDefault(name, otherwise);
  }

  public String query(String name, String otherwise) {
    String value = parameter(name);
    return value == null ? otherwise : value;
  }

  private @Nullable String parameter(String name) {
    if (!route.asks().contains(name)) {
      throw new IllegalStateException(route.path() + " does not say that it asks " + name + ".");
    }
    return context.queryParam(name);
  }

  public long number(String name, long otherwise) {
    String value = parameter(name);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw Problems.malformed("The parameter \"" + name + "\" is not a whole number.");
    }
  }

  String header(String name) {
    String value = context.header(name);
    return value == null ? "" : value;
  }

  /// The address the request came from.
  String remote() {
    return context.req().getRemoteAddr();
  }

  Context context() {
    return context;
  }

  public void answer(Object value) {
    answer(200, value);
  }

  public void answer(int status, Object value) {
    context.status(status).contentType("application/json").result(JsonCodec.write(value));
  }

  public void nothing() {
    context.status(204);
  }
}
