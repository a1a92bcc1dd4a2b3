package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.headless.HeadlessWorkspace;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What of [Connection] is served. Each statement stands for itself: there are no transactions over
/// several statements, and asking for one is refused rather than pretended.
public final class ConnectionCalls {

  private final HeadlessWorkspace opened;
  private final SluiceUrl address;
  private final WorkspaceConnection target;
  private final Set<StatementCalls> statements = ConcurrentHashMap.newKeySet();
  private final Connection proxy;
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
    if (!wanted) {
      throw SqlProblems.notSupported(
          "Each statement stands for itself: there are no transactions over several statements.");
    }
  }

  public boolean getAutoCommit() throws SQLException {
    check();
    return true;
  }

  public void commit() throws SQLException {
    check();
    throw SqlProblems.wrongUse("Each statement was committed when it ended.");
  }

  public void rollback() throws SQLException {
    check();
    throw SqlProblems.wrongUse("Each statement was committed when it ended.");
  }

  public int getTransactionIsolation() {
    return Connection.TRANSACTION_NONE;
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
      opened.close();
    }
  }
}
