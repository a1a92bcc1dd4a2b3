package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.headless.HeadlessWorkspace;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What of [Connection] is served. With auto-commit each statement stands for itself; without, the
/// statements of a transaction run in one database session, each of them governed.
public final class ConnectionCalls {

  private final HeadlessWorkspace opened;
  private final SluiceUrl address;
  private final WorkspaceConnection target;
  private final Set<StatementCalls> statements = ConcurrentHashMap.newKeySet();
  private final Connection proxy;
  private final DriverTransaction transaction;
  private volatile boolean closed;

  ConnectionCalls(HeadlessWorkspace opened, SluiceUrl address) throws WorkspaceProblem {
    this.opened = opened;
    this.address = address;
    this.target =
        opened.workspace().connections().stream()
            .filter(each -> each.context().name().equals(address.connection()))
            .findFirst()
            .orElseThrow(
                () ->
                    new WorkspaceProblem(
                        "unknown-connection",
                        WorkspaceProblem.Blame.USER,
                        "There is no connection \"" + address.connection() + "\" for you.",
                        "Name one of the server's connections after the last slash."));
    this.proxy = Refusing.as(Connection.class, this);
    this.transaction =
        new DriverTransaction(opened.workspace().session(name(), () -> "a JDBC program"), engine());
  }

  Connection proxy() {
    return proxy;
  }

  ServerWorkspace workspace() {
    return opened.workspace();
  }

  SluiceUrl address() {
    return address;
  }

  String name() {
    return target.context().name();
  }

  Dialect engine() {
    return target.context().engine();
  }

  void forget(StatementCalls statement) {
    statements.remove(statement);
  }

  private void check() throws SQLException {
    if (closed) {
      throw SqlProblems.closed("connection");
    }
  }

  private StatementCalls open(String sql) throws SQLException {
    check();
    StatementCalls calls = new StatementCalls(this, sql);
    statements.add(calls);
    return calls;
  }

  public Statement createStatement() throws SQLException {
    return open("").asStatement();
  }

  public Statement createStatement(int type, int concurrency) throws SQLException {
    forwardOnly(type, concurrency);
    return createStatement();
  }

  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    forwardOnly(type, concurrency);
    return createStatement();
  }

  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return open(sql).asPreparedStatement();
  }

  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    forwardOnly(type, concurrency);
    return prepareStatement(sql);
  }

  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    forwardOnly(type, concurrency);
    return prepareStatement(sql);
  }

  private static void forwardOnly(int type, int concurrency) throws SQLException {
    if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw SqlProblems.notSupported("Results are read once, forward, and cannot be changed.");
    }
  }

  public String nativeSQL(String sql) {
    return sql;
  }

  public DatabaseMetaData getMetaData() throws SQLException {
    check();
    return Refusing.as(DatabaseMetaData.class, new DatabaseCalls(this));
  }

  public void setAutoCommit(boolean wanted) throws SQLException {
    check();
    settle(null);
    transaction.setAutoCommit(wanted);
  }

  /// Whether statements run in a transaction that only commit or rollback ends.
  boolean inTransaction() {
    return !transaction.isAutoCommit();
  }

  /// Starts a statement, in the transaction where there is one.
  void start(StatementCalls from, StatementText statement, RowQueue rows) throws SQLException {
    check();
    if (transaction.isAutoCommit()) {
      rows.started(workspace().run(name(), statement, rows));
      return;
    }
    settle(from);
    rows.keepTransaction();
    transaction.run(statement, rows);
  }

  /// A transaction has one database session: results that are still read are taken in first.
  private void settle(@Nullable StatementCalls but) throws SQLException {
    if (!transaction.isAutoCommit()) {
      for (StatementCalls statement : statements) {
        if (statement != but) {
          statement.settle();
        }
      }
    }
  }

  public boolean getAutoCommit() throws SQLException {
    check();
    return transaction.isAutoCommit();
  }

  public void commit() throws SQLException {
    check();
    settle(null);
    transaction.commit();
  }

  public void rollback() throws SQLException {
    check();
    settle(null);
    transaction.rollback();
  }

  public void rollback(Savepoint savepoint) throws SQLException {
    check();
    settle(null);
    transaction.rollback(savepoint);
  }

  public Savepoint setSavepoint() throws SQLException {
    check();
    settle(null);
    return transaction.savepoint(null);
  }

  public Savepoint setSavepoint(String name) throws SQLException {
    check();
    settle(null);
    return transaction.savepoint(name);
  }

  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    check();
    settle(null);
    transaction.release(savepoint);
  }

  public int getTransactionIsolation() {
    return DriverTransaction.isolation(engine());
  }

  public void setTransactionIsolation(int level) throws SQLException {
    check();
    if (level != getTransactionIsolation()) {
      throw SqlProblems.notSupported(
          "Transactions have the isolation that the database gives without being asked.");
    }
  }

  public void setReadOnly(boolean wanted) throws SQLException {
    // A hint: the policy decides what may be written.
    check();
  }

  public boolean isReadOnly() throws SQLException {
    check();
    return false;
  }

  public @Nullable String getCatalog() {
    return null;
  }

  public void setCatalog(@Nullable String name) {
    // There is one database behind a connection; JDBC has a driver without catalogs ignore this.
  }

  public @Nullable String getSchema() throws SQLException {
    check();
    try {
      String first = workspace().catalog(name(), false).searchPath().getFirst();
      return first.isEmpty() ? null : first;
    } catch (WorkspaceProblem e) {
      throw SqlProblems.of(e);
    }
  }

  public int getHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  public @Nullable SQLWarning getWarnings() {
    return null;
  }

  public void clearWarnings() {
    // There are none.
  }

  public Map<String, Class<?>> getTypeMap() {
    return Map.of();
  }

  public Properties getClientInfo() {
    return new Properties();
  }

  public boolean isValid(int seconds) {
    if (closed) {
      return false;
    }
    try {
      return !opened.client().connections().isEmpty();
    } catch (WorkspaceProblem e) {
      return false;
    }
  }

  public boolean isClosed() {
    return closed;
  }

  public void abort(Executor executor) {
    executor.execute(this::close);
  }

  public void close() {
    if (!closed) {
      closed = true;
      statements.forEach(StatementCalls::close);
      transaction.close();
      opened.close();
    }
  }
}
