package dev.sluice.cli.pipeline;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.ServiceCredentials;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Signs a pipeline in with what its environment holds, in this order: a client secret
/// (`SLUICE_CLIENT_ID`, `SLUICE_CLIENT_SECRET`), a token of the CI system (`SLUICE_ID_TOKEN_FILE`,
/// `SLUICE_ID_TOKEN`, or GitHub's `ACTIONS_ID_TOKEN_REQUEST_URL`), an account (`SLUICE_ACCOUNT`,
/// `SLUICE_PASSWORD`).
public final class PipelineLogin {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, String> environment;

  public PipelineLogin(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// Whoever the environment names, for a state folder; never a secret.
  public String name() {
    return has("SLUICE_CLIENT_ID")
        ? get("SLUICE_CLIENT_ID")
        : has("SLUICE_ACCOUNT") ? get("SLUICE_ACCOUNT") : "ci";
  }

  public ServerClient signIn(ServerTrust trust, TrustMemory memory) throws WorkspaceProblem {
    if (has("SLUICE_CLIENT_ID") && has("SLUICE_CLIENT_SECRET")) {
      return HttpServerClient.signIn(
          trust,
          memory,
          new ServiceCredentials.Secret(get("SLUICE_CLIENT_ID"), get("SLUICE_CLIENT_SECRET")));
    }
    if (has("SLUICE_ID_TOKEN_FILE")
        || has("SLUICE_ID_TOKEN")
        || has("ACTIONS_ID_TOKEN_REQUEST_URL")) {
      return HttpServerClient.signIn(
          trust, memory, new ServiceCredentials.IssuedToken(() -> token(trust.address())));
    }
    if (has("SLUICE_ACCOUNT") && has("SLUICE_PASSWORD")) {
      return HttpServerClient.signIn(
          trust,
          memory,
          get("SLUICE_ACCOUNT"),
          get("SLUICE_PASSWORD").toCharArray(),
          "pipeline 1.0.0");
    }
    throw new WorkspaceProblem(
        "not-signed-in",
        WorkspaceProblem.Blame.USER,
        "The environment names nobody to sign in with.",
        "Set SLUICE_CLIENT_ID and SLUICE_CLIENT_SECRET, or SLUICE_ID_TOKEN_FILE.");
  }

  private String token(URI audience) {
    try {
      if (has("SLUICE_ID_TOKEN_FILE")) {
        return Files.readString(Path.of(get("SLUICE_ID_TOKEN_FILE"))).strip();
      }
      return has("SLUICE_ID_TOKEN") ? get("SLUICE_ID_TOKEN") : gitHubToken(audience);
    } catch (IOException e) {
      throw new UncheckedIOException("The CI system's token cannot be had.", e);
    }
  }

  private String gitHubToken(URI audience) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    get("ACTIONS_ID_TOKEN_REQUEST_URL")
                        + "&audience="
                        + URLEncoder.encode(audience.toString(), StandardCharsets.UTF_8)))
            .header("Authorization", "Bearer " + get("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))
            .timeout(PATIENCE)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return JsonMapper.builder().build().readTree(answer.body()).path("value").asString("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted.", e);
    }
  }

  private boolean has(String name) {
    return !get(name).isBlank();
  }

  private String get(String name) {
    return environment.getOrDefault(name, "");
  }
}
