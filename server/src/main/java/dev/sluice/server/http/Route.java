package dev.sluice.server.http;

import io.javalin.http.HandlerType;

/// One way in.
///
/// @param method HTTP method
/// @param path with `{names}`
/// @param access who may
/// @param handler what it does
public record Route(HandlerType method, String path, Access access, RouteHandler handler) {

  static Route get(String path, Access access, RouteHandler handler) {
    return new Route(HandlerType.GET, path, access, handler);
  }

  static Route post(String path, Access access, RouteHandler handler) {
    return new Route(HandlerType.POST, path, access, handler);
  }

  static Route delete(String path, Access access, RouteHandler handler) {
    return new Route(HandlerType.DELETE, path, access, handler);
  }
}
