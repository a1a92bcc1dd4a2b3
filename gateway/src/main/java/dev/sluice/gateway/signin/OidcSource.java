package dev.sluice.gateway.signin;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.sluice.gateway.remote.IdTokenSource;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Any provider of OpenID Connect: authorization code with PKCE in the person's own browser, coming
/// back to this machine's loopback address. Tokens stay in memory.
final class OidcSource implements IdTokenSource {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final SignInProvider provider;
  private final BrowserWindow browser;
  private final OidcTokens tokens;

  OidcSource(SignInProvider provider, BrowserWindow browser) {
    this.provider = provider;
    this.browser = browser;
    this.tokens = new OidcTokens(provider, provider.clientId());
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
    State state = new State(32);
    CodeVerifier verifier = new CodeVerifier();
    OIDCProviderMetadata known = tokens.metadata();
    try (LoopbackReceiver receiver = new LoopbackReceiver(answer -> isFor(answer, state))) {
      AuthenticationRequest.Builder request =
          new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  tokens.scope(),
                  new ClientID(provider.clientId()),
                  receiver.redirect())
              .endpointURI(known.getAuthorizationEndpointURI())
              .state(state)
              .nonce(new Nonce(nonce))
              .codeChallenge(verifier, CodeChallengeMethod.S256);
      if (again) {
        request.prompt(new Prompt(Prompt.Type.LOGIN)).maxAge(0);
      }
      shown.open(request.build().toURI(), receiver::cancel);
      AuthenticationResponse answer = AuthenticationResponseParser.parse(receiver.await(PATIENCE));
      if (answer.getIssuer() != null && !answer.getIssuer().equals(known.getIssuer())) {
        throw SignInProblems.misconfigured(provider.label());
      }
      if (!answer.indicatesSuccess()) {
        throw SignInProblems.refused(
            provider.label(), String.valueOf(answer.toErrorResponse().getErrorObject().getCode()));
      }
      return tokens.exchange(
          new AuthorizationCodeGrant(
              answer.toSuccessResponse().getAuthorizationCode(), receiver.redirect(), verifier));
    } catch (IOException | ParseException e) {
      throw SignInProblems.misconfigured(provider.label());
    }
  }

  private static boolean isFor(URI answer, State state) {
    try {
      return state.equals(AuthenticationResponseParser.parse(answer).getState());
    } catch (ParseException e) {
      return false;
    }
  }

  @Override
  public String renew() throws WorkspaceProblem {
    return tokens.renew();
  }

  /// RP-initiated logout. The hint is a token that Sluice's server has taken and takes once.
  @Override
  public Optional<URI> browserSignOut() {
    return tokens.browserSignOut();
  }

  @Override
  public void signOut() {
    tokens.signOut();
  }
}
