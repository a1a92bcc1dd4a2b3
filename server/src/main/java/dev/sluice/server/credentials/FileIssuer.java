package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.identity.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Database files have no logins: the lease only says that the file is to be opened read-only.
final class FileIssuer implements LoginIssuer {

  private final String file;

  FileIssuer(String file) {
    this.file = file;
  }

  @Override
  public Issued issue(String leaseId, Actor actor, Instant until) {
    return new Issued(new DatabaseLogin(leaseId, "", ""), file, "", List.of());
  }

  @Override
  public void renew(String login, Actor actor, Instant until) {}

  @Override
  public void drop(String login) {}

  @Override
  public Set<String> issued() {
    return Set.of();
  }
}
