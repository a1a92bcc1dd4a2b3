package dev.sluice.gateway.signin;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.IdTokenSource;
import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.CodeWindow;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SignInProvider;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Sign-in with one server: its local accounts, and the identity providers it trusts.
public final class ServerSignIn implements SignIn {

  private final ServerTrust trust;
  private final TrustMemory memory;
  private final String client;
  private final WorkspaceFactory workspaces;

  /// Makes a workspace of a signed-in client; closing the workspace closes the client.
  @FunctionalInterface
  public interface WorkspaceFactory {
    Workspace of(ServerClient client) throws WorkspaceProblem;
  }

  /// @param client such as `workbench 1.0.0`, for the log
  public ServerSignIn(
      ServerTrust trust, TrustMemory memory, String client, WorkspaceFactory workspaces) {
    this.trust = trust;
    this.memory = memory;
    this.client = client;
    this.workspaces = workspaces;
  }

  @Override
  public List<Method> methods() throws WorkspaceProblem {
    Set<String> withCodes =
        HttpServerClient.providers(trust.address()).stream()
            .filter(provider -> !provider.codeClientId().isEmpty())
            .map(SignInProvider::id)
            .collect(Collectors.toSet());
    return HttpServerClient.ask(trust.address()).signIn().stream()
        .map(method -> new Method(method.id(), method.label(), withCodes.contains(method.id())))
        .toList();
  }

  @Override
  public Workspace withPassword(String account, char[] password) throws WorkspaceProblem {
    return workspace(HttpServerClient.signIn(trust, memory, account, password, client));
  }

  @Override
  public Workspace withProvider(String id, BrowserWindow browser) throws WorkspaceProblem {
    SignInProvider provider = provider(trust, id);
    IdTokenSource source =
        provider.kind().equals("entra")
            ? new EntraSource(provider, browser, EntraClient.Wiring.standard())
            : new OidcSource(provider, browser);
    return workspace(HttpServerClient.signIn(trust, memory, provider.id(), source, client));
  }

  @Override
  public Workspace withCode(String id, CodeWindow window) throws WorkspaceProblem {
    return workspace(withCode(trust, memory, id, window, client));
  }

  /// Signs in with an identity provider, by a code that the person types into a browser anywhere.
  ///
  /// @param id of a provider that the server offers codes with
  public static HttpServerClient withCode(
      ServerTrust trust, TrustMemory memory, String id, CodeWindow window, String client)
      throws WorkspaceProblem {
    SignInProvider provider = provider(trust, id);
    if (provider.codeClientId().isEmpty()) {
      throw SignInProblems.noCodes();
    }
    IdTokenSource source =
        provider.kind().equals("entra")
            ? new EntraCodeSource(provider, window, EntraClient.Wiring.standard())
            : new OidcCodeSource(provider, window);
    return HttpServerClient.signIn(trust, memory, id, source, client);
  }

  private static SignInProvider provider(ServerTrust trust, String id) throws WorkspaceProblem {
    return HttpServerClient.providers(trust.address()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(SignInProblems::notOffered);
  }

  private Workspace workspace(ServerClient signedIn) throws WorkspaceProblem {
    try {
      return workspaces.of(signedIn);
    } catch (WorkspaceProblem e) {
      signedIn.close();
      throw e;
    }
  }
}
