package dev.sluice.gateway.signin;

import com.microsoft.aad.msal4j.DeviceCode;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import dev.sluice.gateway.remote.IdTokenSource;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.CodeWindow;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Microsoft Entra ID through MSAL, by a code that the person types into a browser on any machine.
/// The tokens are of a client of its own and carry no nonce. Who must show again who they are does
/// it in a browser here.
final class EntraCodeSource implements IdTokenSource {

  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final SignInProvider provider;
  private final CodeWindow window;
  private final EntraClient.Wiring wiring;
  private final EntraClient client;

  EntraCodeSource(SignInProvider provider, CodeWindow window, EntraClient.Wiring wiring)
      throws WorkspaceProblem {
    this.provider = provider;
    this.window = window;
    this.wiring = wiring;
    this.client = new EntraClient(provider, provider.codeClientId(), wiring);
  }

  @Override
  public String ask(String nonce) throws WorkspaceProblem {
    CompletableFuture<CompletableFuture<IAuthenticationResult>> running = new CompletableFuture<>();
    running.complete(
        client.start(
            application ->
                application.acquireToken(
                    DeviceCodeFlowParameters.builder(client.scopes(), code -> show(code, running))
                        .build())));
    return client.await(running.join(), LONGEST, SignInProblems.codeTooLate());
  }

  private void show(
      DeviceCode code, CompletableFuture<CompletableFuture<IAuthenticationResult>> running) {
    window.show(
        URI.create(code.verificationUri()),
        code.userCode(),
        Instant.now().plusSeconds(code.expiresIn()),
        () -> running.thenAccept(signIn -> signIn.cancel(true)));
  }

  @Override
  public String askAgain(String nonce, BrowserWindow browser) throws WorkspaceProblem {
    return new EntraSource(provider, browser, wiring).askAgain(nonce, browser);
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
