package dev.sluice.gateway.signin;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.InteractiveRequestParameters;
import com.microsoft.aad.msal4j.MsalInteractionRequiredException;
import com.microsoft.aad.msal4j.Prompt;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.SystemBrowserOptions;
import dev.sluice.gateway.remote.IdTokenSource;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Microsoft Entra ID through MSAL: the system's browser, then silent renewal. Tokens stay in
/// memory.
final class EntraSource implements IdTokenSource {

  private static final long MINUTES = 3;

  private final SignInProvider provider;
  private final BrowserWindow browser;
  private final PublicClientApplication application;

  /// Held while MSAL is being asked. MSAL starts its work before it notes down what it started, and
  /// fails when the work looks for that note first (4.x: a NullPointerException out of its loop);
  /// so its work waits until the asking is over.
  private final ReentrantLock asking = new ReentrantLock();

  private volatile @Nullable IAccount account;

  /// How MSAL reaches the provider.
  ///
  /// @param http empty for MSAL's own
  record Wiring(Optional<IHttpClient> http) {
    static Wiring standard() {
      return new Wiring(Optional.empty());
    }
  }

  EntraSource(SignInProvider provider, BrowserWindow browser, Wiring wiring)
      throws WorkspaceProblem {
    this.provider = provider;
    this.browser = browser;
    try {
      PublicClientApplication.Builder builder =
          PublicClientApplication.builder(provider.clientId())
              .authority(provider.authority() + "/" + provider.tenant() + "/")
              .executorService(Executors.newThreadPerTaskExecutor(this::afterAsking));
      wiring.http().ifPresent(builder::httpClient);
      this.application = builder.build();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw SignInProblems.misconfigured(provider.label());
    }
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
                address -> shown.open(uri(address.toString()), () -> cancel(running)))
            .build();
    try {
      InteractiveRequestParameters.InteractiveRequestParametersBuilder request =
          InteractiveRequestParameters.builder(new URI("http://localhost"))
              .scopes(scopes())
              .systemBrowserOptions(options)
              .extraQueryParameters(
                  again ? Map.of("nonce", nonce, "max_age", "0") : Map.of("nonce", nonce));
      if (again) {
        request.prompt(Prompt.LOGIN);
      }
      asking.lock();
      try {
        running[0] = application.acquireToken(request.build());
      } finally {
        asking.unlock();
      }
      return taken(running[0].get(MINUTES, TimeUnit.MINUTES));
    } catch (TimeoutException e) {
      cancel(running);
      throw SignInProblems.tooLate();
    } catch (CancellationException e) {
      throw SignInProblems.cancelled();
    } catch (ExecutionException e) {
      throw SignInProblems.refused(provider.label(), code(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignInProblems.cancelled();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Thread afterAsking(Runnable work) {
    return Thread.ofVirtual()
        .name("sign-in-entra")
        .unstarted(
            () -> {
              asking.lock();
              asking.unlock();
              work.run();
            });
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
    IAccount known = account;
    if (known == null) {
      throw SignInProblems.ended(provider.label());
    }
    try {
      return taken(
          application
              .acquireTokenSilently(
                  SilentParameters.builder(scopes(), known).forceRefresh(true).build())
              .get(MINUTES, TimeUnit.MINUTES));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MsalInteractionRequiredException
          ? SignInProblems.ended(provider.label())
          : SignInProblems.unreachable(provider.label());
    } catch (TimeoutException | MalformedURLException e) {
      throw SignInProblems.unreachable(provider.label());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignInProblems.cancelled();
    }
  }

  private String taken(IAuthenticationResult result) throws WorkspaceProblem {
    account = result.account();
    if (result.idToken() == null) {
      throw SignInProblems.misconfigured(provider.label());
    }
    return result.idToken();
  }

  private Set<String> scopes() {
    Set<String> scopes = new TreeSet<>(provider.scopes());
    scopes.add("openid");
    scopes.add("profile");
    return scopes;
  }

  private static URI uri(String address) {
    return URI.create(address);
  }

  /// MSAL's code, never its message: that may carry what was typed.
  private static String code(ExecutionException problem) {
    return problem.getCause() instanceof com.microsoft.aad.msal4j.MsalException msal
        ? String.valueOf(msal.errorCode())
        : "unknown";
  }

  @Override
  public Optional<URI> browserSignOut() {
    return Optional.of(
        URI.create(
            provider.authority()
                + "/"
                + provider.tenant()
                + "/oauth2/v2.0/logout?client_id="
                + provider.clientId()));
  }

  @Override
  public void signOut() {
    IAccount known = account;
    account = null;
    if (known != null) {
      application.removeAccount(known).join();
    }
  }
}
