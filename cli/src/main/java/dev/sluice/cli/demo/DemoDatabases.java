package dev.sluice.cli.demo;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/// Fills the demo's databases, once; a half-filled one is begun again.
final class DemoDatabases {

  private static final long SEED = 20_260_701L;

  private DemoDatabases() {}

  /// @param say takes a line of progress for the person waiting
  static void prepare(DemoHome home, DemoPostgres postgres, Consumer<String> say) throws Exception {
    if (Files.exists(home.mark())) {
      return;
    }
    ShopData.Size size = ShopData.Size.production();
    say.accept("Filling shop (PostgreSQL) with " + grouped(size.total()) + " rows of fake data.");
    fillPostgres(postgres, size);
    ShopData.Size small = ShopData.Size.development();
    say.accept("Filling shop-dev (SQLite) with " + grouped(small.total()) + " rows.");
    fillSqlite(home.sqlite(), small);
    Files.writeString(home.mark(), "complete\n");
  }

  private static String grouped(int number) {
    return String.format(java.util.Locale.ROOT, "%,d", number);
  }

  private static void fillPostgres(DemoPostgres postgres, ShopData.Size size) throws Exception {
    try (Connection admin = postgres.connect("postgres");
        Statement statement = admin.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + DemoPostgres.DATABASE + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + DemoPostgres.DATABASE);
    }
    try (Connection connection = postgres.connect(DemoPostgres.DATABASE)) {
      // The rows are loaded by COPY and would fill the log that people read afterwards.
      run(connection, "SET log_statement = 'none'; SET synchronous_commit = off");
      connection.setAutoCommit(false);
      script(connection, "schema.sql", Dialect.POSTGRESQL);
      new ShopData(size, SEED).writeTo(new CopyTables(connection));
      script(connection, "comments.sql", Dialect.POSTGRESQL);
      connection.commit();
      connection.setAutoCommit(true);
      run(connection, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      run(connection, "REVOKE TEMPORARY ON DATABASE " + DemoPostgres.DATABASE + " FROM PUBLIC");
      run(connection, "ANALYZE");
    }
  }

  private static void fillSqlite(Path file, ShopData.Size size) throws Exception {
    Files.deleteIfExists(file);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      script(connection, "schema.sql", Dialect.SQLITE);
      new ShopData(size, SEED).writeTo(new InsertTables(connection));
      connection.commit();
    }
  }

  private static void run(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static void script(Connection connection, String name, Dialect dialect)
      throws SQLException, IOException {
    for (StatementText statement : SqlScript.cut(resource(name), dialect).statements()) {
      run(connection, statement.text());
    }
  }

  /// A text that ships with the demo.
  static String resource(String name) throws IOException {
    try (InputStream stream = DemoDatabases.class.getResourceAsStream("/demo/" + name)) {
      if (stream == null) {
        throw new IOException("The demo's " + name + " is missing from this build.");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
