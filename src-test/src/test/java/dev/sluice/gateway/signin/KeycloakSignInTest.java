package dev.sluice.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.IdTokenSource;
import dev.sluice.gateway.remote.ServiceCredentials;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Problem;
import dev.sluice.governance.codec.wire.SignInProvider;
import dev.sluice.governance.codec.wire.TokenSignIn;
import dev.sluice.governance.identity.Actor;
import dev.sluice.proof.identity.KeycloakAdmin;
import dev.sluice.proof.identity.KeycloakServer;
import dev.sluice.proof.identity.ScriptedBrowser;
import dev.sluice.proof.identity.SignedInServer;
import dev.sluice.server.directory.IdentityConfig.Groups;
import dev.sluice.server.directory.IdentityConfig.Provider;
import dev.sluice.server.directory.IdentityConfig.WorkloadIssuer;
import dev.sluice.server.directory.IdentityConfig.WorkloadRule;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People and programs of a real Keycloak.
@Tag("slow")
class KeycloakSignInTest {

  @TempDir static Path folder;
  private static KeycloakServer keycloak;
  private static SignedInServer server;

  @BeforeAll
  static void start() throws Exception {
    keycloak = KeycloakServer.running();
    Provider provider =
        Provider.oidc(
                "keycloak",
                "Continue with Keycloak",
                keycloak.issuer(),
                "sluice-desktop",
                Groups.in("groups"))
            .withRoles(Map.of("sluice-admins", Set.of("server-admin", "auditor")))
            .withCodes("sluice-code");
    WorkloadIssuer programs =
        new WorkloadIssuer(
            "keycloak-programs",
            keycloak.issuer(),
            "https://sluice.acme.test",
            List.of(
                new WorkloadRule(
                    "pipeline",
                    "nightly export",
                    "",
                    Map.of("azp", Set.of("nightly-export")),
                    Set.of("ci"),
                    List.of("azp"))),
            Optional.empty());
    server =
        SignedInServer.start(
            folder, SignedInServer.trusting(provider).withWorkloads(List.of(programs)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void backInTime() {
    server.goAhead(Duration.ZERO);
  }

  /// Keeps the tokens that went by.
  private static final class Overheard implements IdTokenSource {
    final List<String> tokens = new ArrayList<>();
    private final IdTokenSource source;

    Overheard(IdTokenSource source) {
      this.source = source;
    }

    @Override
    public String ask(String nonce) throws WorkspaceProblem {
      return kept(source.ask(nonce));
    }

    @Override
    public String askAgain(String nonce, BrowserWindow browser) throws WorkspaceProblem {
      return kept(source.askAgain(nonce, browser));
    }

    @Override
    public Optional<URI> browserSignOut() {
      return source.browserSignOut();
    }

    @Override
    public String renew() throws WorkspaceProblem {
      return kept(source.renew());
    }

    private String kept(String token) {
      tokens.add(token);
      return token;
    }

    @Override
    public void signOut() {
      source.signOut();
    }
  }

  @Test
  void aPersonSignsInWithTheirBrowserAndIsWhoTheProviderSays() throws Exception {
    ScriptedBrowser browser = new ScriptedBrowser("olga", KeycloakServer.PASSWORD);
    try (HttpServerClient client = signIn(source(browser))) {
      Actor me = client.me();
      assertThat(me).isInstanceOf(Actor.Person.class);
      assertThat(me.principal().issuer()).isEqualTo(keycloak.issuer());
      assertThat(me.principal().displayName()).isEqualTo("Olga Owner");
      assertThat(me.principal().groups()).containsExactly("data-owners", "sluice-admins");
      assertThat(me.principal().roles()).containsExactly("auditor", "server-admin");
      assertThat(client.connections()).hasSize(1);
    }
    assertThat(browser.lastPage()).contains("You are signed in.");
  }

  @Test
  void aTokenIsTakenOnceAndOnlyFromTheDeviceItWasIssuedFor() throws Exception {
    Overheard overheard = new Overheard(source(new ScriptedBrowser("ana", "correct horse")));
    try (HttpServerClient client = signIn(overheard)) {
      assertThat(client.me().principal().groups()).containsExactly("analysts");
    }
    String token = overheard.tokens.getFirst();
    String thief =
        Base64.getEncoder()
            .encodeToString(
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded());
    assertThat(exchange(new TokenSignIn("keycloak", token, "x".repeat(20), thief, "thief")))
        .isEqualTo("token-refused");
    assertThat(exchange(new TokenSignIn("elsewhere", token, "x".repeat(20), thief, "thief")))
        .isEqualTo("token-refused");

    String own = Base64.getEncoder().encodeToString(deviceKey());
    String salt = "y".repeat(20);
    String fresh =
        source(new ScriptedBrowser("ana", "correct horse")).ask(TokenSignIn.nonce(salt, own));
    TokenSignIn first = new TokenSignIn("keycloak", fresh, salt, own, "test");
    assertThat(exchange(first)).isEqualTo("201");
    assertThat(exchange(first)).isEqualTo("token-replayed");
  }

  @Test
  void aSessionGoesOnSilentlyAndLosesWhatTheProviderTookAway() throws Exception {
    ScriptedBrowser browser = new ScriptedBrowser("olga", KeycloakServer.PASSWORD);
    Overheard overheard = new Overheard(source(browser));
    KeycloakAdmin admin = new KeycloakAdmin(keycloak);
    try (HttpServerClient client = signIn(overheard)) {
      admin.leave("olga", "sluice-admins");
      try {
        server.goAhead(Duration.ofMinutes(5).plusSeconds(10));
        assertThat(client.connections()).hasSize(1);
        assertThat(overheard.tokens).hasSize(2);
        assertThat(browser.forms()).isEqualTo(1);
        assertThat(codeOf(() -> client.identities().list())).isEqualTo("forbidden");
      } finally {
        admin.join("olga", "sluice-admins");
      }
    }
  }

  @Test
  void aSessionEndsWhenTheProviderNoLongerVouches() throws Exception {
    try (HttpServerClient client =
        signIn(source(new ScriptedBrowser("ana", KeycloakServer.PASSWORD)))) {
      new KeycloakAdmin(keycloak).endSessions("ana");
      server.goAhead(Duration.ofMinutes(5).plusSeconds(10));
      assertThat(codeOf(client::connections)).isEqualTo("session-ended");
    }
  }

  @Test
  void signingInAgainAsksForThePasswordEvenWhenTheBrowserKnowsThePerson() throws Exception {
    ScriptedBrowser browser = new ScriptedBrowser("olga", KeycloakServer.PASSWORD);
    try (HttpServerClient client = signIn(source(browser))) {
      assertThat(browser.forms()).isEqualTo(1);
      client.showAgain(in(browser));
      assertThat(browser.forms()).isEqualTo(2);
    }
  }

  @Test
  void signingOutInTheBrowserMakesTheProviderForgetThePerson() throws Exception {
    ScriptedBrowser browser = new ScriptedBrowser("olga", KeycloakServer.PASSWORD);
    URI page;
    try (HttpServerClient client = signIn(source(browser))) {
      assertThat(browser.forms()).isEqualTo(1);
      page = client.browserSignOut().orElseThrow();
    }
    browser.visit(page);
    for (int i = 0; i < 200 && !browser.lastPage().contains("You are logged out"); i++) {
      Thread.sleep(100);
    }
    assertThat(browser.lastPage()).contains("You are logged out");
    signIn(source(browser)).close();
    assertThat(browser.forms()).isEqualTo(2);
  }

  private static FreshSignInPrompt in(ScriptedBrowser browser) {
    return new FreshSignInPrompt() {
      @Override
      public Optional<char[]> password(String account, Optional<WorkspaceProblem> refused) {
        throw new AssertionError("A provider's people have no password here.");
      }

      @Override
      public void inBrowser(URI address, Runnable cancel) {
        browser.visit(address);
      }

      @Override
      public void over() {}
    };
  }

  @Test
  void aTokenForAnotherApplicationOfTheSameProviderIsRefused() throws Exception {
    String own = Base64.getEncoder().encodeToString(deviceKey());
    SignInProvider desktop = provider();
    String access = new KeycloakAdmin(keycloak).clientCredentials("nightly-export", SECRET);
    assertThat(exchange(new TokenSignIn(desktop.id(), access, "z".repeat(20), own, "test")))
        .isEqualTo("token-refused");
  }

  @Test
  void aCodeTypedElsewhereSignsInAndGoesOnButDecidesNothing() throws Exception {
    ScriptedBrowser elsewhere = new ScriptedBrowser("olga", KeycloakServer.PASSWORD);
    List<String> codes = new CopyOnWriteArrayList<>();
    OidcCodeSource source =
        new OidcCodeSource(
            provider(),
            (address, code, until, cancel) -> {
              codes.add(code);
              elsewhere.visit(address);
            });
    try (HttpServerClient client = signIn(source)) {
      assertThat(codes).hasSize(1);
      assertThat(client.me().principal().groups()).containsExactly("data-owners", "sluice-admins");
      assertThat(elsewhere.forms()).isEqualTo(1);
      // Deciding needs somebody who has shown at this device who they are.
      assertThat(codeOf(() -> client.review("0".repeat(32), Review.Verdict.APPROVE, "")))
          .isEqualTo("fresh-sign-in");
      server.goAhead(Duration.ofMinutes(5).plusSeconds(10));
      assertThat(client.connections()).hasSize(1);
      new KeycloakAdmin(keycloak).endSessions("olga");
      server.goAhead(Duration.ofMinutes(10).plusSeconds(20));
      assertThat(codeOf(client::connections)).isEqualTo("session-ended");
    } finally {
      server.goAhead(Duration.ZERO);
    }
  }

  @Test
  void aCodeThatIsGivenUpOrNotOfferedSaysSo() throws Exception {
    OidcCodeSource given =
        new OidcCodeSource(provider(), (address, code, until, cancel) -> cancel.run());
    assertThat(codeOf(() -> given.ask(""))).isEqualTo("cancelled");
    SignInProvider told = provider();
    OidcCodeSource refused =
        new OidcCodeSource(
            new SignInProvider(
                told.id(),
                told.kind(),
                told.label(),
                told.issuer(),
                told.clientId(),
                told.authority(),
                told.tenant(),
                told.scopes(),
                told.clientId()),
            (address, code, until, cancel) -> {});
    // The desktop's own client has no such grant: nobody can get a token of it by a code.
    assertThat(codeOf(() -> refused.ask(""))).isEqualTo("provider-refused");
  }

  @Test
  void aTokenOfTheDesktopWithoutItsNonceIsRefusedAlsoWhereCodesAreOffered() throws Exception {
    String key = Base64.getEncoder().encodeToString(deviceKey());
    ScriptedBrowser browser = new ScriptedBrowser("ana", KeycloakServer.PASSWORD);
    String token = source(browser).ask(TokenSignIn.nonce("another salt of the tests", key));
    assertThat(
            exchange(
                new TokenSignIn(provider().id(), token, "a salt that is not that", key, "test")))
        .isEqualTo("token-refused");
  }

  @Test
  void aSignInThatIsCancelledOrDeniedSaysSo() throws Exception {
    OidcSource cancelled = new OidcSource(provider(), (address, cancel) -> cancel.run());
    assertThat(codeOf(() -> cancelled.ask("n".repeat(40)))).isEqualTo("cancelled");
  }

  @Test
  void aProgramOfTheProviderGetsABearerTokenForItsToken() throws Exception {
    KeycloakAdmin admin = new KeycloakAdmin(keycloak);
    ServiceCredentials.IssuedToken credentials =
        new ServiceCredentials.IssuedToken(
            () -> {
              try {
                return admin.clientCredentials("nightly-export", SECRET);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    try (HttpServerClient client =
        HttpServerClient.signIn(server.trust(), TrustMemory.inMemory(), credentials)) {
      assertThat(client.me()).isInstanceOf(Actor.Pipeline.class);
      assertThat(client.me().principal().groups()).containsExactly("ci");
      assertThat(client.me().labels()).containsEntry("azp", "nightly-export");
      assertThat(codeOf(client::inbox)).isEqualTo("forbidden");
    }
  }

  private static final String SECRET = "a-secret-of-the-tests-only";

  private static HttpServerClient signIn(IdTokenSource source) throws WorkspaceProblem {
    return HttpServerClient.signIn(
        server.trust(), TrustMemory.inMemory(), "keycloak", source, "test");
  }

  private static OidcSource source(ScriptedBrowser browser) throws WorkspaceProblem {
    return new OidcSource(provider(), (address, cancel) -> browser.visit(address));
  }

  private static SignInProvider provider() throws WorkspaceProblem {
    return HttpServerClient.providers(server.server().address()).getFirst();
  }

  private static byte[] deviceKey() throws Exception {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
  }

  private static String exchange(TokenSignIn wanted) throws Exception {
    HttpResponse<String> answer =
        server.post("/v1/sessions/exchange", "application/json", JsonCodec.write(wanted));
    return answer.statusCode() < 400
        ? String.valueOf(answer.statusCode())
        : JsonCodec.read(answer.body(), Problem.class).code();
  }

  private interface Call {
    Object run() throws Exception;
  }

  private static String codeOf(Call call) {
    WorkspaceProblem problem = catchThrowableOfType(WorkspaceProblem.class, call::run);
    return problem == null ? "ok" : problem.code();
  }
}
