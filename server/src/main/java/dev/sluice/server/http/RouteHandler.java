package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;

/// What a route does, after its rule let the caller in.
public interface RouteHandler {
  void handle(Exchange exchange) throws JsonCodec.MalformedJson;
}
