package dev.sluice.gateway.signin;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.util.List;

/// Sign-in with local accounts of one server.
public final class LocalSignIn implements SignIn {

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
  public LocalSignIn(
      ServerTrust trust, TrustMemory memory, String client, WorkspaceFactory workspaces) {
    this.trust = trust;
    this.memory = memory;
    this.client = client;
    this.workspaces = workspaces;
  }

  @Override
  public List<Method> methods() throws WorkspaceProblem {
    return HttpServerClient.ask(trust.address()).signIn().stream()
        .map(method -> new Method(method.id(), method.label()))
        .toList();
  }

  @Override
  public Workspace withPassword(String account, char[] password) throws WorkspaceProblem {
    ServerClient signedIn = HttpServerClient.signIn(trust, memory, account, password, client);
    try {
      return workspaces.of(signedIn);
    } catch (WorkspaceProblem e) {
      signedIn.close();
      throw e;
    }
  }
}
