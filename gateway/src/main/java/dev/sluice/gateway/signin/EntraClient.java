package dev.sluice.gateway.signin;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.MsalInteractionRequiredException;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One public client of Microsoft Entra ID, through MSAL. Tokens stay in memory.
final class EntraClient {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final SignInProvider provider;
  private final String clientId;
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

  EntraClient(SignInProvider provider, String clientId, Wiring wiring) throws WorkspaceProblem {
    this.provider = provider;
    this.clientId = clientId;
    try {
      PublicClientApplication.Builder builder =
          PublicClientApplication.builder(clientId)
              .authority(provider.authority() + "/" + provider.tenant() + "/")
              .executorService(Executors.newThreadPerTaskExecutor(this::afterAsking));
      wiring.http().ifPresent(builder::httpClient);
      this.application = builder.build();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw SignInProblems.misconfigured(provider.label());
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

  /// Starts a way of signing in.
  CompletableFuture<IAuthenticationResult> start(
      Function<PublicClientApplication, CompletableFuture<IAuthenticationResult>> way) {
    asking.lock();
    try {
      return way.apply(application);
    } finally {
      asking.unlock();
    }
  }

  /// Waits for the end of what was started.
  ///
  /// @param tooLate what it is called when that takes longer
  /// @return the ID token
  String await(
      CompletableFuture<IAuthenticationResult> running, Duration patience, WorkspaceProblem tooLate)
      throws WorkspaceProblem {
    try {
      return taken(running.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      running.cancel(true);
      throw tooLate;
    } catch (CancellationException e) {
      throw SignInProblems.cancelled();
    } catch (ExecutionException e) {
      String code = code(e);
      throw code.equals("code_expired") || code.equals("expired_token")
          ? tooLate
          : SignInProblems.refused(provider.label(), code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignInProblems.cancelled();
    }
  }

  String renew() throws WorkspaceProblem {
    IAccount known = account;
    if (known == null) {
      throw SignInProblems.ended(provider.label());
    }
    try {
      return taken(
          application
              .acquireTokenSilently(
                  SilentParameters.builder(scopes(), known).forceRefresh(true).build())
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
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

  Set<String> scopes() {
    Set<String> scopes = new TreeSet<>(provider.scopes());
    scopes.add("openid");
    scopes.add("profile");
    return scopes;
  }

  /// MSAL's code, never its message: that may carry what was typed.
  private static String code(ExecutionException problem) {
    return problem.getCause() instanceof com.microsoft.aad.msal4j.MsalException msal
        ? String.valueOf(msal.errorCode())
        : "unknown";
  }

  Optional<URI> browserSignOut() {
    return Optional.of(
        URI.create(
            provider.authority()
                + "/"
                + provider.tenant()
                + "/oauth2/v2.0/logout?client_id="
                + clientId));
  }

  void signOut() {
    IAccount known = account;
    account = null;
    if (known != null) {
      application.removeAccount(known).join();
    }
  }
}
