package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import dev.sluice.governance.codec.wire.ServiceIdentityList;
import java.util.List;

/// Makes and revokes a server's service identities; needs the role `server-admin`.
public final class ServiceIdentityAdmin {

  private final HttpServerClient client;

  ServiceIdentityAdmin(HttpServerClient client) {
    this.client = client;
  }

  public List<ServiceIdentity> list() throws WorkspaceProblem {
    return client.get("/v1/identities", ServiceIdentityList.class).identities();
  }

  /// The answer carries the secret, this once.
  public ServiceIdentityCreated add(NewServiceIdentity wanted) throws WorkspaceProblem {
    return client.post("/v1/identities", wanted, ServiceIdentityCreated.class);
  }

  /// Ends its sessions too.
  public void revoke(String id) throws WorkspaceProblem {
    client.send(
        "DELETE",
        "/v1/identities/" + HttpServerClient.encoded(id),
        HttpServerClient.NOTHING,
        HttpServerClient.PATIENCE);
  }
}
