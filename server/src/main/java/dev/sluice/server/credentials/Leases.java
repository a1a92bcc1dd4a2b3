package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.Target;
import dev.sluice.server.Targets;
import dev.sluice.server.directory.Session;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lends database logins to sessions and takes them back: at sign-out, at release, at expiry, and
/// whatever is found on a database that no open lease accounts for.
///
/// The lease is in the store before the login is made, so a crash in between leaves a lease to
/// sweep, never a login that nobody knows of.
public final class Leases implements AutoCloseable {

  /// A leased login is refused more connections than this.
  public static final int CONNECTIONS = 4;

  private static final Duration LIST_AGAIN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  private final Store store;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Duration life;
  private final Targets targets;
  private final EnforcedLogins enforcedBy;
  private final Map<String, Issuing> issuers = new LinkedHashMap<>();
  private final Set<String> notListed = ConcurrentHashMap.newKeySet();
  private volatile long listAgainAt;
  private final Set<String> lentHere = ConcurrentHashMap.newKeySet();

  /// @param enforcedBy databases that mask by themselves
  public Leases(
      Store store,
      Ledger ledger,
      Targets targets,
      EnforcedLogins enforcedBy,
      Duration life,
      InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
    this.life = life;
    this.targets = targets;
    this.enforcedBy = enforcedBy;
    // What the configuration asks for and nobody can give stops the server at once.
    Map<String, LoginIssuer> checked = issuers();
    LOG.debug("Logins can be lent on {}.", checked.keySet());
    // What a server that is no more has left behind is looked for soon, and not only in its turn.
    targets.all().stream()
        .filter(target -> target.enforcement().isPresent())
        .forEach(target -> notListed.add(target.name()));
    listAgainAt = clock.millis() + LIST_AGAIN.toMillis();
  }

  /// Whether an engine makes a login for one person.
  static boolean makesLogins(Dialect engine) {
    return switch (engine) {
      case POSTGRESQL -> true;
      case MYSQL, MARIADB, SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI -> false;
    };
  }

  /// Whether everybody can be lent the same login of an engine.
  static boolean sharesLogin(Dialect engine) {
    return switch (engine) {
      case MYSQL, MARIADB, TRINO -> true;
      case POSTGRESQL, SQLITE, DUCKDB, SQLSERVER, ANSI -> false;
    };
  }

  /// Makes logins for a target as it was; another one replaces it when the target has changed.
  private record Issuing(Target target, LoginIssuer issuer) {
    void close() {
      if (issuer instanceof PostgreSqlIssuer postgreSql) {
        postgreSql.close();
      }
    }
  }

  /// The issuers of the connections as they are now.
  private synchronized Map<String, LoginIssuer> issuers() {
    Map<String, Target> now = new LinkedHashMap<>();
    targets.all().forEach(target -> now.put(target.name(), target));
    issuers
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !entry.getValue().target().equals(now.get(entry.getKey()));
              if (gone) {
                entry.getValue().close();
              }
              return gone;
            });
    Map<String, LoginIssuer> all = new LinkedHashMap<>();
    now.forEach(
        (name, target) ->
            all.put(
                name,
                issuers
                    .computeIfAbsent(
                        name, unused -> new Issuing(target, issuer(target, enforcedBy)))
                    .issuer()));
    return all;
  }

  private static LoginIssuer issuer(Target target, EnforcedLogins enforcedBy) {
    if (target.definition().isFile()) {
      return new FileIssuer(target.definition().database());
    }
    Optional<LoginIssuer> enforced = enforcedBy.issuer(target);
    if (enforced.isPresent()) {
      return enforced.get();
    }
    DatabaseLogin issuer =
        target
            .issuer()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The connection " + target.name() + " has no login that issues logins."));
    return switch (target.definition().engine()) {
      case POSTGRESQL -> new PostgreSqlIssuer(target.definition(), issuer, target.schemas());
      case MYSQL, MARIADB, TRINO -> new SharedIssuer(issuer, target.definition().database());
      case SQLITE, DUCKDB, SQLSERVER, ANSI ->
          throw new IllegalArgumentException(
              "Logins cannot be leased on " + target.definition().engine().id() + " yet.");
    };
  }

  /// A new login for a session; the one it had for the same connection is dropped.
  public Lease lease(Session session, String connection) {
    Target target = target(connection);
    String id = Ids.next();
    Instant now = clock.instant();
    Instant until = latest(session, connection, now.plus(life));
    lentHere.add(id);
    open(session.id(), connection).forEach(row -> drop(row, "replaced"));
    record(
        session,
        "lease.issued",
        id,
        connection,
        transaction ->
            transaction
                .handle()
                .execute(
                    "INSERT INTO lease (id, session_id, principal_key, connection, login,"
                        + " issued_at, expires_at, dropped_at) VALUES (?, ?, ?, ?, '', ?, ?, 0)",
                    id,
                    session.id(),
                    session.principalKey(),
                    connection,
                    now.toEpochMilli(),
                    until.toEpochMilli()));
    LoginIssuer.Issued issued;
    try {
      issued = issuer(connection).issue(id, session.actor(), until);
    } catch (LoginIssuer.IssueFailed e) {
      LOG.warn("No login could be made on {}: {}", connection, e.getMessage());
      notIssued(session, id, connection, String.valueOf(e.getMessage()));
      throw e.problem(connection);
    }
    store.write(
        transaction ->
            transaction
                .handle()
                .execute("UPDATE lease SET login = ? WHERE id = ?", issued.login().user(), id));
    return wire(target, id, issued, until);
  }

  /// The lease came to nothing; that is written down too.
  private void notIssued(Session session, String id, String connection, String reason) {
    lentHere.remove(id);
    store.write(
        transaction -> {
          transaction
              .handle()
              .execute("UPDATE lease SET dropped_at = ? WHERE id = ?", clock.millis(), id);
          return ledger.append(
              transaction, event("lease.refused", session.principalKey(), id, connection, reason));
        });
  }

  /// Puts the end of a session's own lease off. The password is not sent again.
  public Lease renew(Session session, String leaseId) {
    Row row =
        open(session.id()).stream()
            .filter(lease -> lease.id().equals(leaseId))
            .findFirst()
            .orElseThrow(() -> Problems.notFound("lease"));
    Instant until = latest(session, row.connection(), clock.instant().plus(life));
    try {
      issuer(row.connection()).renew(row.login(), session.actor(), until);
    } catch (LoginIssuer.IssueFailed e) {
      LOG.warn("A login on {} could not be renewed: {}", row.connection(), e.getMessage());
      throw e.problem(row.connection());
    }
    int renewed =
        store.write(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        "UPDATE lease SET expires_at = ? WHERE id = ? AND dropped_at = 0",
                        until.toEpochMilli(),
                        leaseId));
    if (renewed == 0) {
      throw Problems.notFound("lease");
    }
    // The client keeps what the first answer said of the database, as it keeps the password.
    Target target = target(row.connection());
    return wire(
        target,
        leaseId,
        new LoginIssuer.Issued(
            new DatabaseLogin(leaseId, row.login(), ""),
            target.definition().database(),
            "",
            List.of()),
        until);
  }

  private Instant latest(Session session, String connection, Instant wanted) {
    LoginIssuer issuer = issuers().get(connection);
    return issuer == null ? wanted : issuer.latest(session.actor(), wanted);
  }

  /// Drops what somebody holds on a connection: what they may see there has become less.
  ///
  /// @param principal key of the person
  public void endOf(String principal, String connection) {
    rows("dropped_at = 0").stream()
        .filter(row -> row.principal().equals(principal) && row.connection().equals(connection))
        .forEach(row -> drop(row, "a grant was taken back"));
  }

  /// Drops a session's own lease.
  public void release(Session session, String leaseId) {
    open(session.id()).stream()
        .filter(lease -> lease.id().equals(leaseId))
        .forEach(row -> drop(row, "released"));
  }

  /// Drops all leases of a session that ended.
  public void endSession(String sessionId) {
    open(sessionId).forEach(row -> drop(row, "session ended"));
  }

  /// Drops what has expired, and logins that no open lease accounts for. What a database refuses is
  /// tried again at the next sweep, for ever.
  public void sweep() {
    long now = clock.millis();
    Map<String, List<Row>> over =
        rows("dropped_at = 0 AND expires_at <= " + now).stream()
            .collect(Collectors.groupingBy(Row::connection));
    if (!notListed.isEmpty() && now >= listAgainAt) {
      // A database that was away is looked at soon after it is back.
      listAgainAt = now + LIST_AGAIN.toMillis();
      Map<String, LoginIssuer> again = new LinkedHashMap<>(issuers());
      again.keySet().retainAll(notListed);
      notListed.clear();
      dropOrphans(again);
    }
    over.values().forEach(rows -> ManyDrops.each(rows, row -> drop(row, "expired")));
  }

  /// Drops logins on the databases that no open lease accounts for.
  public void dropOrphans() {
    dropOrphans(issuers());
  }

  private void dropOrphans(Map<String, LoginIssuer> of) {
    for (Map.Entry<String, LoginIssuer> entry : of.entrySet()) {
      try {
        Set<String> known =
            rows("dropped_at = 0").stream().map(Row::login).collect(Collectors.toSet());
        boolean unfinished =
            rows("dropped_at = 0").stream()
                .anyMatch(row -> row.login().isEmpty() && row.connection().equals(entry.getKey()));
        List<String> orphans =
            unfinished
                ? List.of()
                : entry.getValue().issued().stream()
                    .filter(login -> !known.contains(login))
                    .toList();
        ManyDrops.each(orphans, login -> dropOrphan(entry.getValue(), login));
      } catch (LoginIssuer.IssueFailed e) {
        LOG.warn("Logins on {} could not be listed: {}", entry.getKey(), e.getMessage());
        notListed.add(entry.getKey());
      }
    }
  }

  private static boolean dropOrphan(LoginIssuer issuer, String login) {
    try {
      issuer.drop(login);
      LOG.warn("Dropped the login {} that no lease accounts for.", login);
      return true;
    } catch (LoginIssuer.IssueFailed e) {
      LOG.warn("The login {} could not be dropped yet: {}", login, e.getMessage());
      return false;
    }
  }

  /// @return false when the database did not do it; it is tried again
  private boolean drop(Row row, String reason) {
    try {
      if (!row.login().isEmpty()) {
        issuer(row.connection()).drop(row.login());
      }
    } catch (LoginIssuer.IssueFailed e) {
      LOG.warn("The login {} could not be dropped yet: {}", row.login(), e.getMessage());
      return false;
    }
    store.write(
        transaction -> {
          int dropped =
              transaction
                  .handle()
                  .execute(
                      "UPDATE lease SET dropped_at = ? WHERE id = ? AND dropped_at = 0",
                      clock.millis(),
                      row.id());
          lentHere.remove(row.id());
          if (dropped == 1) {
            ledger.append(
                transaction,
                event("lease.dropped", row.principal(), row.id(), row.connection(), reason));
          }
          return dropped;
        });
    return true;
  }

  private void record(
      Session session,
      String kind,
      String leaseId,
      String connection,
      dev.sluice.server.store.Work<Integer> change) {
    store.write(
        transaction -> {
          change.in(transaction);
          return ledger.append(
              transaction, event(kind, session.principalKey(), leaseId, connection, ""));
        });
  }

  private AuditEvent event(
      String kind, String principal, String leaseId, String connection, String reason) {
    return new AuditEvent(
        Ids.next(),
        kind,
        1,
        clock.instant(),
        principal,
        "server",
        leaseId,
        Map.of("connection", connection, "reason", reason));
  }

  private Target target(String connection) {
    return targets.find(connection).orElseThrow(() -> Problems.notFound("connection"));
  }

  private LoginIssuer issuer(String connection) throws LoginIssuer.IssueFailed {
    LoginIssuer issuer = issuers().get(connection);
    if (issuer == null) {
      throw new LoginIssuer.IssueFailed("08001");
    }
    return issuer;
  }

  private static Lease wire(Target target, String id, LoginIssuer.Issued issued, Instant until) {
    return new Lease(
        id,
        target.name(),
        target.definition().engine().id(),
        target.definition().host(),
        target.definition().port(),
        issued.database(),
        target.definition().transport()
            == dev.sluice.gateway.connection.ConnectionDefinition.Transport.VERIFIED,
        issued.login().user(),
        issued.login().password(),
        CONNECTIONS,
        until,
        issued.views(),
        issued.searchPath());
  }

  private List<Row> open(String sessionId, String connection) {
    return open(sessionId).stream().filter(row -> row.connection().equals(connection)).toList();
  }

  private List<Row> open(String sessionId) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM lease WHERE dropped_at = 0 AND session_id = ?")
                .bind(0, sessionId)
                .map((row, context) -> Row.of(row))
                .list());
  }

  private List<Row> rows(String condition) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM lease WHERE " + condition)
                .map((row, context) -> Row.of(row))
                .list());
  }

  /// Drops every login that this process has lent, then lets go of the databases.
  @Override
  public void close() {
    rows("dropped_at = 0").stream()
        .filter(row -> lentHere.contains(row.id()))
        .forEach(row -> drop(row, "server stopped"));
    synchronized (this) {
      issuers.values().forEach(Issuing::close);
      issuers.clear();
    }
  }

  private record Row(String id, String principal, String connection, String login) {
    static Row of(java.sql.ResultSet row) throws java.sql.SQLException {
      return new Row(
          row.getString("id"),
          row.getString("principal_key"),
          row.getString("connection"),
          row.getString("login"));
    }
  }
}
