package dev.sluice.gateway.direct;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.Sessions;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis.Step;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Tries a direct connection step by step, as a statement would use it, and says in words where it
/// stops. Changes nothing in the database; what drivers say never gets out.
public final class DirectTrial {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int NO_SUCH_DATABASE = 1049;
  private static final int NOT_LET_IN = 1045;

  private final DirectConnection connection;
  private final List<Step> steps = new ArrayList<>();
  private String newHostKey = "";

  private DirectTrial(DirectConnection connection) {
    this.connection = connection;
  }

  /// @param diagnosis the steps, in order; the first that failed is the last
  /// @param newHostKey fingerprint of a tunnel host that was never seen, for the person to compare;
  ///     empty for none
  public record Result(ConnectionDiagnosis diagnosis, String newHostKey) {}

  /// Blocks for at most some thirty seconds.
  ///
  /// @param known the file of known hosts
  /// @param agreed fingerprint that the person has agreed to, empty for none
  public static Result of(
      DirectConnection connection, DirectSecrets secrets, Path known, String agreed) {
    DirectTrial trial = new DirectTrial(connection);
    boolean usable = trial.tries(secrets, known, agreed);
    return new Result(
        new ConnectionDiagnosis(connection.name(), usable, trial.steps), trial.newHostKey);
  }

  private boolean tries(DirectSecrets secrets, Path known, String agreed) {
    if (connection.isFile()) {
      return findFile() && signIn(connection.definition(0), DatabaseLogin.none());
    }
    DatabaseLogin login = new DatabaseLogin("trial", connection.user(), secrets.database());
    Optional<SshHop> hop = connection.hop();
    if (hop.isEmpty()) {
      return resolve()
          && reach(connection.host(), connection.port())
          && signIn(connection.definition(0), login);
    }
    try (SshTunnel tunnel =
        SshTunnel.open(
            hop.get(), secrets.hop(), known, agreed, connection.host(), connection.port())) {
      ok("Open the tunnel", "Through " + hop.get().host() + ".");
      return signIn(connection.definition(tunnel.port()), login);
    } catch (TunnelProblem e) {
      newHostKey = e.kind() == TunnelProblem.Kind.NEW_HOST_KEY ? e.fingerprint() : "";
      TunnelWords words = TunnelWords.of(e, hop.get());
      return fail("Open the tunnel", words.detail(), words.wayOut());
    }
  }

  private boolean findFile() {
    return Files.isReadable(Path.of(connection.database()))
        ? ok("Find the file", "The file is there and readable.")
        : fail(
            "Find the file",
            "There is no readable file at that place.",
            "Check the path, and that your account may read it.");
  }

  private boolean resolve() {
    try {
      InetAddress.getByName(connection.host());
      return ok("Find the host", connection.host() + " has an address.");
    } catch (UnknownHostException e) {
      return fail(
          "Find the host",
          "No address is known for " + connection.host() + ".",
          "Check the spelling; a name of your company's network may need the VPN.");
    }
  }

  private boolean reach(String host, int port) {
    String name = "Reach the database";
    String place = host + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
      return ok(name, place + " answers.");
    } catch (SocketTimeoutException e) {
      return fail(
          name,
          "Nothing came back from " + place + " within " + PATIENCE.toSeconds() + " s.",
          "A firewall may stand between, or the VPN is off.");
    } catch (ConnectException e) {
      return fail(
          name,
          place + " refused the connection.",
          "Check the port, and that the database runs and listens on that address.");
    } catch (IOException | IllegalArgumentException e) {
      return fail(
          name, "There is no way to " + place + " from here.", "Check the network and the VPN.");
    }
  }

  private boolean signIn(ConnectionDefinition definition, DatabaseLogin login) {
    String name = connection.isFile() ? "Open the file" : "Sign in";
    try (Connection session = Sessions.open(definition, login)) {
      ok(name, connection.isFile() ? "It is a database." : "Signed in as " + login.user() + ".");
      int relations = CatalogReader.of(connection.engine()).read(session).relations().size();
      return relations == 0
          ? warn("Read the catalog", "This login sees no table.", "Grant it what you need.")
          : ok("Read the catalog", relations + " tables and views.");
    } catch (SQLException e) {
      return failed(name, e);
    } catch (IllegalArgumentException e) {
      return fail(
          name,
          connection.engine().id() + " cannot be opened by this version.",
          "Choose another engine, or ask for one that is supported.");
    }
  }

  private boolean failed(String name, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String database = connection.database();
    if (has(e, SSLException.class) || has(e, CertificateException.class)) {
      return fail(
          "Encrypt the line",
          "The server's certificate is not signed by an authority that is trusted, or is for"
              + " another name.",
          "Name the PEM file of the authority, and use the host name of the certificate.");
    }
    if (connection.encrypted() && state.equals("08004")) {
      return fail(
          "Encrypt the line",
          "The database does not offer encryption.",
          "Have it turned on there, or go through a tunnel.");
    }
    if (state.startsWith("28") || e.getErrorCode() == NOT_LET_IN) {
      return fail(
          name,
          "The database does not let " + connection.user() + " in.",
          "Check login and password, and that this login may come from this machine.");
    }
    if (state.equals("3D000") || e.getErrorCode() == NO_SUCH_DATABASE) {
      return fail(
          "Find the database",
          "There is no database \"" + database + "\" on that server.",
          "Check the name; large and small letters count.");
    }
    boolean silent =
        has(e, SocketTimeoutException.class)
            || e instanceof SQLTimeoutException
            || state.equals("08001");
    if (silent) {
      return fail(
          name,
          "Something takes the connection but does not answer like "
              + connection.engine().id()
              + ".",
          "Check the port; a proxy or another program may listen there.");
    }
    return fail(
        name,
        "The database did not open a session"
            + (state.isEmpty() ? "." : " (SQLSTATE " + state + ")."),
        "Its log says why; its operator can read it.");
  }

  private static boolean has(Throwable problem, Class<? extends Throwable> type) {
    for (Throwable at = problem; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private boolean ok(String name, String detail) {
    steps.add(new Step(name, "ok", detail, ""));
    return true;
  }

  private boolean warn(String name, String detail, String wayOut) {
    steps.add(new Step(name, "warning", detail, wayOut));
    return true;
  }

  private boolean fail(String name, String detail, String wayOut) {
    steps.add(new Step(name, "failed", detail, wayOut));
    return false;
  }
}
