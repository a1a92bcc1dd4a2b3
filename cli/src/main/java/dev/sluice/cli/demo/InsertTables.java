package dev.sluice.cli.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Loads tables by batched INSERT, for SQLite.
final class InsertTables implements Tables {

  private static final int BATCH = 1000;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Connection connection;
  private @Nullable PreparedStatement insert;
  private int pending;

  InsertTables(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void load(String table, Filler filler) throws Exception {
    insert = null;
    pending = 0;
    try {
      filler.fill(values -> add(table, values));
      if (insert != null) {
        insert.executeBatch();
      }
    } finally {
      if (insert != null) {
        insert.close();
      }
    }
  }

  private void add(String table, @Nullable Object[] values) throws Exception {
    PreparedStatement statement = insert;
    if (statement == null) {
      String marks = String.join(", ", Collections.nCopies(values.length, "?"));
      statement = connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")");
      insert = statement;
    }
    for (int index = 0; index < values.length; index++) {
      Object value = values[index];
      switch (value) {
        case null -> statement.setObject(index + 1, null);
        case LocalDateTime moment -> statement.setString(index + 1, MOMENT.format(moment));
        case java.time.LocalDate day -> statement.setString(index + 1, day.toString());
        case java.math.BigDecimal amount -> statement.setBigDecimal(index + 1, amount);
        default -> statement.setObject(index + 1, value);
      }
    }
    statement.addBatch();
    pending++;
    if (pending % BATCH == 0) {
      statement.executeBatch();
    }
  }
}
