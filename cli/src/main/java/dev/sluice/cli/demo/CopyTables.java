package dev.sluice.cli.demo;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Loads PostgreSQL tables by COPY.
final class CopyTables implements Tables {

  private static final int CHUNK = 1 << 16;

  private final Connection connection;

  CopyTables(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void load(String table, Filler filler) throws Exception {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " FROM STDIN (FORMAT text)");
    StringBuilder buffer = new StringBuilder(CHUNK + 1024);
    try {
      filler.fill(
          values -> {
            append(buffer, values);
            if (buffer.length() >= CHUNK) {
              send(copy, buffer);
            }
          });
      send(copy, buffer);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void send(CopyIn copy, StringBuilder buffer) throws Exception {
    byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    buffer.setLength(0);
  }

  private static void append(StringBuilder buffer, @Nullable Object[] values) {
    for (int index = 0; index < values.length; index++) {
      if (index > 0) {
        buffer.append('\t');
      }
      Object value = values[index];
      if (value == null) {
        buffer.append("\\N");
      } else {
        String text = value.toString();
        buffer.append(text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"));
      }
    }
    buffer.append('\n');
  }
}
