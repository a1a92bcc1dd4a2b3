package dev.sluice.gateway.signin;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import dev.sluice.gateway.remote.IdTokenSource;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.CodeWindow;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Any provider of OpenID Connect: a code that the person types into a browser on any machine
/// (RFC 8628). The tokens are of a client of its own and carry no nonce. Who must show again who
/// they are does it in a browser here.
final class OidcCodeSource implements IdTokenSource {

  private static final Duration SLOWER = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final SignInProvider provider;
  private final CodeWindow window;
  private final OidcTokens tokens;

  OidcCodeSource(SignInProvider provider, CodeWindow window) {
    this.provider = provider;
    this.window = window;
    this.tokens = new OidcTokens(provider, provider.codeClientId());
  }

  @Override
  public String ask(String nonce) throws WorkspaceProblem {
    DeviceAuthorizationSuccessResponse begun = begin();
    Duration lasts = Duration.ofSeconds(Math.clamp(begun.getLifetime(), 1, LONGEST.toSeconds()));
    Instant until = Instant.now().plus(lasts);
    long end = System.nanoTime() + lasts.toNanos();
    CountDownLatch cancelled = new CountDownLatch(1);
    URI address =
        begun.getVerificationURIComplete() == null
            ? begun.getVerificationURI()
            : begun.getVerificationURIComplete();
    window.show(address, begun.getUserCode().getValue(), until, cancelled::countDown);
    Duration pause = Duration.ofSeconds(Math.max(1, begun.getInterval()));
    DeviceCodeGrant grant = new DeviceCodeGrant(begun.getDeviceCode());
    while (System.nanoTime() - end < 0) {
      if (isCancelled(cancelled, pause)) {
        throw SignInProblems.cancelled();
      }
      TokenResponse answer = tokens.send(grant);
      if (answer.indicatesSuccess()) {
        return tokens.taken(answer);
      }
      String code = String.valueOf(answer.toErrorResponse().getErrorObject().getCode());
      switch (code) {
        case "authorization_pending" -> {}
        case "slow_down" -> pause = pause.plus(SLOWER);
        case "expired_token" -> throw SignInProblems.codeTooLate();
        default -> throw SignInProblems.refused(provider.label(), code);
      }
    }
    throw SignInProblems.codeTooLate();
  }

  private static boolean isCancelled(CountDownLatch cancelled, Duration pause)
      throws WorkspaceProblem {
    try {
      return cancelled.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignInProblems.cancelled();
    }
  }

  private DeviceAuthorizationSuccessResponse begin() throws WorkspaceProblem {
    URI endpoint = tokens.metadata().getDeviceAuthorizationEndpointURI();
    if (endpoint == null) {
      throw SignInProblems.misconfigured(provider.label());
    }
    try {
      DeviceAuthorizationResponse answer =
          DeviceAuthorizationResponse.parse(
              OidcTokens.patient(
                      new DeviceAuthorizationRequest.Builder(tokens.client())
                          .endpointURI(endpoint)
                          .scope(tokens.scope())
                          .build()
                          .toHTTPRequest())
                  .send());
      if (!answer.indicatesSuccess()) {
        throw SignInProblems.refused(
            provider.label(), String.valueOf(answer.toErrorResponse().getErrorObject().getCode()));
      }
      return answer.toSuccessResponse();
    } catch (IOException e) {
      throw SignInProblems.unreachable(provider.label());
    } catch (ParseException e) {
      throw SignInProblems.misconfigured(provider.label());
    }
  }

  @Override
  public String askAgain(String nonce, BrowserWindow browser) throws WorkspaceProblem {
    return new OidcSource(provider, browser).askAgain(nonce, browser);
  }

  @Override
  public String renew() throws WorkspaceProblem {
    return tokens.renew();
  }

  @Override
  public Optional<URI> browserSignOut() {
    return tokens.browserSignOut();
  }

  @Override
  public void signOut() {
    tokens.signOut();
  }
}
