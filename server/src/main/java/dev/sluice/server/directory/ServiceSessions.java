package dev.sluice.server.directory;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.BearerToken;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Bearer tokens of agents and pipelines: at most ten minutes, for one audience, ended at any time.
/// Only digests are stored. A person never gets one.
public final class ServiceSessions {

  /// The longest a bearer token lives.
  public static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  private final Store store;
  private final Ledger ledger;
  private final Directory directory;
  private final InstantSource clock;

  public ServiceSessions(Store store, Ledger ledger, Directory directory, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.directory = directory;
    this.clock = clock;
  }

  /// A token for somebody who has just proven who they are.
  ///
  /// @param provider who vouched, empty for this server
  /// @param audience what it is good for
  /// @param sessionId of an earlier token of the same actor and audience, to go on with; a session
  ///     that is not there is answered by a new one
  BearerToken issue(
      Actor actor, String provider, String audience, String sessionId, Duration life) {
    if (actor instanceof Actor.Person) {
      throw new IllegalArgumentException("A person never gets a bearer token.");
    }
    String token = Ids.secret();
    Instant now = clock.instant();
    Instant until = now.plus(life.compareTo(TOKEN_LIFE) > 0 ? TOKEN_LIFE : life);
    String id =
        store.write(
            transaction -> {
              Handle handle = transaction.handle();
              AgentStops.requireFree(handle, actor);
              if (goOn(handle, actor, audience, sessionId, token, until, now)) {
                return sessionId;
              }
              String fresh = Ids.next();
              handle.execute(
                  "INSERT INTO session (id, principal_key, actor, device_key, token_hash,"
                      + " token_expires_at, authenticated_at, renewable_until, ended_at,"
                      + " end_reason, kind, provider, audience)"
                      + " VALUES (?, ?, ?, '', ?, ?, 0, ?, 0, '', ?, ?, ?)",
                  fresh,
                  actor.principal().key(),
                  JsonCodec.write(actor),
                  DeviceProof.digest(token),
                  until.toEpochMilli(),
                  now.plus(Sessions.LONGEST).toEpochMilli(),
                  SessionRow.BEARER,
                  provider,
                  audience);
              Sessions.tellOwner(transaction, actor, now);
              ledger.append(
                  transaction,
                  new AuditEvent(
                      Ids.next(),
                      "session.opened",
                      1,
                      now,
                      actor.principal().key(),
                      actor.kind(),
                      fresh,
                      Map.of("client", "bearer token", "audience", audience)));
              return fresh;
            });
    return new BearerToken(token, "Bearer", Duration.between(now, until).toSeconds(), id);
  }

  private static boolean goOn(
      Handle handle,
      Actor actor,
      String audience,
      String sessionId,
      String token,
      Instant until,
      Instant now) {
    return !sessionId.isEmpty()
        && handle.execute(
                "UPDATE session SET token_hash = ?, token_expires_at = ?, actor = ?"
                    + " WHERE id = ? AND principal_key = ? AND kind = ? AND audience = ?"
                    + " AND ended_at = 0 AND renewable_until > ?",
                DeviceProof.digest(token),
                until.toEpochMilli(),
                JsonCodec.write(actor),
                sessionId,
                actor.principal().key(),
                SessionRow.BEARER,
                audience,
                now.toEpochMilli())
            == 1;
  }

  /// The live session of a bearer token. A token of a device's session is none: it needs proofs.
  public Optional<Session> authenticate(String token) {
    String digest = DeviceProof.digest(token);
    return store
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM session WHERE token_hash = ? AND kind = ? AND ended_at = 0")
                    .bind(0, digest)
                    .bind(1, SessionRow.BEARER)
                    .map((row, context) -> SessionRow.of(row))
                    .findOne()
                    .filter(row -> clock.instant().isBefore(row.tokenExpiresAt()))
                    .flatMap(row -> directory.current(handle, row.actor()).map(row::with)))
        .filter(session -> !(session.actor() instanceof Actor.Person));
  }
}
