package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.DatabaseLogin;
import java.time.Instant;
import java.util.Set;

/// Database files have no logins: the lease only says that the file is to be opened read-only.
final class FileIssuer implements LoginIssuer {

  @Override
  public DatabaseLogin issue(String leaseId, String account, Instant until) {
    return new DatabaseLogin(leaseId, "", "");
  }

  @Override
  public void renew(String login, Instant until) {}

  @Override
  public void drop(String login) {}

  @Override
  public Set<String> issued() {
    return Set.of();
  }
}
