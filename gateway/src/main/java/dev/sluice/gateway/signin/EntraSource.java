package dev.sluice.gateway.signin;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.InteractiveRequestParameters;
import com.microsoft.aad.msal4j.Prompt;
import com.microsoft.aad.msal4j.SystemBrowserOptions;
import dev.sluice.gateway.remote.IdTokenSource;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Microsoft Entra ID through MSAL: the system's browser, then silent renewal.
final class EntraSource implements IdTokenSource {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BrowserWindow browser;
  private final EntraClient client;

  EntraSource(SignInProvider provider, BrowserWindow browser, EntraClient.Wiring wiring)
      throws WorkspaceProblem {
    this.browser = browser;
    this.client = new EntraClient(provider, provider.clientId(), wiring);
  }

  @Override
  public String ask(String nonce) throws WorkspaceProblem {
    return ask(nonce, false, browser);
  }

  @Override
  public String askAgain(String nonce, BrowserWindow shown) throws WorkspaceProblem {
    return ask(nonce, true, shown);
  }

  private String ask(String nonce, boolean again, BrowserWindow shown) throws WorkspaceProblem {
    CompletableFuture<IAuthenticationResult>[] running = future();
    SystemBrowserOptions options =
        SystemBrowserOptions.builder()
            .htmlMessageSuccess("You are signed in. You can close this page and go back to Sluice.")
            .htmlMessageError("The sign-in did not work. Go back to Sluice and start it again.")
            .openBrowserAction(
                address -> shown.open(URI.create(address.toString()), () -> cancel(running)))
            .build();
    try {
      InteractiveRequestParameters.InteractiveRequestParametersBuilder request =
          InteractiveRequestParameters.builder(new URI("http://localhost"))
              .scopes(client.scopes())
              .systemBrowserOptions(options)
              .extraQueryParameters(
                  again ? Map.of("nonce", nonce, "max_age", "0") : Map.of("nonce", nonce));
      if (again) {
        request.prompt(Prompt.LOGIN);
      }
      client.start(
          application -> {
            running[0] = application.acquireToken(request.build());
            return running[0];
          });
      return client.await(running[0], PATIENCE, SignInProblems.tooLate());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static CompletableFuture<IAuthenticationResult>[] future() {
    return new CompletableFuture[1];
  }

  private static void cancel(CompletableFuture<IAuthenticationResult>[] running) {
    if (running[0] != null) {
      running[0].cancel(true);
    }
  }

  @Override
  public String renew() throws WorkspaceProblem {
    return client.renew();
  }

  @Override
  public Optional<URI> browserSignOut() {
    return client.browserSignOut();
  }

  @Override
  public void signOut() {
    client.signOut();
  }
}
