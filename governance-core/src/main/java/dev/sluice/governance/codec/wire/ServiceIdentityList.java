package dev.sluice.governance.codec.wire;

import java.util.List;

/// The service identities of a server, the revoked ones last.
public record ServiceIdentityList(List<ServiceIdentity> identities) {
  public ServiceIdentityList {
    identities = List.copyOf(identities);
  }
}
