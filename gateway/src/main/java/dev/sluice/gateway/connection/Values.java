package dev.sluice.gateway.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Reads cells as plain values: text, numbers, booleans, `java.time`, bytes, UUID; all else as its
/// text. Nothing lazy leaves: what is masked later is all there is.
final class Values {

  /// How a column is read, chosen once per result.
  enum Reading {
    TEXT,
    ANY,
    LONG,
    FLAG,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMP_ZONED,
    BYTES
  }

  private Values() {}

  static Reading reading(int type, String typeName) {
    return switch (type) {
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR ->
          Reading.TEXT;
      // PostgreSQL's own: other engines have unsigned numbers and numbers as flags.
      case Types.BIGINT -> typeName.equals("int8") ? Reading.LONG : Reading.ANY;
      case Types.BIT -> typeName.equals("bool") ? Reading.FLAG : Reading.ANY;
      case Types.DATE -> Reading.DATE;
      case Types.TIME -> typeName.equals("timetz") ? Reading.TEXT : Reading.TIME;
      case Types.TIMESTAMP ->
          typeName.equals("timestamptz") ? Reading.TIMESTAMP_ZONED : Reading.TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Reading.TIMESTAMP_ZONED;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> Reading.BYTES;
      case Types.DOUBLE -> typeName.equals("money") ? Reading.TEXT : Reading.ANY;
      case Types.OTHER -> typeName.equals("uuid") ? Reading.ANY : Reading.TEXT;
      case Types.ARRAY, Types.STRUCT, Types.SQLXML -> Reading.TEXT;
      default -> Reading.ANY;
    };
  }

  static @Nullable Object read(ResultSet row, int column, Reading reading) throws SQLException {
    return switch (reading) {
      case TEXT -> row.getString(column);
      case ANY -> plain(row.getObject(column));
      case LONG -> {
        long number = row.getLong(column);
        yield row.wasNull() ? null : number;
      }
      case FLAG -> {
        boolean flag = row.getBoolean(column);
        yield row.wasNull() ? null : flag;
      }
      case DATE -> row.getObject(column, LocalDate.class);
      case TIME -> row.getObject(column, LocalTime.class);
      case TIMESTAMP -> row.getObject(column, LocalDateTime.class);
      case TIMESTAMP_ZONED -> row.getObject(column, OffsetDateTime.class);
      case BYTES -> row.getBytes(column);
    };
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Number number -> number;
      case Boolean flag -> flag;
      case byte[] bytes -> bytes;
      case java.util.UUID id -> id;
      case LocalDate date -> date;
      case LocalTime time -> time;
      case LocalDateTime dateTime -> dateTime;
      case OffsetDateTime dateTime -> dateTime;
      case java.sql.Date date -> date.toLocalDate();
      case java.sql.Time time -> time.toLocalTime();
      case java.sql.Timestamp timestamp -> timestamp.toLocalDateTime();
      case Clob clob -> text(clob);
      case Blob blob -> bytes(blob);
      default -> String.valueOf(value);
    };
  }

  private static String text(Clob clob) throws SQLException {
    try (Reader reader = clob.getCharacterStream()) {
      java.io.StringWriter text = new java.io.StringWriter();
      reader.transferTo(text);
      return text.toString();
    } catch (IOException e) {
      throw new SQLException("A long text could not be read.", "08000", e);
    }
  }

  private static byte[] bytes(Blob blob) throws SQLException {
    try (InputStream stream = blob.getBinaryStream()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new SQLException("A long binary value could not be read.", "08000", e);
    }
  }
}
