package dev.sluice.bench;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// ShardingSphere-JDBC with its MASK rule on the same two columns, with libraries and a driver of
/// its own.
final class ShardingSphere {

  /// File that lists its jars; empty when they could not be had.
  static final String CLASS_PATH = "sluice.bench.shardingsphere";

  private static final String RULES =
      """
      mode:
        type: Standalone
        repository:
          type: JDBC
      databaseName: shop
      dataSources:
        shop:
          dataSourceClassName: com.zaxxer.hikari.HikariDataSource
          driverClassName: org.postgresql.Driver
          jdbcUrl: %s
          username: postgres
          password: postgres
          maxPoolSize: 4
      rules:
        - !SINGLE
          tables:
            - "*.*.*"
        - !MASK
          tables:
            people:
              columns:
                email:
                  maskAlgorithm: email
                card:
                  maskAlgorithm: last
          maskAlgorithms:
            email:
              type: MASK_BEFORE_SPECIAL_CHARS
              props:
                special-chars: '@'
                replace-char: '*'
            last:
              type: KEEP_FIRST_N_LAST_M
              props:
                first-n: 1
                last-m: 4
                replace-char: '*'
      props:
        sql-show: false
      """;

  private ShardingSphere() {}

  static Road open() throws Exception {
    URLClassLoader loader = loader();
    // It finds its parts through the context class loader, some of them only when it is used.
    Thread.currentThread().setContextClassLoader(loader);
    Path rules = Files.createTempFile("sluice-bench", ".yaml");
    try {
      Files.writeString(rules, RULES.formatted(Shop.url()));
      Driver driver =
          (Driver)
              Class.forName("org.apache.shardingsphere.driver.ShardingSphereDriver", true, loader)
                  .getDeclaredConstructor()
                  .newInstance();
      Connection connection =
          driver.connect("jdbc:shardingsphere:absolutepath:" + rules, new Properties());
      if (connection == null) {
        throw new SQLException("ShardingSphere did not take its own address.");
      }
      JdbcRoad road = new JdbcRoad(connection, loader);
      String email = road.read("SELECT * FROM people WHERE id = 7", 3);
      if (!email.startsWith("***")) {
        throw new IllegalStateException("ShardingSphere does not mask: " + email);
      }
      return road;
    } finally {
      Files.deleteIfExists(rules);
    }
  }

  private static URLClassLoader loader() throws IOException {
    List<URL> jars = new ArrayList<>();
    for (String jar :
        Files.readString(Path.of(System.getProperty(CLASS_PATH)))
            .strip()
            .split(File.pathSeparator)) {
      jars.add(url(jar));
    }
    return new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String jar) throws MalformedURLException {
    return Path.of(jar).toUri().toURL();
  }
}
