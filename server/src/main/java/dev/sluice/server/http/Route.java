package dev.sluice.server.http;

import dev.sluice.server.directory.Session;
import io.javalin.http.HandlerType;
import java.util.function.Consumer;

/// One way in.
///
/// @param method HTTP method
/// @param path with `{names}`
/// @param access who may
/// @param handler what it does
/// @param tooLarge hears of a caller whose body was not taken, before the refusal goes out
public record Route(
    HandlerType method,
    String path,
    Access access,
    RouteHandler handler,
    Consumer<Session> tooLarge) {

  private static Route of(HandlerType method, String path, Access access, RouteHandler handler) {
    return new Route(method, path, access, handler, session -> {});
  }

  Route whenTooLarge(Consumer<Session> listener) {
    return new Route(method, path, access, handler, listener);
  }

  static Route get(String path, Access access, RouteHandler handler) {
    return of(HandlerType.GET, path, access, handler);
  }

  static Route post(String path, Access access, RouteHandler handler) {
    return of(HandlerType.POST, path, access, handler);
  }

  static Route delete(String path, Access access, RouteHandler handler) {
    return of(HandlerType.DELETE, path, access, handler);
  }
}
