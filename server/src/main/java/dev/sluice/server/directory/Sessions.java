package dev.sluice.server.directory;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Push;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.push.Outbox;
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
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Opens, renews and ends sessions. A token lives ten minutes and only works with proofs of the
/// device it was given to; a refresh token works once, and one that comes back a second time ends
/// the session, since then somebody has a copy.
public final class Sessions {

  static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
  static final Duration LONGEST = Duration.ofHours(12);

  /// Where an identity provider vouches, it is asked again after at most this.
  static final Duration PROVIDER_TOKEN_LIFE = Duration.ofMinutes(5);

  /// How long a session outlives a token that was not renewed: a sleeping laptop gets its session
  /// back, but not where a provider must vouch for it or a service can prove itself anew.
  private static final Duration GRACE = TOKEN_LIFE;

  private static final Duration SHORT_GRACE = Duration.ofSeconds(30);

  private final Store store;
  private final Ledger ledger;
  private final Directory directory;
  private final InstantSource clock;
  private final List<BiConsumer<String, String>> endListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> narrowListeners = new CopyOnWriteArrayList<>();

  public Sessions(Store store, Ledger ledger, Directory directory, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.directory = directory;
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

  /// Hears the session's id, when a provider took groups or roles from its person.
  public void onNarrowed(Consumer<String> listener) {
    narrowListeners.add(listener);
  }

  /// How somebody showed who they are.
  ///
  /// @param provider id of the identity provider, empty for the server's own accounts
  /// @param at when they did so in person; [Instant#EPOCH] when that is not known
  public record Authentication(String provider, Instant at) {}

  /// @param deviceKey X.509, base64
  /// @param client for the log
  public Opened open(Actor actor, Authentication how, String deviceKey, String client) {
    PublicKey key = SessionRow.publicKey(deviceKey);
    Instant now = clock.instant();
    SessionRow row =
        new SessionRow(
            Ids.next(),
            actor,
            Base64.getEncoder().encodeToString(key.getEncoded()),
            now.plus(life(how.provider())),
            how.at(),
            now.plus(LONGEST),
            how.provider(),
            "");
    String token = Ids.secret();
    String refresh = Ids.secret();
    store.write(
        transaction -> {
          Handle handle = transaction.handle();
          AgentStops.requireFree(handle, actor);
          handle.execute(
              "INSERT INTO session (id, principal_key, actor, device_key, token_hash,"
                  + " token_expires_at, authenticated_at, renewable_until, ended_at, end_reason,"
                  + " kind, provider) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '', ?, ?)",
              row.id(),
              actor.principal().key(),
              JsonCodec.write(actor),
              row.deviceKey(),
              DeviceProof.digest(token),
              row.tokenExpiresAt().toEpochMilli(),
              row.authenticatedAt().toEpochMilli(),
              row.renewableUntil().toEpochMilli(),
              SessionRow.DEVICE,
              row.provider());
          if (actor instanceof Actor.Person person && !how.provider().isEmpty()) {
            People.keep(handle, person, now);
          }
          insertRefresh(handle, refresh, row.id());
          tellOwner(transaction, actor, now);
          Map<String, Object> fields =
              how.provider().isEmpty()
                  ? Map.of("client", client)
                  : Map.of("client", client, "provider", how.provider());
          return ledger.append(transaction, event("session.opened", actor, now, row.id(), fields));
        });
    return new Opened(row.with(actor), token, refresh);
  }

  private static Duration life(String provider) {
    return provider.isEmpty() ? TOKEN_LIFE : PROVIDER_TOKEN_LIFE;
  }

  /// The live session of a device's token. A service's bearer token is none.
  public Optional<Session> authenticate(String token) {
    return store
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM session WHERE token_hash = ? AND kind = ? AND ended_at = 0")
                    .bind(0, DeviceProof.digest(token))
                    .bind(1, SessionRow.DEVICE)
                    .map((row, context) -> SessionRow.of(row))
                    .findOne())
        .filter(row -> clock.instant().isBefore(row.tokenExpiresAt()))
        .flatMap(this::session);
  }

  /// The next pair of tokens. The device must have proven the request for this session.
  ///
  /// @param vouched what the identity provider says of the person today; a session that a provider
  ///     vouches for is not renewed without
  public Opened refresh(Session session, String refreshToken, Optional<Actor.Person> vouched) {
    if (session.provider().isEmpty() != vouched.isEmpty()) {
      throw Problems.notSignedIn();
    }
    Instant now = clock.instant();
    String token = Ids.secret();
    String refresh = Ids.secret();
    Outcome outcome =
        store.write(
            transaction -> {
              Outcome renewed = renew(transaction, session, refreshToken, token, refresh, now);
              if (renewed == Outcome.RENEWED) {
                vouched.ifPresent(person -> People.keep(transaction.handle(), person, now));
              }
              return renewed;
            });
    if (outcome == Outcome.REUSED) {
      end(session.id(), "A refresh token was used twice.");
    }
    if (outcome != Outcome.RENEWED) {
      throw Problems.notSignedIn();
    }
    boolean narrowed =
        vouched
            .filter(person -> !holdsAll(person.principal(), session.actor().principal()))
            .isPresent();
    if (narrowed) {
      narrowListeners.forEach(listener -> listener.accept(session.id()));
    }
    return new Opened(
        new Session(
            session.id(),
            vouched.map(person -> (Actor) person).orElse(session.actor()),
            session.deviceKey(),
            session.deviceThumbprint(),
            now.plus(life(session.provider())),
            session.authenticatedAt(),
            session.provider(),
            ""),
        token,
        refresh);
  }

  private static boolean holdsAll(Principal now, Principal before) {
    return now.groups().containsAll(before.groups()) && now.roles().containsAll(before.roles());
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
            now.plus(life(session.provider())).toEpochMilli(),
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
                    .map((row, context) -> SessionRow.of(row))
                    .findOne())
        .filter(row -> clock.instant().isBefore(row.renewableUntil()))
        .flatMap(this::session);
  }

  /// Somebody has just shown again who they are.
  ///
  /// @param at when; an earlier time than the known one changes nothing
  public void authenticated(Session session, Instant at) {
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "UPDATE session SET authenticated_at = ?"
                        + " WHERE id = ? AND ended_at = 0 AND authenticated_at < ?",
                    at.toEpochMilli(),
                    session.id(),
                    at.toEpochMilli()));
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
                            + " AND (token_expires_at < ? OR renewable_until < ?"
                            + " OR (token_expires_at < ? AND (kind <> ? OR provider <> '')))")
                    .bind(0, now - GRACE.toMillis())
                    .bind(1, now)
                    .bind(2, now - SHORT_GRACE.toMillis())
                    .bind(3, SessionRow.DEVICE)
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
              .map((row, context) -> SessionRow.of(row))
              .one()
              .actor();
      tellOwner(transaction, actor, now);
      ledger.append(
          transaction, event("session.ended", actor, now, sessionId, Map.of("reason", reason)));
    }
    return changed == 1;
  }

  /// An agent's owner sees it come and go.
  static void tellOwner(Transaction transaction, Actor actor, Instant now) {
    actor
        .onBehalfOf()
        .ifPresent(
            owner ->
                Outbox.add(
                    transaction,
                    owner.key(),
                    new Push("agents-changed", Optional.empty(), 0, ""),
                    now.toEpochMilli()));
  }

  private Optional<Session> session(SessionRow row) {
    return directory.current(row.actor()).map(row::with);
  }

  private static void insertRefresh(Handle handle, String refreshToken, String sessionId) {
    handle.execute(
        "INSERT INTO refresh_token (token_hash, session_id, used_at) VALUES (?, ?, 0)",
        DeviceProof.digest(refreshToken),
        sessionId);
  }

  private static AuditEvent event(
      String kind, Actor actor, Instant at, String sessionId, Map<String, Object> fields) {
    Map<String, Object> all = new java.util.TreeMap<>(fields);
    all.put("actorName", actor.principal().displayName());
    return new AuditEvent(
        Ids.next(), kind, 1, at, actor.principal().key(), actor.kind(), sessionId, all);
  }
}
