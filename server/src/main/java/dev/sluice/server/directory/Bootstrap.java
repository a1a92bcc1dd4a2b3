package dev.sluice.server.directory;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.wire.FirstAdministrator;
import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.AdminProblems;
import dev.sluice.server.Ids;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// How a new server gets its first administrator: whoever can start it prints a token, and whoever
/// has the token makes one account, once. A server that has an administrator takes no token.
public final class Bootstrap {

  /// A token that nobody used is worthless after this.
  public static final Duration LIFE = Duration.ofHours(24);

  private final Store store;
  private final Ledger ledger;
  private final InstantSource clock;

  public Bootstrap(Store store, Ledger ledger, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Makes a token; those before it are worthless from now on.
  ///
  /// @return the token, in the clear this once
  /// @throws dev.sluice.server.ServerProblem when there is an administrator already
  public String newToken() {
    String token = "slu_init_" + Ids.secret();
    Instant now = clock.instant();
    store.write(
        transaction -> {
          Handle handle = transaction.handle();
          refuseWhenAdministered(handle);
          handle.execute("DELETE FROM bootstrap_token");
          handle.execute(
              "INSERT INTO bootstrap_token (token_hash, expires_at, used_at) VALUES (?, ?, 0)",
              DeviceProof.digest(token),
              now.plus(LIFE).toEpochMilli());
          return ledger.append(
              transaction,
              AdminEvents.ofOperator(
                  "server.initialised",
                  now,
                  "server",
                  Map.of("reason", "A token for the first administrator was printed.")));
        });
    return token;
  }

  /// Makes the first administrator and uses the token up.
  public void firstAdministrator(FirstAdministrator wanted) {
    NewPerson person =
        new NewPerson(
            wanted.account(),
            wanted.displayName(),
            wanted.email(),
            Set.of(),
            Set.of("server-admin", "policy-admin"),
            wanted.password());
    LocalPeople.check(person);
    String hash = PasswordHash.of(wanted.password().toCharArray());
    Instant now = clock.instant();
    store.write(
        transaction -> {
          Handle handle = transaction.handle();
          int used =
              handle.execute(
                  "UPDATE bootstrap_token SET used_at = ?"
                      + " WHERE token_hash = ? AND used_at = 0 AND expires_at > ?",
                  now.toEpochMilli(),
                  DeviceProof.digest(wanted.token()),
                  now.toEpochMilli());
          if (used != 1) {
            throw AdminProblems.bootstrapRefused();
          }
          refuseWhenAdministered(handle);
          LocalPeople.insert(transaction, person, hash);
          Map<String, Object> facts = new TreeMap<>(LocalPeople.facts(person));
          facts.put("reason", "The first administrator was made with the printed token.");
          return ledger.append(
              transaction,
              AdminEvents.ofOperator("person.added", now, "person/" + wanted.account(), facts));
        });
  }

  private static void refuseWhenAdministered(Handle handle) {
    if (!LocalPeople.administrators(handle).isEmpty()) {
      throw AdminProblems.alreadyInitialised();
    }
  }
}
