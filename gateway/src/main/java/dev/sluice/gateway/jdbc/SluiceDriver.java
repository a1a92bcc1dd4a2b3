package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.headless.HeadlessWorkspace;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.PinnedServers;
import dev.sluice.gateway.remote.ServiceCredentials;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The driver. Its state lies under `$SLUICE_HOME/driver`, else `~/.sluice/driver`.
public final class SluiceDriver implements Driver {

  static {
    try {
      DriverManager.registerDriver(new SluiceDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties properties)
      throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    SluiceUrl address = SluiceUrl.parse(url, properties == null ? new Properties() : properties);
    try {
      HeadlessWorkspace workspace = open(address);
      try {
        ConnectionCalls calls = new ConnectionCalls(workspace, address);
        return calls.proxy();
      } catch (WorkspaceProblem | RuntimeException e) {
        workspace.close();
        throw e;
      }
    } catch (WorkspaceProblem e) {
      throw SqlProblems.of(e);
    } catch (IOException e) {
      throw new SQLException(String.valueOf(e.getMessage()), "08001");
    } catch (IllegalArgumentException e) {
      throw new SQLException(String.valueOf(e.getMessage()), "08001");
    }
  }

  private static HeadlessWorkspace open(SluiceUrl address) throws WorkspaceProblem, IOException {
    Path folder = state(address);
    String who =
        address.get("client_id").isEmpty() ? address.get("user") : address.get("client_id");
    if (who.isEmpty()) {
      throw new WorkspaceProblem(
          "not-signed-in",
          WorkspaceProblem.Blame.USER,
          "Nobody is named to sign in with.",
          "Give user and password, or client_id and client_secret.");
    }
    return HeadlessWorkspace.open(
        new PinnedServers(folder.resolve("driver").resolve("servers")).trust(address.server()),
        (trust, memory) ->
            address.get("client_id").isEmpty()
                ? HttpServerClient.signIn(
                    trust, memory, who, address.get("password").toCharArray(), "jdbc 1.0.0")
                : HttpServerClient.signIn(
                    trust,
                    memory,
                    new ServiceCredentials.Secret(who, address.get("client_secret"))),
        folder.resolve("driver").resolve(who.replaceAll("[^A-Za-z0-9._-]", "_")),
        new Origin("driver", address.labels()));
  }

  private static Path state(SluiceUrl address) {
    if (!address.get("state").isEmpty()) {
      return Path.of(address.get("state"));
    }
    String home = System.getenv("SLUICE_HOME");
    return home == null || home.isBlank()
        ? Path.of(System.getProperty("user.home"), ".sluice")
        : Path.of(home);
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && url.startsWith(SluiceUrl.PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) {
    return SluiceUrl.NAMES.stream()
        .sorted()
        .map(name -> new DriverPropertyInfo(name, ""))
        .toArray(DriverPropertyInfo[]::new);
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  /// Much is refused: large objects, callable statements, results that can be changed.
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException(
        "The driver writes no log of its own.", Refusing.NOT_SUPPORTED);
  }
}
