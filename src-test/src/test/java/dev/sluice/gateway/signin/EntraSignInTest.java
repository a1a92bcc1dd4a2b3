package dev.sluice.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import dev.sluice.governance.identity.Principal;
import dev.sluice.proof.identity.EntraFront;
import dev.sluice.proof.identity.KeycloakAdmin;
import dev.sluice.proof.identity.KeycloakServer;
import dev.sluice.proof.identity.ScriptedBrowser;
import dev.sluice.proof.identity.SignedInServer;
import dev.sluice.server.directory.IdentityConfig.Graph;
import dev.sluice.server.directory.IdentityConfig.Groups;
import dev.sluice.server.directory.IdentityConfig.Kind;
import dev.sluice.server.directory.IdentityConfig.Provider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// MSAL itself, against Microsoft's addresses, which lead to [EntraFront] and a real Keycloak.
@Tag("slow")
class EntraSignInTest {

  @TempDir static Path folder;
  private static KeycloakServer keycloak;
  private static EntraFront front;
  private static SignedInServer server;

  @BeforeAll
  static void start() throws Exception {
    keycloak = KeycloakServer.running();
    front = new EntraFront(keycloak.issuer());
    Graph graph = new Graph(front.address(), "nightly-export", "a-secret-of-the-tests-only");
    server =
        SignedInServer.start(
            folder,
            SignedInServer.trusting(
                provider("entra", "sluice-entra", Optional.empty()),
                provider("many", "sluice-entra-many", Optional.of(graph)),
                provider("unasked", "sluice-entra-many", Optional.empty())));
  }

  private static Provider provider(String id, String client, Optional<Graph> graph) {
    return new Provider(
        id,
        Kind.ENTRA,
        "Continue with Microsoft",
        keycloak.issuer(),
        client,
        EntraFront.TENANT,
        front.address(),
        List.of(),
        new Groups("groups", "", Map.of("aaaaaaaa-0000-0000-0000-000000000001", "data-owners")),
        Map.of("sluice-admins", Set.of("server-admin")),
        id.equals("entra") ? "sluice-entra-code" : "",
        graph,
        Optional.empty());
  }

  @AfterAll
  static void stop() {
    server.close();
    front.close();
  }

  @AfterEach
  void backInTime() {
    server.goAhead(Duration.ZERO);
  }

  @Test
  void aPersonSignsInThroughMsalAndIsKnownByTenantAndObjectId() throws Exception {
    ScriptedBrowser browser = browser("olga");
    try (HttpServerClient client = signIn("entra", browser)) {
      Principal me = client.me().principal();
      assertThat(me.subject()).matches("[0-9a-f]{8}-[0-9a-f-]{27}");
      assertThat(me.displayName()).isEqualTo("Olga Owner");
      assertThat(me.groups()).containsExactly("data-owners", "sluice-admins");
      assertThat(me.roles()).containsExactly("server-admin");
      assertThat(client.browserSignOut().orElseThrow().toString())
          .startsWith("https://login.microsoftonline.com/" + EntraFront.TENANT)
          .contains("/oauth2/v2.0/logout");
    }
    assertThat(browser.lastPage()).contains("You are signed in.");
  }

  @Test
  void aSessionGoesOnSilentlyUntilTheProviderNoLongerVouches() throws Exception {
    ScriptedBrowser browser = browser("ana");
    try (HttpServerClient client = signIn("entra", browser)) {
      server.goAhead(Duration.ofMinutes(5).plusSeconds(10));
      assertThat(client.connections()).hasSize(1);
      assertThat(browser.forms()).isEqualTo(1);
      new KeycloakAdmin(keycloak).endSessions("ana");
      server.goAhead(Duration.ofMinutes(10).plusSeconds(20));
      assertThat(codeOf(client::connections)).isEqualTo("session-ended");
    }
  }

  @Test
  void signingInAgainAsksForThePasswordEvenWhenTheBrowserKnowsThePerson() throws Exception {
    ScriptedBrowser browser = browser("olga");
    try (HttpServerClient client = signIn("entra", browser)) {
      client.showAgain(
          new FreshSignInPrompt() {
            @Override
            public Optional<char[]> password(String account, Optional<WorkspaceProblem> refused) {
              throw new AssertionError("Entra ID asks in the browser.");
            }

            @Override
            public void inBrowser(URI address, Runnable cancel) {
              browser.visit(address);
            }

            @Override
            public void over() {}
          });
      assertThat(browser.forms()).isEqualTo(2);
    }
  }

  @Test
  void groupsThatDoNotFitIntoATokenAreAskedOfGraph() throws Exception {
    front.graphSays("aaaaaaaa-0000-0000-0000-000000000001", "another-group");
    try (HttpServerClient client = signIn("many", browser("olga"))) {
      assertThat(client.me().principal().groups()).containsExactly("another-group", "data-owners");
    }
  }

  @Test
  void withoutGraphSomebodyInTooManyGroupsIsNotLetIn() {
    assertThat(codeOf(() -> signIn("unasked", browser("olga")))).isEqualTo("groups-unknown");
  }

  @Test
  void aCodeTypedElsewhereSignsInThroughMsal() throws Exception {
    ScriptedBrowser elsewhere = browser("ana");
    try (HttpServerClient client =
        HttpServerClient.signIn(
            server.trust(),
            TrustMemory.inMemory(),
            "entra",
            new EntraCodeSource(
                told("entra"),
                (address, code, until, cancel) ->
                    elsewhere.visit(URI.create(address + "?user_code=" + code)),
                new EntraClient.Wiring(Optional.of(new Redirected()))),
            "test")) {
      assertThat(client.me().principal().displayName()).isEqualTo("Ana Lyst");
      server.goAhead(Duration.ofMinutes(5).plusSeconds(10));
      assertThat(client.connections()).hasSize(1);
    }
    EntraCodeSource given =
        new EntraCodeSource(
            told("entra"),
            (address, code, until, cancel) -> cancel.run(),
            new EntraClient.Wiring(Optional.of(new Redirected())));
    assertThat(codeOf(() -> given.ask(""))).isEqualTo("cancelled");
  }

  @Test
  void aSignInThatIsGivenUpSaysSo() throws Exception {
    EntraSource source = source("entra", (address, cancel) -> cancel.run());
    assertThat(codeOf(() -> source.ask("n".repeat(40)))).isEqualTo("cancelled");
  }

  private static ScriptedBrowser browser(String account) {
    return new ScriptedBrowser(account, KeycloakServer.PASSWORD, front::resolve);
  }

  private static HttpServerClient signIn(String id, ScriptedBrowser browser)
      throws WorkspaceProblem {
    return HttpServerClient.signIn(
        server.trust(),
        TrustMemory.inMemory(),
        id,
        source(id, (address, cancel) -> browser.visit(address)),
        "test");
  }

  /// As the desktop gets it from the server, but with Microsoft's own address: MSAL takes no other.
  private static EntraSource source(String id, BrowserWindow browser) throws WorkspaceProblem {
    return new EntraSource(
        told(id), browser, new EntraClient.Wiring(Optional.of(new Redirected())));
  }

  private static SignInProvider told(String id) throws WorkspaceProblem {
    SignInProvider told =
        HttpServerClient.providers(server.server().address()).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow();
    return new SignInProvider(
        told.id(),
        told.kind(),
        told.label(),
        told.issuer(),
        told.clientId(),
        "https://login.microsoftonline.com",
        told.tenant(),
        told.scopes(),
        told.codeClientId());
  }

  /// Every request of MSAL, sent to where Microsoft's host is in this test.
  private static final class Redirected implements IHttpClient {
    @Override
    public IHttpResponse send(HttpRequest asked) throws Exception {
      java.net.http.HttpRequest.Builder request =
          java.net.http.HttpRequest.newBuilder(front.resolve(asked.url().toURI()));
      asked
          .headers()
          .forEach(
              (name, value) -> {
                if (!name.equalsIgnoreCase("Content-Length")) {
                  request.header(name, value);
                }
              });
      request.method(
          asked.httpMethod().name(),
          asked.body() == null
              ? java.net.http.HttpRequest.BodyPublishers.noBody()
              : java.net.http.HttpRequest.BodyPublishers.ofString(asked.body()));
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
      }
    }
  }

  private record Answer(int statusCode, Map<String, List<String>> headers, String body)
      implements IHttpResponse {}

  private interface Call {
    Object run() throws Exception;
  }

  private static String codeOf(Call call) {
    WorkspaceProblem problem = catchThrowableOfType(WorkspaceProblem.class, call::run);
    return problem == null ? "ok" : problem.code();
  }
}
