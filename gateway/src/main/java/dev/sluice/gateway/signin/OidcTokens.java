package dev.sluice.gateway.signin;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one public client of a provider of OpenID Connect gets for its grants. Tokens stay in
/// memory.
final class OidcTokens {

  private static final int TIMEOUT = 10_000;

  private final SignInProvider provider;
  private final ClientID client;
  private volatile @Nullable OIDCProviderMetadata metadata;
  private volatile @Nullable RefreshToken refreshToken;
  private volatile @Nullable String idTokenHint;

  OidcTokens(SignInProvider provider, String clientId) {
    this.provider = provider;
    this.client = new ClientID(clientId);
  }

  ClientID client() {
    return client;
  }

  /// `offline_access` is asked for only where the configuration says so: some providers give no
  /// refresh token without it, but where they do, its tokens would outlive the provider's session.
  Scope scope() {
    Scope scope = new Scope("openid", "profile", "email");
    provider.scopes().forEach(scope::add);
    return scope;
  }

  /// The ID token for a grant.
  String exchange(AuthorizationGrant grant) throws WorkspaceProblem {
    TokenResponse answer = send(grant);
    if (!answer.indicatesSuccess()) {
      String code = String.valueOf(answer.toErrorResponse().getErrorObject().getCode());
      throw grant instanceof RefreshTokenGrant && code.equals("invalid_grant")
          ? SignInProblems.ended(provider.label())
          : SignInProblems.refused(provider.label(), code);
    }
    return taken(answer);
  }

  /// What the provider says to a grant, whatever it says.
  TokenResponse send(AuthorizationGrant grant) throws WorkspaceProblem {
    try {
      HTTPRequest request =
          new TokenRequest.Builder(metadata().getTokenEndpointURI(), client, grant)
              .build()
              .toHTTPRequest();
      return OIDCTokenResponseParser.parse(patient(request).send());
    } catch (IOException e) {
      throw SignInProblems.unreachable(provider.label());
    } catch (ParseException e) {
      throw SignInProblems.misconfigured(provider.label());
    }
  }

  /// Keeps what a provider gave.
  ///
  /// @return the ID token
  String taken(TokenResponse answer) throws WorkspaceProblem {
    OIDCTokens tokens = ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens();
    if (tokens.getRefreshToken() != null) {
      refreshToken = tokens.getRefreshToken();
    }
    if (tokens.getIDTokenString() == null) {
      throw SignInProblems.misconfigured(provider.label());
    }
    idTokenHint = tokens.getIDTokenString();
    return tokens.getIDTokenString();
  }

  /// A new ID token for the refresh token.
  String renew() throws WorkspaceProblem {
    RefreshToken token = refreshToken;
    if (token == null) {
      throw SignInProblems.ended(provider.label());
    }
    return exchange(new RefreshTokenGrant(token));
  }

  OIDCProviderMetadata metadata() throws WorkspaceProblem {
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
  Optional<URI> browserSignOut() {
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
                                List.of(client.getValue()),
                                "id_token_hint",
                                List.of(String.valueOf(hint))))));
  }

  /// Has the provider forget this sign-in's refresh token.
  void signOut() {
    RefreshToken token = refreshToken;
    refreshToken = null;
    Optional<URI> endpoint =
        Optional.ofNullable(metadata).map(OIDCProviderMetadata::getRevocationEndpointURI);
    if (token == null || endpoint.isEmpty()) {
      return;
    }
    try {
      patient(new TokenRevocationRequest(endpoint.get(), client, token).toHTTPRequest()).send();
    } catch (IOException e) {
      // The token dies with this process; the provider forgets it in time.
    }
  }

  static HTTPRequest patient(HTTPRequest request) {
    request.setConnectTimeout(TIMEOUT);
    request.setReadTimeout(TIMEOUT);
    request.setFollowRedirects(false);
    return request;
  }
}
