package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.identity.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Engines on which no login can be made for one person: everybody is lent the same one, which must
/// be able to read only. The end of a lease ends nothing on the database.
final class SharedIssuer implements LoginIssuer {

  private final DatabaseLogin reader;
  private final String database;

  SharedIssuer(DatabaseLogin reader, String database) {
    this.reader = reader;
    this.database = database;
  }

  @Override
  public Issued issue(String leaseId, Actor actor, Instant until) {
    return new Issued(
        new DatabaseLogin(leaseId, reader.user(), reader.password()), database, "", List.of());
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
