package dev.sluice.gateway.journal;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.ChainedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// The journal as a SQLite file: write-ahead log, `synchronous=FULL`, one writer. Triggers refuse
/// any change of what is written.
///
/// The head is read from the file for each append inside an immediate transaction, so that two
/// processes on one file still make one chain.
public final class SqliteJournal implements Journal {

  private final Path file;
  private final Connection connection;

  private SqliteJournal(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Opens or creates the file, readable by its owner only.
  ///
  /// @throws JournalProblem when it cannot be written, or is not a journal
  public static SqliteJournal open(Path file) throws JournalProblem {
    try {
      createPrivately(file);
      SQLiteConfig config = new SQLiteConfig();
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
      config.setBusyTimeout(5000);
      Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties());
      try {
        createTables(connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return new SqliteJournal(file, connection);
    } catch (SQLException | IOException e) {
      throw problem(file, e);
    }
  }

  private static void createPrivately(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (!Files.exists(file)) {
      Files.createFile(file);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  private static void createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS journal (sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
              + " correlation TEXT NOT NULL, previous TEXT NOT NULL, canonical TEXT NOT NULL,"
              + " hash TEXT NOT NULL) STRICT");
      statement.execute(
          "CREATE INDEX IF NOT EXISTS journal_correlation ON journal (correlation, kind)");
      statement.execute(
          "CREATE TRIGGER IF NOT EXISTS journal_no_update BEFORE UPDATE ON journal BEGIN SELECT"
              + " RAISE(ABORT, 'the journal is append-only'); END");
      statement.execute(
          "CREATE TRIGGER IF NOT EXISTS journal_no_delete BEFORE DELETE ON journal BEGIN SELECT"
              + " RAISE(ABORT, 'the journal is append-only'); END");
    }
  }

  @Override
  public synchronized ChainedEvent append(AuditEvent event) throws JournalProblem {
    try {
      connection.setAutoCommit(false);
      try {
        ChainedEvent link = AuditChain.append(last(), event);
        insert(link, event);
        connection.commit();
        return link;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw problem(file, e);
    }
  }

  private Optional<ChainedEvent> last() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT * FROM journal ORDER BY sequence DESC LIMIT 1")) {
      return row.next() ? Optional.of(link(row)) : Optional.empty();
    }
  }

  private void insert(ChainedEvent link, AuditEvent event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal (sequence, kind, correlation, previous, canonical, hash)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, link.sequence());
      insert.setString(2, event.kind());
      insert.setString(3, event.correlation());
      insert.setString(4, link.previous());
      insert.setString(5, link.canonical());
      insert.setString(6, link.hash());
      insert.executeUpdate();
    }
  }

  private static ChainedEvent link(ResultSet row) throws SQLException {
    return new ChainedEvent(
        row.getLong("sequence"),
        row.getString("previous"),
        row.getString("canonical"),
        row.getString("hash"));
  }

  @Override
  public synchronized List<OpenIntent> unknownOutcomes() throws JournalProblem {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT sequence, correlation, canonical FROM journal i WHERE kind = ? AND NOT EXISTS"
                + " (SELECT 1 FROM journal o WHERE o.correlation = i.correlation AND o.kind = ?)"
                + " ORDER BY sequence")) {
      query.setString(1, INTENT);
      query.setString(2, OUTCOME);
      List<OpenIntent> open = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          open.add(new OpenIntent(rows.getLong(1), rows.getString(2), rows.getString(3)));
        }
      }
      return open;
    } catch (SQLException e) {
      throw problem(file, e);
    }
  }

  @Override
  public synchronized AuditChain.Verification verify() throws JournalProblem {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM journal ORDER BY sequence")) {
      return AuditChain.verify(() -> new Links(rows));
    } catch (SQLException | LinkUnreadable e) {
      throw problem(file, e);
    }
  }

  private static JournalProblem problem(Path file, Exception cause) {
    return new JournalProblem(
        "The journal " + file + " cannot be used, so nothing runs: " + cause.getMessage(), cause);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Everything acknowledged is on disk already.
    }
  }

  /// Walks a result without holding the whole chain in memory.
  private static final class Links implements Iterator<ChainedEvent> {
    private final ResultSet rows;
    private @Nullable ChainedEvent next;
    private boolean fetched;

    Links(ResultSet rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (!fetched) {
        try {
          next = rows.next() ? link(rows) : null;
        } catch (SQLException e) {
          throw new LinkUnreadable(e);
        }
        fetched = true;
      }
      return next != null;
    }

    @Override
    public ChainedEvent next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      fetched = false;
      return next;
    }
  }

  private static final class LinkUnreadable extends RuntimeException {
    LinkUnreadable(SQLException cause) {
      super(cause);
    }
  }
}
