package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.workspace.RunEvent;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of [ResultSet] is served: forward reading of masked values. Streams, large objects, arrays
/// and everything that changes rows is refused.
public final class ResultCalls {

  private final @Nullable StatementCalls statement;
  private final RowSource rows;
  private final Map<String, Integer> byLabel = new HashMap<>();
  private @Nullable Object @Nullable [] row;
  private boolean wasNull;
  private boolean closed;
  private boolean ended;
  private long number;

  ResultCalls(@Nullable StatementCalls statement, RowSource rows) {
    this.statement = statement;
    this.rows = rows;
    List<RunEvent.ResultColumn> columns = rows.columns();
    for (int ordinal = columns.size() - 1; ordinal >= 0; ordinal--) {
      byLabel.put(columns.get(ordinal).label().toLowerCase(Locale.ROOT), ordinal + 1);
    }
  }

  public boolean next() throws SQLException {
    check();
    long most = statement == null ? 0 : statement.mostRows();
    if (ended || (most > 0 && number >= most)) {
      row = null;
      ended = true;
      return false;
    }
    row = rows.next();
    ended = row == null;
    number += ended ? 0 : 1;
    return !ended;
  }

  private @Nullable Object cell(int column) throws SQLException {
    check();
    Object[] current = row;
    if (current == null) {
      throw SqlProblems.wrongUse("There is no current row: call next first.");
    }
    if (column < 1 || column > current.length) {
      throw SqlProblems.wrongUse(
          "There is no column " + column + "; there are " + current.length + ".");
    }
    Object value = current[column - 1];
    wasNull = value == null;
    return value;
  }

  public int findColumn(String label) throws SQLException {
    Integer column = byLabel.get(label.toLowerCase(Locale.ROOT));
    if (column == null) {
      throw SqlProblems.wrongUse("There is no column of that name.");
    }
    return column;
  }

  public boolean wasNull() {
    return wasNull;
  }

  public @Nullable Object getObject(int column) throws SQLException {
    return Cells.object(cell(column));
  }

  public @Nullable Object getObject(String label) throws SQLException {
    return getObject(findColumn(label));
  }

  public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
    return Cells.as(cell(column), type);
  }

  public <T> @Nullable T getObject(String label, Class<T> type) throws SQLException {
    return getObject(findColumn(label), type);
  }

  public @Nullable String getString(int column) throws SQLException {
    return Cells.text(cell(column));
  }

  public @Nullable String getString(String label) throws SQLException {
    return getString(findColumn(label));
  }

  public @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  public @Nullable String getNString(String label) throws SQLException {
    return getString(label);
  }

  public boolean getBoolean(int column) throws SQLException {
    return Cells.truth(cell(column));
  }

  public boolean getBoolean(String label) throws SQLException {
    return getBoolean(findColumn(label));
  }

  public byte getByte(int column) throws SQLException {
    return (byte) Cells.whole(cell(column), Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  public byte getByte(String label) throws SQLException {
    return getByte(findColumn(label));
  }

  public short getShort(int column) throws SQLException {
    return (short) Cells.whole(cell(column), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  public short getShort(String label) throws SQLException {
    return getShort(findColumn(label));
  }

  public int getInt(int column) throws SQLException {
    return (int) Cells.whole(cell(column), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  public int getInt(String label) throws SQLException {
    return getInt(findColumn(label));
  }

  public long getLong(int column) throws SQLException {
    return Cells.whole(cell(column), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  public long getLong(String label) throws SQLException {
    return getLong(findColumn(label));
  }

  public float getFloat(int column) throws SQLException {
    return (float) getDouble(column);
  }

  public float getFloat(String label) throws SQLException {
    return getFloat(findColumn(label));
  }

  public double getDouble(int column) throws SQLException {
    BigDecimal value = Cells.decimal(cell(column));
    return value == null ? 0 : value.doubleValue();
  }

  public double getDouble(String label) throws SQLException {
    return getDouble(findColumn(label));
  }

  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    return Cells.decimal(cell(column));
  }

  public @Nullable BigDecimal getBigDecimal(String label) throws SQLException {
    return getBigDecimal(findColumn(label));
  }

  public byte @Nullable [] getBytes(int column) throws SQLException {
    return Cells.bytes(cell(column));
  }

  public byte @Nullable [] getBytes(String label) throws SQLException {
    return getBytes(findColumn(label));
  }

  public @Nullable Date getDate(int column) throws SQLException {
    return Cells.date(cell(column));
  }

  public @Nullable Date getDate(String label) throws SQLException {
    return getDate(findColumn(label));
  }

  public @Nullable Time getTime(int column) throws SQLException {
    return Cells.time(cell(column));
  }

  public @Nullable Time getTime(String label) throws SQLException {
    return getTime(findColumn(label));
  }

  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return Cells.timestamp(cell(column));
  }

  public @Nullable Timestamp getTimestamp(String label) throws SQLException {
    return getTimestamp(findColumn(label));
  }

  public ResultSetMetaData getMetaData() throws SQLException {
    check();
    return Refusing.as(ResultSetMetaData.class, new ShapeCalls(rows.columns()));
  }

  public @Nullable Statement getStatement() {
    return statement == null ? null : statement.proxy();
  }

  public int getType() {
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  public int getConcurrency() {
    return ResultSet.CONCUR_READ_ONLY;
  }

  public int getHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  public int getFetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  public void setFetchDirection(int direction) throws SQLException {
    if (direction != ResultSet.FETCH_FORWARD) {
      throw SqlProblems.notSupported("Results are read forward.");
    }
  }

  public int getFetchSize() {
    return 0;
  }

  public void setFetchSize(int wanted) {
    // A hint.
  }

  public int getRow() {
    return row == null ? 0 : (int) number;
  }

  public boolean isBeforeFirst() {
    return number == 0 && !ended;
  }

  public boolean isAfterLast() {
    return ended && number > 0;
  }

  public boolean isFirst() {
    return number == 1 && row != null;
  }

  public @Nullable SQLWarning getWarnings() {
    return null;
  }

  public void clearWarnings() {
    // There are none.
  }

  public boolean isClosed() {
    return closed;
  }

  public void close() {
    if (!closed) {
      closed = true;
      rows.close();
    }
  }

  private void check() throws SQLException {
    if (closed) {
      throw SqlProblems.closed("result");
    }
  }
}
