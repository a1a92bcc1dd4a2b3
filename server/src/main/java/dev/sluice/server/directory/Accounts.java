package dev.sluice.server.directory;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.store.Store;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The server's own accounts, for small teams and the demo.
public final class Accounts {

  /// The issuer of principals that this server vouches for itself.
  public static final String ISSUER = "local";

  /// Stands in for the hash of an account that does not exist; no password is known to match it.
  private static final String NOBODYS_HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$c2x1aWNlLW5vYm9keS4uLg"
          + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Store store;

  public Accounts(Store store) {
    this.store = store;
  }

  /// Creates or replaces an account.
  public void put(AccountSeed seed) {
    String hash = PasswordHash.of(seed.password().toCharArray());
    store.write(
        transaction -> {
          transaction.handle().execute("DELETE FROM account WHERE account = ?", seed.account());
          return transaction
              .handle()
              .execute(
                  "INSERT INTO account (account, subject, kind, owner, display_name, email,"
                      + " password_hash, user_groups, roles, disabled)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                  seed.account(),
                  seed.account(),
                  seed.agentOf().isEmpty() ? "person" : "agent",
                  seed.agentOf(),
                  seed.displayName(),
                  seed.email(),
                  hash,
                  String.join("\n", seed.groups()),
                  String.join("\n", seed.roles()));
        });
  }

  /// Who it is, if account and password belong together. Takes as long for an account that does not
  /// exist. The password is wiped.
  public Optional<Actor> authenticate(String account, char[] password) {
    try {
      Optional<Row> row = store.read(handle -> find(handle, account));
      String hash = row.map(Row::hash).orElse(NOBODYS_HASH);
      boolean matches = PasswordHash.matches(password, hash);
      return row.filter(found -> matches && !found.disabled())
          .flatMap(found -> store.read(handle -> actor(handle, found)));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /// The actor behind a subject as it is now; empty when it is gone or disabled.
  public Optional<Actor> current(String subject) {
    return store.read(handle -> current(handle, subject));
  }

  static Optional<Actor> current(Handle handle, String subject) {
    return find(handle, subject).filter(row -> !row.disabled()).flatMap(row -> actor(handle, row));
  }

  private static Optional<Actor> actor(Handle handle, Row row) {
    Principal principal = GroupRoles.with(handle, row.principal());
    if (row.kind().equals("person")) {
      return Optional.of(new Actor.Person(principal));
    }
    return find(handle, row.owner())
        .filter(owner -> !owner.disabled() && owner.kind().equals("person"))
        .map(owner -> new Actor.Agent(principal, owner.principal(), Map.of()));
  }

  private static Optional<Row> find(Handle handle, String account) {
    return handle
        .createQuery("SELECT * FROM account WHERE account = ?")
        .bind(0, account)
        .map(
            (row, context) ->
                new Row(
                    row.getString("kind"),
                    row.getString("owner"),
                    row.getString("password_hash"),
                    row.getLong("disabled") != 0,
                    new Principal(
                        ISSUER,
                        row.getString("subject"),
                        row.getString("email"),
                        row.getString("display_name"),
                        lines(row.getString("user_groups")),
                        lines(row.getString("roles")))))
        .findOne();
  }

  private static Set<String> lines(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split("\n"));
  }

  private record Row(
      String kind, String owner, String hash, boolean disabled, Principal principal) {}
}
