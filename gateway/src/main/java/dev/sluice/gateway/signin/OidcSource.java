package dev.sluice.gateway.signin;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.sluice.gateway.remote.IdTokenSource;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Any provider of OpenID Connect: authorization code with PKCE in the person's own browser, coming
/// back to this machine's loopback address. Tokens stay in memory.
final class OidcSource implements IdTokenSource {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int TIMEOUT = 10_000;

  private final SignInProvider provider;
  private final BrowserWindow browser;
  private volatile @Nullable OIDCProviderMetadata metadata;
  private volatile @Nullable RefreshToken refreshToken;
  private volatile @Nullable String idTokenHint;

  OidcSource(SignInProvider provider, BrowserWindow browser) {
    this.provider = provider;
    this.browser = browser;
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
    OIDCProviderMetadata known = metadata();
    try (LoopbackReceiver receiver = new LoopbackReceiver(answer -> isFor(answer, state))) {
      AuthenticationRequest.Builder request =
          new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  scope(),
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
      return idToken(
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

  /// `offline_access` is asked for only where the configuration says so: some providers give no
  /// refresh token without it, but where they do, its tokens would outlive the provider's session.
  private Scope scope() {
    Scope scope = new Scope("openid", "profile", "email");
    provider.scopes().forEach(scope::add);
    return scope;
  }

  @Override
  public String renew() throws WorkspaceProblem {
    RefreshToken token = refreshToken;
    if (token == null) {
      throw SignInProblems.ended(provider.label());
    }
    return idToken(new RefreshTokenGrant(token));
  }

  private String idToken(AuthorizationGrant grant) throws WorkspaceProblem {
    try {
      HTTPRequest request =
          new TokenRequest.Builder(
                  metadata().getTokenEndpointURI(), new ClientID(provider.clientId()), grant)
              .build()
              .toHTTPRequest();
      TokenResponse answer = OIDCTokenResponseParser.parse(patient(request).send());
      if (!answer.indicatesSuccess()) {
        String code = String.valueOf(answer.toErrorResponse().getErrorObject().getCode());
        throw grant instanceof RefreshTokenGrant && code.equals("invalid_grant")
            ? SignInProblems.ended(provider.label())
            : SignInProblems.refused(provider.label(), code);
      }
      OIDCTokens tokens = ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens();
      if (tokens.getRefreshToken() != null) {
        refreshToken = tokens.getRefreshToken();
      }
      if (tokens.getIDTokenString() == null) {
        throw SignInProblems.misconfigured(provider.label());
      }
      idTokenHint = tokens.getIDTokenString();
      return tokens.getIDTokenString();
    } catch (IOException e) {
      throw SignInProblems.unreachable(provider.label());
    } catch (ParseException e) {
      throw SignInProblems.misconfigured(provider.label());
    }
  }

  private OIDCProviderMetadata metadata() throws WorkspaceProblem {
    OIDCProviderMetadata known = metadata;
    if (known != null) {
      return known;
    }
    try {
      known = OIDCProviderMetadata.resolve(new Issuer(provider.issuer()), TIMEOUT, TIMEOUT);
      metadata = known;
      return known;
    } catch (IOException e) {
      throw SignInProblems.unreachable(provider.label());
    } catch (GeneralException e) {
      throw SignInProblems.misconfigured(provider.label());
    }
  }

  /// RP-initiated logout. The hint is a token that Sluice's server has taken and takes once.
  @Override
  public Optional<URI> browserSignOut() {
    String hint = idTokenHint;
    return Optional.ofNullable(metadata)
        .map(OIDCProviderMetadata::getEndSessionEndpointURI)
        .filter(endpoint -> hint != null)
        .map(
            endpoint ->
                URI.create(
                    endpoint
                        + (endpoint.getQuery() == null ? "?" : "&")
                        + URLUtils.serializeParameters(
                            Map.of(
                                "client_id",
                                List.of(provider.clientId()),
                                "id_token_hint",
                                List.of(String.valueOf(hint))))));
  }

  /// Has the provider forget this sign-in's refresh token.
  @Override
  public void signOut() {
    RefreshToken token = refreshToken;
    refreshToken = null;
    Optional<URI> endpoint =
        Optional.ofNullable(metadata).map(OIDCProviderMetadata::getRevocationEndpointURI);
    if (token == null || endpoint.isEmpty()) {
      return;
    }
    try {
      patient(
              new TokenRevocationRequest(endpoint.get(), new ClientID(provider.clientId()), token)
                  .toHTTPRequest())
          .send();
    } catch (IOException e) {
      // The token dies with this process; the provider forgets it in time.
    }
  }

  private static HTTPRequest patient(HTTPRequest request) {
    request.setConnectTimeout(TIMEOUT);
    request.setReadTimeout(TIMEOUT);
    request.setFollowRedirects(false);
    return request;
  }
}
