package dev.sluice.bench;

import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.Cancellation;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.execution.ExecutionRequest;
import dev.sluice.gateway.execution.ResultReceiver;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.Permit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/// The whole governed road below the window: analysis, decision, execution with every guard, masks.
/// Only the journal is measured apart: it waits for the disk, not for the processor.
final class SluiceRoad implements Road {

  private final Core core;
  private final ConnectionPool pool;
  private final JdbcBackend backend;

  SluiceRoad() throws Exception {
    this.pool =
        new ConnectionPool(
            Shop.definition(),
            new DatabaseLogin("bench", Shop.USER, Shop.USER),
            Purpose.READ,
            2,
            Duration.ofSeconds(10));
    this.core = new Core(catalog(pool), Policies.of(100));
    this.backend = JdbcBackend.open(pool);
  }

  private static CatalogSnapshot catalog(ConnectionPool pool) throws SQLException {
    Connection connection = pool.borrow();
    try {
      return CatalogReader.of(pool.definition().engine()).read(connection);
    } finally {
      pool.giveBack(connection);
    }
  }

  @Override
  public void run(String sql, int expected, Blackhole blackhole) {
    Permit permit = core.permit(sql);
    if (permit.plan().masks().size() != 2) {
      throw new IllegalStateException("Two masks were expected: " + permit.plan());
    }
    ExecutionOutcome outcome =
        core.parts
            .executor()
            .execute(
                new ExecutionRequest(
                    permit,
                    core.catalog,
                    column -> core.policy.sights().classified("shop", column),
                    MaskKeys.none()),
                backend,
                new Consumer(blackhole),
                new Cancellation());
    if (!(outcome instanceof ExecutionOutcome.Completed completed)
        || completed.rows() != expected
        || !completed.incidents().isEmpty()) {
      throw new IllegalStateException(String.valueOf(outcome));
    }
  }

  @Override
  public void close() {
    backend.close();
    pool.close();
    core.close();
  }

  private record Consumer(Blackhole blackhole) implements ResultReceiver {
    @Override
    public void columns(List<Column> columns) {
      blackhole.consume(columns);
    }

    @Override
    public void rows(List<@Nullable Object[]> rows) {
      for (@Nullable Object[] row : rows) {
        for (Object value : row) {
          blackhole.consume(value);
        }
      }
    }
  }
}
