package dev.sluice.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.server.ServerProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The server's database. See the package documentation for how writes are grouped. Safe for use by
/// many threads.
public final class Store implements AutoCloseable {

  private static final long FIRST_PAUSE = 50;
  private static final long LONGEST_PAUSE = 3000;

  private final HikariDataSource readPool;
  private final HikariDataSource writePool;
  private final Jdbi reads;
  private final WriteQueue queue;
  private final boolean sqlite;

  private Store(HikariDataSource readPool, HikariDataSource writePool, boolean sqlite) {
    this.readPool = readPool;
    this.writePool = writePool;
    this.sqlite = sqlite;
    this.reads = Jdbi.create(readPool);
    this.queue = new WriteQueue(Jdbi.create(writePool), !sqlite);
  }

  /// Opens the store and brings its tables up to date.
  public static Store open(StoreConfig config) {
    return switch (config) {
      case StoreConfig.Sqlite file -> open(SqliteSource.of(file.file()), "sqlite", true);
      case StoreConfig.PostgreSql server -> open(postgreSql(server), "postgresql", false);
    };
  }

  private static Store open(DataSource source, String folder, boolean sqlite) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:dev/sluice/server/store/" + folder)
        .table("sluice_migration")
        // Changes of different parts are numbered apart from each other.
        .outOfOrder(true)
        .loggers("slf4j")
        .load()
        .migrate();
    return new Store(pool(source, "store-read", 6), pool(source, "store-write", 1), sqlite);
  }

  private static DataSource postgreSql(StoreConfig.PostgreSql server) {
    org.postgresql.ds.PGSimpleDataSource source = new org.postgresql.ds.PGSimpleDataSource();
    source.setURL(server.url());
    source.setUser(server.user());
    source.setPassword(server.password());
    source.setApplicationName("sluice-server");
    source.setReWriteBatchedInserts(true);
    return source;
  }

  private static HikariDataSource pool(DataSource source, String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    config.setRegisterMbeans(false);
    return new HikariDataSource(config);
  }

  /// Whether this is the one-file store.
  public boolean isSqlite() {
    return sqlite;
  }

  /// Reads committed data.
  public <T> T read(Function<Handle, T> query) {
    return reads.withHandle(query::apply);
  }

  /// Writes; returns when the commit is durable. Must not be called from inside other work.
  public <T> T write(Work<T> work) {
    try {
      return submit(work).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /// Writes what must not be left undone, again and again while the store fails. The work must find
  /// out by itself whether it was written before: a commit whose answer was lost may have happened.
  ///
  /// @param patience after which the failure is the answer
  public <T> T writeSurely(Work<T> work, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        return write(work);
      } catch (ServerProblem refused) {
        throw refused;
      } catch (RuntimeException e) {
        if (System.nanoTime() + pause * 1_000_000 >= until) {
          throw e;
        }
        try {
          Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  /// Queues a write; completes when the commit is durable.
  public <T> CompletableFuture<T> submit(Work<T> work) {
    return queue.submit(work);
  }

  /// Writes that wait for their commit.
  public long waiting() {
    return queue.waiting();
  }

  /// Commits of this process so far.
  public long commits() {
    return queue.commits();
  }

  /// Runs after each commit of this process in which something was announced; must be quick.
  public void whenAnnounced(Runnable action) {
    queue.whenAnnounced(action);
  }

  /// Copies a one-file store to another file while servers work on it: a state that was committed
  /// at one moment.
  ///
  /// @throws IllegalStateException when the store is not one file or the copy fails
  public void backup(Path target) {
    if (!sqlite) {
      throw new IllegalStateException("Only a store in one file is copied like this.");
    }
    read(
        handle -> {
          try {
            int code =
                handle
                    .getConnection()
                    .unwrap(org.sqlite.SQLiteConnection.class)
                    .getDatabase()
                    .backup("main", target.toString(), (remaining, pages) -> {});
            if (code != 0) {
              throw new IllegalStateException("The copy failed: SQLite answered " + code + ".");
            }
            return 0;
          } catch (java.sql.SQLException e) {
            throw new IllegalStateException("The copy failed.", e);
          }
        });
  }

  /// Overwrites what was deleted, as far as the database can: SQLite empties its write-ahead log
  /// (pages are overwritten at once), PostgreSQL vacuums.
  ///
  /// @param tables that rows were deleted from
  /// @return whether it was done; it is not while somebody reads an old state
  public boolean scrub(List<String> tables) {
    return read(
        handle -> {
          if (sqlite) {
            return handle
                    .createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                    .map((row, context) -> row.getInt(1))
                    .one()
                == 0;
          }
          handle.execute("VACUUM " + String.join(", ", tables));
          return true;
        });
  }

  @Override
  public void close() {
    queue.close();
    writePool.close();
    readPool.close();
  }
}
