package dev.sluice.server.http;

import dev.sluice.governance.audit.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The description of the interface at `/openapi.json`, made from the table of routes itself, so
/// that no route is missing and none is invented.
final class OpenApi {

  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private OpenApi() {}

  /// OpenAPI 3.1.
  static String of(List<Route> routes) {
    JsonShapes shapes = new JsonShapes();
    Map<String, Object> paths = new TreeMap<>();
    for (Route route : routes) {
      @SuppressWarnings("unchecked")
      Map<String, Object> methods =
          (Map<String, Object>) paths.computeIfAbsent(route.path(), path -> new TreeMap<>());
      methods.put(route.method().name().toLowerCase(Locale.ROOT), operation(route, shapes));
    }
    Map<String, Object> problem =
        Map.of(
            "type",
            "object",
            "required",
            List.of("type", "title", "status", "detail", "code", "blame", "wayOut"),
            "properties",
            Map.of(
                "type", Map.of("type", "string"),
                "title", Map.of("type", "string"),
                "status", Map.of("type", "integer"),
                "detail", Map.of("type", "string"),
                "code", Map.of("type", "string"),
                "blame", Map.of("type", "string"),
                "wayOut", Map.of("type", "string")));
    Map<String, Object> schemas = new TreeMap<>(shapes.records());
    schemas.put("Problem", problem);
    return CanonicalJson.write(
        Map.of(
            "openapi",
            "3.1.0",
            "info",
            Map.of("title", "Sluice server", "version", "1.0.0"),
            "paths",
            paths,
            "components",
            Map.of(
                "schemas",
                schemas,
                "securitySchemes",
                Map.of(
                    "session",
                    Map.of(
                        "type",
                        "apiKey",
                        "in",
                        "header",
                        "name",
                        "Authorization",
                        "description",
                        "\"Sluice\" and a session token, with a proof by the device for each"
                            + " request; or \"Bearer\" and the token of an agent or pipeline.")))));
  }

  private static Map<String, Object> operation(Route route, JsonShapes shapes) {
    Map<String, Object> operation = new TreeMap<>();
    operation.put("operationId", operationId(route));
    operation.put("x-sluice-access", route.access().name());
    operation.put("x-sluice-fresh-sign-in", route.fresh());
    List<Object> parameters = new ArrayList<>();
    Matcher names = PARAMETER.matcher(route.path());
    while (names.find()) {
      parameters.add(
          Map.of(
              "name",
              names.group(1),
              "in",
              "path",
              "required",
              true,
              "schema",
              Map.of("type", "string")));
    }
    for (String name : route.asks()) {
      parameters.add(
          Map.of(
              "name", name, "in", "query", "required", false, "schema", Map.of("type", "string")));
    }
    if (route.takes() != Void.class) {
      operation.put(
          "requestBody",
          Map.of(
              "required",
              true,
              "content",
              Map.of("application/json", Map.of("schema", shapes.of(route.takes())))));
    }
    operation.put("parameters", parameters);
    if (route.access() != Access.ANYBODY) {
      operation.put("security", List.of(Map.of("session", List.of())));
    }
    operation.put(
        "responses",
        Map.of(
            "2XX",
            Map.of("description", "Done."),
            "default",
            Map.of(
                "description",
                "Refused, with the reason and what to do next (RFC 9457).",
                "content",
                Map.of(
                    "application/problem+json",
                    Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))))));
    return operation;
  }

  private static String operationId(Route route) {
    StringBuilder id = new StringBuilder(route.method().name().toLowerCase(Locale.ROOT));
    for (String part : route.path().split("[^A-Za-z0-9]+")) {
      if (!part.isEmpty()) {
        id.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    return id.toString();
  }
}
