package dev.sluice.server.ledger;

import dev.sluice.governance.audit.MerkleTree;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Writes all rows of a commit to PostgreSQL in one round trip: each table's rows travel as arrays.
final class PostgreSqlRows {

  private static final String SQL =
      """
      INSERT INTO ledger_entry (sequence, event_id, previous, envelope, hash)
        SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[]);
      INSERT INTO ledger_key (sequence, content_key) SELECT * FROM unnest(?::bigint[], ?::text[]);
      INSERT INTO ledger_node (level, position, hash)
        SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::text[]);
      INSERT INTO timeline (owner, sequence, outcome, words)
        SELECT owner, sequence, outcome, to_tsvector('simple', words)
        FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[])
          AS line (owner, sequence, outcome, words);
      UPDATE timeline SET outcome = ended.outcome
        FROM unnest(?::bigint[], ?::bigint[]) AS ended (sequence, outcome)
        WHERE timeline.sequence = ended.sequence
      """;

  private PostgreSqlRows() {}

  static void insert(Handle handle, List<LedgerBatch.Entry> entries, TimelineIndex.Lines lines) {
    List<MerkleTree.Node> nodes =
        entries.stream().flatMap(entry -> entry.nodes().stream()).toList();
    Connection connection = handle.getConnection();
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Arrays arrays = new Arrays(connection, statement);
      arrays.numbers(entries, entry -> entry.link().sequence());
      arrays.texts(entries, entry -> entry.event().id());
      arrays.texts(entries, entry -> entry.link().previous());
      arrays.texts(entries, entry -> entry.link().canonical());
      arrays.texts(entries, entry -> entry.link().hash());
      arrays.numbers(entries, entry -> entry.link().sequence());
      arrays.texts(entries, LedgerBatch.Entry::sealedKey);
      arrays.numbers(nodes, node -> (long) node.level());
      arrays.numbers(nodes, MerkleTree.Node::index);
      arrays.texts(nodes, node -> Base64.getEncoder().encodeToString(node.hash()));
      arrays.texts(lines.owned(), TimelineIndex.Owned::owner);
      arrays.numbers(lines.owned(), owned -> owned.line().sequence());
      arrays.numbers(lines.owned(), TimelineIndex.Owned::outcome);
      arrays.texts(lines.owned(), owned -> owned.line().words());
      arrays.numbers(lines.ends().keySet(), sequence -> sequence);
      arrays.numbers(lines.ends().values(), outcome -> outcome);
      statement.execute();
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  private static final class Arrays {
    private final Connection connection;
    private final PreparedStatement statement;
    private int place;

    Arrays(Connection connection, PreparedStatement statement) {
      this.connection = connection;
      this.statement = statement;
    }

    <R> void numbers(Collection<R> rows, Function<R, Long> column) throws SQLException {
      statement.setArray(
          ++place, connection.createArrayOf("int8", rows.stream().map(column).toArray()));
    }

    <R> void texts(Collection<R> rows, Function<R, String> column) throws SQLException {
      statement.setArray(
          ++place, connection.createArrayOf("text", rows.stream().map(column).toArray()));
    }
  }
}
