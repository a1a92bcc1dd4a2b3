package dev.sluice.server.push;

import dev.sluice.server.store.StoreConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of commits of other servers on the same PostgreSQL, over a connection of its own. It only
/// wakes: what was committed is read from the outbox, so a notification that is lost costs a moment
/// and no message.
public final class CommitListener implements AutoCloseable {

  /// The notification channel that writers notify.
  public static final String CHANNEL = "sluice_commit";

  private static final Logger LOG = LoggerFactory.getLogger(CommitListener.class);
  private static final int PATIENCE = 1000;
  private static final long PAUSE = 2000;

  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private final Runnable wake;
  private final Thread thread;
  private volatile boolean closed;

  /// @param wake called after each commit that was heard of
  public CommitListener(StoreConfig.PostgreSql server, Runnable wake) {
    source.setURL(server.url());
    source.setUser(server.user());
    source.setPassword(server.password());
    source.setApplicationName("sluice-server-listener");
    this.wake = wake;
    this.thread = Thread.ofVirtual().name("sluice-commit-listener").start(this::run);
  }

  private void run() {
    while (!closed) {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("LISTEN " + CHANNEL);
        wake.run();
        listen(connection.unwrap(PGConnection.class));
      } catch (SQLException e) {
        if (!closed) {
          LOG.warn("The store's notifications are lost for now: SQLSTATE {}", e.getSQLState());
          rest();
        }
      }
    }
  }

  private void listen(PGConnection connection) throws SQLException {
    while (!closed) {
      if (connection.getNotifications(PATIENCE).length > 0) {
        wake.run();
      }
    }
  }

  private void rest() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(3000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
