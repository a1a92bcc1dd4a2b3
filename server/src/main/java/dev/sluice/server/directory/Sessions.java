package dev.sluice.server.directory;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.SigningKeys;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// Opens, renews and ends sessions. A token lives ten minutes and only works with proofs of the
/// device it was given to; a refresh token works once, and one that comes back a second time ends
/// the session, since then somebody has a copy.
public final class Sessions {

  static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
  static final Duration LONGEST = Duration.ofHours(12);

  private final Store store;
  private final Ledger ledger;
  private final Accounts accounts;
  private final InstantSource clock;
  private final List<BiConsumer<String, String>> endListeners = new CopyOnWriteArrayList<>();

  public Sessions(Store store, Ledger ledger, Accounts accounts, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// The tokens of a session, in the clear this once.
  public record Opened(Session session, String token, String refreshToken) {
    @Override
    public String toString() {
      return "Opened[" + session.id() + "]";
    }
  }

  /// Hears the session's id and the reason, after each end.
  public void onEnd(BiConsumer<String, String> listener) {
    endListeners.add(listener);
  }

  /// @param deviceKey X.509, base64
  /// @param client for the log
  public Opened open(Actor actor, String deviceKey, String client) {
    PublicKey key = deviceKey(deviceKey);
    Instant now = clock.instant();
    String id = Ids.next();
    String token = Ids.secret();
    String refresh = Ids.secret();
    store.write(
        transaction -> {
          Handle handle = transaction.handle();
          handle.execute(
              "INSERT INTO session (id, principal_key, actor, device_key, token_hash,"
                  + " token_expires_at, authenticated_at, renewable_until, ended_at, end_reason)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '')",
              id,
              actor.principal().key(),
              JsonCodec.write(actor),
              Base64.getEncoder().encodeToString(key.getEncoded()),
              DeviceProof.digest(token),
              now.plus(TOKEN_LIFE).toEpochMilli(),
              now.toEpochMilli(),
              now.plus(LONGEST).toEpochMilli());
          insertRefresh(handle, refresh, id);
          return ledger.append(
              transaction, event("session.opened", actor, now, id, Map.of("client", client)));
        });
    return new Opened(session(id, actor, key, now.plus(TOKEN_LIFE), now), token, refresh);
  }

  /// The live session of a token.
  public Optional<Session> authenticate(String token) {
    return store
        .read(
            handle ->
                handle
                    .createQuery("SELECT * FROM session WHERE token_hash = ? AND ended_at = 0")
                    .bind(0, DeviceProof.digest(token))
                    .map((row, context) -> Row.of(row))
                    .findOne())
        .filter(row -> clock.instant().isBefore(row.tokenExpiresAt()))
        .flatMap(this::session);
  }

  /// The next pair of tokens. The device must have proven the request for this session.
  public Opened refresh(Session session, String refreshToken) {
    Instant now = clock.instant();
    String token = Ids.secret();
    String refresh = Ids.secret();
    Outcome outcome =
        store.write(transaction -> renew(transaction, session, refreshToken, token, refresh, now));
    if (outcome == Outcome.REUSED) {
      end(session.id(), "A refresh token was used twice.");
    }
    if (outcome != Outcome.RENEWED) {
      throw Problems.notSignedIn();
    }
    return new Opened(
        session(
            session.id(),
            session.actor(),
            session.deviceKey(),
            now.plus(TOKEN_LIFE),
            session.authenticatedAt()),
        token,
        refresh);
  }

  private enum Outcome {
    RENEWED,
    REUSED,
    UNKNOWN
  }

  private Outcome renew(
      Transaction transaction,
      Session session,
      String refreshToken,
      String token,
      String refresh,
      Instant now) {
    Handle handle = transaction.handle();
    int used =
        handle.execute(
            "UPDATE refresh_token SET used_at = ? WHERE token_hash = ? AND session_id = ?"
                + " AND used_at = 0",
            now.toEpochMilli(),
            DeviceProof.digest(refreshToken),
            session.id());
    if (used == 0) {
      boolean known =
          handle
              .createQuery("SELECT 1 FROM refresh_token WHERE token_hash = ? AND session_id = ?")
              .bind(0, DeviceProof.digest(refreshToken))
              .bind(1, session.id())
              .mapTo(Integer.class)
              .findOne()
              .isPresent();
      return known ? Outcome.REUSED : Outcome.UNKNOWN;
    }
    int renewed =
        handle.execute(
            "UPDATE session SET token_hash = ?, token_expires_at = ?"
                + " WHERE id = ? AND ended_at = 0 AND renewable_until > ?",
            DeviceProof.digest(token),
            now.plus(TOKEN_LIFE).toEpochMilli(),
            session.id(),
            now.toEpochMilli());
    if (renewed == 0) {
      return Outcome.UNKNOWN;
    }
    insertRefresh(handle, refresh, session.id());
    return Outcome.RENEWED;
  }

  /// The session that a refresh token was given to, even when its token has run out: whoever asks
  /// must still prove the device.
  public Optional<Session> ofRefreshToken(String refreshToken) {
    return store
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT s.* FROM session s JOIN refresh_token r ON r.session_id = s.id"
                            + " WHERE r.token_hash = ? AND s.ended_at = 0")
                    .bind(0, DeviceProof.digest(refreshToken))
                    .map((row, context) -> Row.of(row))
                    .findOne())
        .filter(row -> clock.instant().isBefore(row.renewableUntil()))
        .flatMap(this::session);
  }

  /// Whether a session is still there: for open streams.
  public boolean isLive(String sessionId) {
    long now = clock.millis();
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT 1 FROM session WHERE id = ? AND ended_at = 0 AND renewable_until > ?"
                        + " AND token_expires_at > ?")
                .bind(0, sessionId)
                .bind(1, now)
                .bind(2, now)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /// Ends a session. Ending it again does nothing.
  public void end(String sessionId, String reason) {
    boolean ended = store.write(transaction -> end(transaction, sessionId, reason));
    if (ended) {
      endListeners.forEach(listener -> listener.accept(sessionId, reason));
    }
  }

  /// Ends every session of somebody.
  public void endAll(String principalKey, String reason) {
    store
        .read(
            handle ->
                handle
                    .createQuery("SELECT id FROM session WHERE principal_key = ? AND ended_at = 0")
                    .bind(0, principalKey)
                    .mapTo(String.class)
                    .list())
        .forEach(id -> end(id, reason));
  }

  /// Ends every session whose token ran out and was not renewed, or that is as old as any may be.
  public void endExpired() {
    long now = clock.millis();
    List<String> expired =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT id FROM session WHERE ended_at = 0"
                            + " AND (token_expires_at < ? OR renewable_until < ?)")
                    .bind(0, now - TOKEN_LIFE.toMillis())
                    .bind(1, now)
                    .mapTo(String.class)
                    .list());
    new ArrayList<>(expired).forEach(id -> end(id, "The session expired."));
  }

  private boolean end(Transaction transaction, String sessionId, String reason) {
    Handle handle = transaction.handle();
    Instant now = clock.instant();
    int changed =
        handle.execute(
            "UPDATE session SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at = 0",
            now.toEpochMilli(),
            reason,
            sessionId);
    if (changed == 1) {
      Actor actor =
          handle
              .createQuery("SELECT * FROM session WHERE id = ?")
              .bind(0, sessionId)
              .map((row, context) -> Row.of(row))
              .one()
              .actor();
      ledger.append(
          transaction, event("session.ended", actor, now, sessionId, Map.of("reason", reason)));
    }
    return changed == 1;
  }

  private Optional<Session> session(Row row) {
    Actor stored = row.actor();
    Optional<Actor> actor =
        stored.principal().issuer().equals(Accounts.ISSUER)
            ? accounts.current(stored.principal().subject())
            : Optional.of(stored);
    return actor.map(
        current ->
            session(
                row.id(),
                current,
                deviceKey(row.deviceKey()),
                row.tokenExpiresAt(),
                row.authenticatedAt()));
  }

  private static Session session(
      String id, Actor actor, PublicKey key, Instant tokenExpiresAt, Instant authenticatedAt) {
    return new Session(
        id, actor, key, DeviceProof.digest(key.getEncoded()), tokenExpiresAt, authenticatedAt);
  }

  private static PublicKey deviceKey(String base64) {
    try {
      return SigningKeys.publicKey(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw Problems.malformed("The device key is neither Ed25519 nor P-256.");
    }
  }

  private static void insertRefresh(Handle handle, String refreshToken, String sessionId) {
    handle.execute(
        "INSERT INTO refresh_token (token_hash, session_id, used_at) VALUES (?, ?, 0)",
        DeviceProof.digest(refreshToken),
        sessionId);
  }

  private static AuditEvent event(
      String kind, Actor actor, Instant at, String sessionId, Map<String, Object> fields) {
    return new AuditEvent(
        Ids.next(), kind, 1, at, actor.principal().key(), actor.kind(), sessionId, fields);
  }

  private record Row(
      String id,
      Actor actor,
      String deviceKey,
      Instant tokenExpiresAt,
      Instant authenticatedAt,
      Instant renewableUntil) {
    static Row of(java.sql.ResultSet row) throws java.sql.SQLException {
      try {
        return new Row(
            row.getString("id"),
            JsonCodec.read(row.getString("actor"), Actor.class),
            row.getString("device_key"),
            Instant.ofEpochMilli(row.getLong("token_expires_at")),
            Instant.ofEpochMilli(row.getLong("authenticated_at")),
            Instant.ofEpochMilli(row.getLong("renewable_until")));
      } catch (JsonCodec.MalformedJson e) {
        throw new IllegalStateException("A session in the store is not readable.", e);
      }
    }
  }
}
