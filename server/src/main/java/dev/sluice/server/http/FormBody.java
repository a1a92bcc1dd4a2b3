package dev.sluice.server.http;

import dev.sluice.server.Problems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The parameters of a token request (RFC 6749, appendix B), each at most once.
final class FormBody {

  private final Map<String, String> values;

  private FormBody(Map<String, String> values) {
    this.values = values;
  }

  /// @throws dev.sluice.server.ServerProblem `invalid_request`
  static FormBody of(Exchange exchange) {
    if (!exchange.header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
      throw invalid("The body is application/x-www-form-urlencoded.");
    }
    Map<String, String> values = new LinkedHashMap<>();
    String text = new String(exchange.bodyBytes(), StandardCharsets.UTF_8);
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int split = pair.indexOf('=');
      String name = decoded(split < 0 ? pair : pair.substring(0, split));
      if (values.put(name, split < 0 ? "" : decoded(pair.substring(split + 1))) != null) {
        throw invalid("A parameter stands there twice.");
      }
    }
    return new FormBody(values);
  }

  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /// Name and password of `Authorization: Basic`, both form-encoded (RFC 6749, section 2.3.1).
  static Optional<Basic> basic(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(6).strip()),
              StandardCharsets.UTF_8);
      int split = pair.indexOf(':');
      return split < 0
          ? Optional.empty()
          : Optional.of(
              new Basic(decoded(pair.substring(0, split)), decoded(pair.substring(split + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// A client's name and secret.
  record Basic(String name, String secret) {
    @Override
    public String toString() {
      return "Basic[" + name + "]";
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("A parameter is not form-encoded.");
    }
  }

  static RuntimeException invalid(String detail) {
    return Problems.oauth("invalid_request", detail, "Send a token request of RFC 6749.");
  }
}
