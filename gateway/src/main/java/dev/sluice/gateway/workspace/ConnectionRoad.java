package dev.sluice.gateway.workspace;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.discovery.ColumnSamples;
import dev.sluice.governance.discovery.Discovery;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.enforcement.MaskedCatalog;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The road to one connection: a leased, read-only login, a pool over it, and the catalog.
///
/// Nothing is opened before it is needed. A lease is renewed before it ends; when that fails, the
/// next use takes a new one, unless sessions of this one are in use: a new lease ends them, and no
/// statement ends the work of another tab.
final class ConnectionRoad implements AutoCloseable {

  private static final Duration RENEW_BEFORE = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_SESSIONS = 3;
  private static final int OWN_WRITERS = 2;

  private final WorkspaceConnection connection;
  private final LeaseSource leases;
  private final InstantSource clock;
  private @Nullable Lease lease;
  private @Nullable ConnectionPool pool;
  private @Nullable ConnectionPool files;
  private @Nullable ConnectionPool metadata;
  private final SessionHolders holders = new SessionHolders();
  private volatile @Nullable CatalogSnapshot catalog;
  private volatile List<Proposal> discovered = List.of();
  private volatile String catalogViews = "";
  private volatile boolean leaseOutdated;

  ConnectionRoad(WorkspaceConnection connection, LeaseSource leases, InstantSource clock) {
    this.connection = connection;
    this.leases = leases;
    this.clock = clock;
  }

  /// Whether the person's own login is used, of which the server knows nothing.
  boolean isOwn() {
    return leases.isOwn();
  }

  ConnectionContext context() {
    return connection.context();
  }

  /// The lease that sessions run under now.
  synchronized String leaseId() throws WorkspaceProblem {
    return leased().id();
  }

  /// A session under the lease; close it after use.
  ///
  /// @param readOnly sessions that may write exist only for a `direct` connection, where whoever
  ///     sits here can write anyhow; all other leases are for reading
  JdbcBackend open(boolean readOnly) throws WorkspaceProblem {
    ConnectionPool from = readOnly ? pool() : writablePool();
    if (holders.in(from).size() >= from.size()) {
      throw taken(from);
    }
    try {
      return JdbcBackend.open(from);
    } catch (BackendFailure e) {
      if (from.isFull()) {
        throw taken(from);
      }
      failed(e.sqlState());
      throw unreachable(e.sqlState());
    }
  }

  /// From here on the session is held by an open transaction of a tab.
  void hold(JdbcBackend session, Supplier<String> tab) {
    holders.add(session, tab);
  }

  void letGo(JdbcBackend session) {
    holders.remove(session);
  }

  CatalogSnapshot catalog(boolean refresh) throws WorkspaceProblem {
    CatalogSnapshot known = catalog;
    if (known != null && !refresh && sameViews()) {
      return known;
    }
    ConnectionPool current = metadataPool();
    try {
      Connection session = current.borrow();
      try {
        Lease under = knownLease();
        CatalogSnapshot read =
            asPeopleKnowIt(CatalogReader.of(context().engine()).read(session), under);
        catalogViews = under == null ? "" : under.views();
        discovered = discover(read);
        catalog = read;
        return read;
      } finally {
        current.giveBack(session);
      }
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      failed(state);
      throw unreachable(state);
    }
  }

  /// What the names, types and comments of the catalog say by themselves: the same on every
  /// machine, and without a query. Where the database masks, its views decide and nothing else.
  private List<Proposal> discover(CatalogSnapshot read) {
    return context().ring().equals("enforced")
        ? List.of()
        : Discovery.propose(read, ColumnSamples.none());
  }

  /// What discovery proposes for the catalog that was read last; empty before that.
  List<Proposal> discovered() {
    return discovered;
  }

  /// A login that shows more or less than the one before reads other views.
  private synchronized boolean sameViews() throws WorkspaceProblem {
    return catalogViews.isEmpty() || leased().views().equals(catalogViews);
  }

  /// What I may see has changed: the next use asks for another login.
  void leaseAgain() {
    leaseOutdated = true;
  }

  private synchronized @Nullable Lease knownLease() {
    return lease;
  }

  /// Where the database masks by itself: the tables as everybody knows them, each with the masked
  /// view that is read in its place.
  private static CatalogSnapshot asPeopleKnowIt(CatalogSnapshot read, @Nullable Lease lease) {
    if (lease == null || lease.views().isEmpty()) {
      return read;
    }
    boolean hidesBase = !lease.engine().equals(Dialect.POSTGRESQL.id());
    return MaskedCatalog.of(
        read,
        lease.views(),
        hidesBase
            ? Optional.of(lease.database().substring(lease.views().length() + 1))
            : Optional.empty());
  }

  /// The catalog is read again when it is next needed.
  void forgetCatalog() {
    catalog = null;
  }

  /// The catalog as far as it was read.
  @Nullable CatalogSnapshot knownCatalog() {
    return catalog;
  }

  private synchronized ConnectionPool pool() throws WorkspaceProblem {
    Lease current = leased();
    ConnectionPool open = pool;
    if (open == null) {
      // One connection of the login is kept for the catalog: it is read while all tabs are busy.
      open = poolOf(current, Math.clamp(current.maxConnections() - 1, 1, MOST_SESSIONS));
      pool = open;
    }
    return open;
  }

  private synchronized ConnectionPool metadataPool() throws WorkspaceProblem {
    Lease current = leased();
    if (current.maxConnections() < 2) {
      return pool();
    }
    ConnectionPool open = metadata;
    if (open == null) {
      open = poolOf(current, 1);
      metadata = open;
    }
    return open;
  }

  private ConnectionPool poolOf(Lease lease, int size) throws WorkspaceProblem {
    return new ConnectionPool(
        leases.way(lease),
        new DatabaseLogin(lease.id(), lease.user(), lease.password()),
        Purpose.READ,
        size,
        PATIENCE);
  }

  /// Whether sessions here can change anything. Where the server lends the login, they cannot:
  /// changes run on the server.
  synchronized boolean mayWrite() throws WorkspaceProblem {
    return mayWrite(leases.way(leased()));
  }

  private boolean mayWrite(ConnectionDefinition definition) {
    return definition.isFile() ? context().ring().equals("direct") : leases.isOwn();
  }

  private synchronized ConnectionPool writablePool() throws WorkspaceProblem {
    Lease current = leased();
    ConnectionDefinition definition = leases.way(current);
    if (!mayWrite(definition)) {
      return pool();
    }
    ConnectionPool open = files;
    if (open == null) {
      open =
          new ConnectionPool(
              definition,
              definition.isFile()
                  ? DatabaseLogin.none()
                  : new DatabaseLogin(current.id(), current.user(), current.password()),
              Purpose.WRITE,
              definition.isFile() ? 1 : OWN_WRITERS,
              PATIENCE);
      files = open;
    }
    return open;
  }

  private Lease leased() throws WorkspaceProblem {
    if (leaseOutdated) {
      leaseOutdated = false;
      forgetLease();
    }
    Lease current = lease;
    Instant now = clock.instant();
    if (current != null && now.isBefore(current.expiresAt().minus(RENEW_BEFORE))) {
      return current;
    }
    if (current != null && now.isBefore(current.expiresAt())) {
      try {
        Lease renewed = leases.renew(current);
        lease = renewed;
        return renewed;
      } catch (WorkspaceProblem e) {
        if (isInUse() && !e.code().equals("not-found")) {
          return current;
        }
        // The login may be gone on the server: a new one is asked for.
      }
    }
    forgetLease();
    Lease fresh = leases.lease(connection.context().name());
    lease = fresh;
    return fresh;
  }

  /// A new lease is taken next time. While other tabs use this one, only when its login is refused:
  /// their sessions are gone then too.
  private synchronized void failed(String sqlState) {
    if (!isInUse() || sqlState.startsWith("28")) {
      forgetLease();
    }
  }

  private boolean isInUse() {
    return (pool != null && pool.isInUse()) || (files != null && files.isInUse());
  }

  private synchronized void forgetLease() {
    lease = null;
    for (ConnectionPool open : new ConnectionPool[] {pool, files, metadata}) {
      if (open != null) {
        open.close();
      }
    }
    pool = null;
    files = null;
    metadata = null;
  }

  private WorkspaceProblem taken(ConnectionPool from) {
    return holders.problem(connection.context().name(), from);
  }

  private WorkspaceProblem unreachable(String sqlState) {
    return new WorkspaceProblem(
        "database-unreachable",
        WorkspaceProblem.Blame.DATABASE,
        "The database of \""
            + connection.context().name()
            + "\" cannot be reached"
            + (sqlState.isEmpty() ? "." : " (SQLSTATE " + sqlState + ")."),
        "Try again in a minute; if it stays so, tell " + connection.owner() + ".");
  }

  @Override
  public synchronized void close() {
    Lease current = lease;
    forgetLease();
    if (current != null) {
      try {
        leases.release(current.id());
      } catch (WorkspaceProblem e) {
        // The server drops the login when the session ends or the lease does.
      }
    }
  }
}
