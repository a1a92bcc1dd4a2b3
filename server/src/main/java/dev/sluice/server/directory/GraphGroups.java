package dev.sluice.server.directory;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.IdentityConfig.Graph;
import dev.sluice.server.directory.IdentityConfig.Provider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Asks Microsoft Graph for the groups of somebody who is in more than fit into a token. Needs the
/// application permission `GroupMember.Read.All`.
final class GraphGroups {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Provider provider;
  private final Graph graph;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  GraphGroups(Provider provider, Graph graph) {
    this.provider = provider;
    this.graph = graph;
  }

  /// @param person object id
  /// @return ids of groups, also of those that hold others
  Set<String> of(String person) {
    if (!person.matches("[A-Za-z0-9-]{1,80}")) {
      throw Problems.tokenRefused("It does not say who you are.");
    }
    Map<?, ?> answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(graph.address() + "/v1.0/users/" + person + "/getMemberGroups"))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"securityEnabledOnly\":false}")));
    if (!(answer.get("value") instanceof Collection<?> ids)) {
      throw unreachable();
    }
    Set<String> groups = new TreeSet<>();
    ids.forEach(id -> groups.add(String.valueOf(id)));
    return groups;
  }

  private String token() {
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(graph.clientId())
            + "&client_secret="
            + encoded(graph.secret())
            + "&scope="
            + encoded(graph.address() + "/.default");
    Map<?, ?> answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        provider.authority() + "/" + provider.tenant() + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    if (!(answer.get("access_token") instanceof String token)) {
      throw unreachable();
    }
    return token;
  }

  private Map<?, ?> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw unreachable();
      }
      return JsonCodec.read(answer.body(), Map.class);
    } catch (IOException | JsonCodec.MalformedJson e) {
      throw unreachable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable();
    }
  }

  private RuntimeException unreachable() {
    return Problems.groupsUnknown(
        "Microsoft Graph does not tell which groups you are in.",
        "Try again in a minute; if it stays so, a server administrator checks the graph section of"
            + " the configuration.");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
