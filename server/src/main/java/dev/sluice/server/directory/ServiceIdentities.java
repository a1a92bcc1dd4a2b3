package dev.sluice.server.directory;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Agents and pipelines that the server vouches for itself. A secret is shown once and kept as a
/// digest (it is 256 random bits, so nothing slower is needed); a public key never leaves secrets
/// here at all.
public final class ServiceIdentities {

  /// The issuer of their principals.
  public static final String ISSUER = "service";

  /// Lets scanners of source repositories find one that was committed by mistake.
  static final String SECRET_PREFIX = "sluice_";

  private final Store store;
  private final Ledger ledger;
  private final People people;
  private final InstantSource clock;

  public ServiceIdentities(Store store, Ledger ledger, People people, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.people = people;
    this.clock = clock;
  }

  /// Makes one; the answer carries its secret, if it has one, this once.
  public ServiceIdentityCreated create(Session admin, NewServiceIdentity wanted) {
    String publicKey = ClientKeys.checked(wanted.publicKey());
    String owner = owner(wanted);
    if (wanted.name().isBlank() || wanted.name().length() > 100) {
      throw Problems.malformed("A service identity needs a name of at most 100 characters.");
    }
    String id = Ids.next().substring(0, 20);
    String secret = publicKey.isEmpty() ? SECRET_PREFIX + Ids.secret() : "";
    Instant now = clock.instant();
    store.write(
        transaction -> {
          transaction
              .handle()
              .execute(
                  "INSERT INTO service_identity (id, kind, name, owner, user_groups, labels,"
                      + " secret_hash, public_key, created_by, created_at, revoked_at,"
                      + " last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                  id,
                  wanted.kind(),
                  wanted.name(),
                  owner,
                  String.join("\n", wanted.groups()),
                  JsonCodec.write(new TreeMap<>(wanted.labels())),
                  secret.isEmpty() ? "" : DeviceProof.digest(secret),
                  publicKey,
                  admin.principalKey(),
                  now.toEpochMilli());
          return ledger.append(
              transaction,
              event(
                  "identity.created",
                  admin,
                  id,
                  Map.of("name", wanted.name(), "identityKind", wanted.kind(), "owner", owner)));
        });
    return new ServiceIdentityCreated(find(id).orElseThrow().wire(), secret);
  }

  private String owner(NewServiceIdentity wanted) {
    return switch (wanted.kind()) {
      case "agent" ->
          people
              .owner(wanted.owner())
              .orElseThrow(
                  () ->
                      Problems.malformed(
                          "An agent acts for a person: \"owner\" names a local account, or"
                              + " ISSUER|SUBJECT of somebody who has signed in lately."))
              .key();
      case "pipeline" -> {
        if (!wanted.owner().isEmpty()) {
          throw Problems.malformed("A pipeline acts for no person: leave \"owner\" empty.");
        }
        yield "";
      }
      default -> throw Problems.malformed("A service identity is an agent or a pipeline.");
    };
  }

  /// All that were not revoked, by name, then the revoked ones.
  public List<ServiceIdentity> list() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM service_identity ORDER BY revoked_at, name, id")
                .map((row, context) -> Row.of(row).wire())
                .list());
  }

  /// From now on it is nobody. Its sessions are ended by the caller.
  ///
  /// @return key of its principal
  public String revoke(Session admin, String id) {
    boolean revoked =
        store.write(
            transaction -> {
              int changed =
                  transaction
                      .handle()
                      .execute(
                          "UPDATE service_identity SET revoked_at = ?"
                              + " WHERE id = ? AND revoked_at = 0",
                          clock.millis(),
                          id);
              if (changed == 1) {
                ledger.append(transaction, event("identity.revoked", admin, id, Map.of()));
              }
              return changed == 1;
            });
    if (!revoked) {
      throw Problems.notFound("service identity");
    }
    return ISSUER + "|" + id;
  }

  /// Whose secret it is.
  Optional<Actor> authenticate(String id, String secret) {
    Optional<Row> row = find(id);
    String expected = row.map(Row::secretHash).orElse("");
    boolean matches =
        MessageDigest.isEqual(
            DeviceProof.digest(secret).getBytes(StandardCharsets.US_ASCII),
            expected.getBytes(StandardCharsets.US_ASCII));
    return matches ? row.flatMap(this::used) : Optional.empty();
  }

  /// The public key (JWK) that an identity proves itself with.
  Optional<String> publicKey(String id) {
    return find(id)
        .filter(row -> row.revokedAt() == 0)
        .map(Row::publicKey)
        .filter(key -> !key.isEmpty());
  }

  /// Who proved to hold the key of that identity.
  Optional<Actor> proven(String id) {
    return find(id).flatMap(this::used);
  }

  private Optional<Actor> used(Row row) {
    Optional<Actor> actor = actor(row);
    if (actor.isPresent()) {
      store.write(
          transaction ->
              transaction
                  .handle()
                  .execute(
                      "UPDATE service_identity SET last_used_at = ? WHERE id = ?",
                      clock.millis(),
                      row.id()));
    }
    return actor;
  }

  /// Who it is now; empty when it was revoked, or its owner is no longer there.
  Optional<Actor> current(Handle handle, String id) {
    return find(handle, id).flatMap(row -> actor(handle, row));
  }

  private Optional<Actor> actor(Row row) {
    return store.read(handle -> actor(handle, row));
  }

  private Optional<Actor> actor(Handle handle, Row row) {
    if (row.revokedAt() != 0) {
      return Optional.empty();
    }
    Principal principal = new Principal(ISSUER, row.id(), null, row.name(), row.groups(), Set.of());
    return row.kind().equals("agent")
        ? people
            .owner(handle, row.owner())
            .map(owner -> new Actor.Agent(principal, owner, row.labels()))
        : Optional.of(new Actor.Pipeline(principal, row.labels()));
  }

  private Optional<Row> find(String id) {
    return store.read(handle -> find(handle, id));
  }

  private static Optional<Row> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM service_identity WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> Row.of(row))
        .findOne();
  }

  private AuditEvent event(String kind, Session admin, String id, Map<String, Object> fields) {
    return new AuditEvent(
        Ids.next(),
        kind,
        1,
        clock.instant(),
        admin.principalKey(),
        admin.actor().kind(),
        id,
        fields);
  }

  private record Row(
      String id,
      String kind,
      String name,
      String owner,
      Set<String> groups,
      Map<String, String> labels,
      String secretHash,
      String publicKey,
      String createdBy,
      long createdAt,
      long revokedAt,
      long lastUsedAt) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("id"),
          row.getString("kind"),
          row.getString("name"),
          row.getString("owner"),
          row.getString("user_groups").isEmpty()
              ? Set.of()
              : Set.of(row.getString("user_groups").split("\n")),
          labels(row.getString("labels")),
          row.getString("secret_hash"),
          row.getString("public_key"),
          row.getString("created_by"),
          row.getLong("created_at"),
          row.getLong("revoked_at"),
          row.getLong("last_used_at"));
    }

    private static Map<String, String> labels(String json) {
      try {
        Map<String, String> labels = new TreeMap<>();
        JsonCodec.read(json, Map.class)
            .forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
        return labels;
      } catch (JsonCodec.MalformedJson e) {
        throw new IllegalStateException("A service identity in the store is not readable.", e);
      }
    }

    ServiceIdentity wire() {
      return new ServiceIdentity(
          id,
          kind,
          name,
          owner,
          groups,
          labels,
          publicKey.isEmpty() ? "secret" : "key",
          createdBy,
          Instant.ofEpochMilli(createdAt),
          at(lastUsedAt),
          at(revokedAt));
    }

    private static Optional<Instant> at(long millis) {
      return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
  }
}
