package dev.sluice.server.http;

import dev.sluice.server.directory.Session;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.function.Consumer;

/// One way in.
///
/// @param method HTTP method
/// @param path with `{names}`
/// @param access who may
/// @param handler what it does
/// @param takes the record that its body is; `Void` where it has none, or none that is one
/// @param asks names of the query parameters it looks at
/// @param fresh whether the caller must have signed in lately
/// @param tooLarge hears of a caller whose body was not taken, before the refusal goes out
public record Route(
    HandlerType method,
    String path,
    Access access,
    RouteHandler handler,
    Class<?> takes,
    List<String> asks,
    boolean fresh,
    Consumer<Session> tooLarge) {

  private static Route of(HandlerType method, String path, Access access, RouteHandler handler) {
    return new Route(method, path, access, handler, Void.class, List.of(), false, session -> {});
  }

  Route whenTooLarge(Consumer<Session> listener) {
    return new Route(method, path, access, handler, takes, asks, fresh, listener);
  }

  /// The same, whose body is one such record. Its handler can read no other.
  Route takes(Class<?> body) {
    return new Route(method, path, access, handler, body, asks, fresh, tooLarge);
  }

  /// The same, with query parameters. Its handler can read no others.
  Route asks(String... parameters) {
    return new Route(method, path, access, handler, takes, List.of(parameters), fresh, tooLarge);
  }

  /// The same, only for people who signed in lately: a window left open must not do it.
  Route afterFreshSignIn() {
    return new Route(method, path, access, handler, takes, asks, true, tooLarge);
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
