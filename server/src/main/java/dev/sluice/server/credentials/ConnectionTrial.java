package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis.Step;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.Ids;
import dev.sluice.server.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tries a connection as a statement would use it, and says in words where it stops. Changes
/// nothing but for a short-lived login that is made and dropped again. Driver messages never get
/// out.
public final class ConnectionTrial {

  private static final Actor TESTER =
      new Actor.Person(
          new Principal(
              "sluice",
              "connection-test",
              null,
              "a trial",
              java.util.Set.of(),
              java.util.Set.of()));

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Target target;
  private final Optional<String> environment;
  private final Optional<LoginIssuer> enforced;
  private final List<Step> steps = new ArrayList<>();
  private boolean stopped;

  private ConnectionTrial(
      Target target, Optional<String> environment, Optional<LoginIssuer> enforced) {
    this.enforced = enforced;
    this.target = target;
    this.environment = environment;
  }

  /// @param environment what the policy in force says of the connection, empty when it says nothing
  /// @param enforced lends logins of a database that masks by itself
  public static ConnectionDiagnosis of(
      Target target, Optional<String> environment, EnforcedLogins enforced) {
    ConnectionTrial trial = new ConnectionTrial(target, environment, enforced.issuer(target));
    if (target.definition().isFile()) {
      trial.findFile();
    } else {
      trial.reach();
    }
    trial.readCatalog();
    if (!target.definition().isFile()) {
      trial.lend();
    }
    trial.knowTheEngine();
    trial.askPolicy();
    boolean usable = trial.steps.stream().noneMatch(step -> step.result().equals("failed"));
    return new ConnectionDiagnosis(target.name(), usable, trial.steps);
  }

  private void findFile() {
    Path file = Path.of(target.definition().database());
    if (Files.isReadable(file)) {
      ok("Find the file", "The file is there and readable.");
    } else {
      fail(
          "Find the file",
          "There is no readable file at that place on the server's machine.",
          "Check the path, and that the server's account may read it.");
    }
  }

  private void reach() {
    ConnectionDefinition definition = target.definition();
    String place = definition.host() + ":" + definition.port();
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(definition.host(), definition.port()), (int) PATIENCE.toMillis());
      ok("Reach the database", place + " answers.");
    } catch (IOException | IllegalArgumentException e) {
      fail(
          "Reach the database",
          "Nothing answers at " + place + " from the server's machine.",
          "Check host and port, that the database listens there, and the firewall between.");
    }
  }

  private void readCatalog() {
    String name = "Sign in and read the catalog";
    if (skip(name)) {
      return;
    }
    try (ConnectionPool pool = pool(target.writer())) {
      Connection connection = pool.borrow();
      try {
        CatalogSnapshot catalog = CatalogReader.of(target.definition().engine()).read(connection);
        int relations = catalog.relations().size();
        if (relations == 0) {
          warn(
              name,
              "The login " + who(target.writer()) + " sees no table.",
              "Grant it what approved statements need; what it does not see, nobody can use.");
        } else {
          ok(
              name,
              "The login " + who(target.writer()) + " sees " + relations + " tables and views.");
        }
      } finally {
        pool.giveBack(connection);
      }
    } catch (SQLException e) {
      explain(name, who(target.writer()), e);
    }
  }

  private void lend() {
    String name = "Lend a login for a person";
    if (skip(name)) {
      return;
    }
    if (enforced.isPresent()) {
      lendMasked(name, enforced.get());
      return;
    }
    DatabaseLogin issuer = target.issuer().orElseThrow();
    if (target.definition().engine() != Dialect.POSTGRESQL) {
      shared(name, issuer);
      return;
    }
    try (PostgreSqlIssuer logins =
        new PostgreSqlIssuer(target.definition(), issuer, target.schemas())) {
      DatabaseLogin lent = logins.issue(Ids.next(), TESTER, Instant.now().plusSeconds(60)).login();
      try {
        signIn(name, lent, issuer);
      } finally {
        logins.drop(lent.user());
      }
    } catch (LoginIssuer.IssueFailed e) {
      fail(
          name,
          "The login "
              + who(issuer)
              + " cannot make and drop a short-lived login. "
              + e.getMessage(),
          "As a database administrator: ALTER ROLE "
              + issuer.user()
              + " CREATEROLE; and make it the owner of the schemas, or grant it SELECT on their"
              + " tables WITH GRANT OPTION.");
    }
  }

  private void shared(String name, DatabaseLogin reader) {
    try (ConnectionPool pool =
        new ConnectionPool(target.definition(), reader, EngineProfile.Purpose.READ, 1, PATIENCE)) {
      pool.giveBack(pool.borrow());
      warn(
          name,
          "Everybody is lent the same login, " + who(reader) + ", which was tried.",
          "Let it read only what everybody may read unmasked, or what you accept that somebody"
              + " reads around the policy.");
    } catch (SQLException e) {
      explain(name, who(reader), e);
    }
  }

  /// What is said of an engine that no test of ours has run against.
  private void knowTheEngine() {
    if (target.definition().engine() == Dialect.MYSQL) {
      warn(
          "Know the engine",
          "MySQL is reached through MariaDB's driver; no test of Sluice runs on a live MySQL.",
          "Try your own statements on a copy before you rely on it.");
    }
  }

  private void lendMasked(String name, LoginIssuer issuer) {
    try {
      LoginIssuer.Issued lent = issuer.issue(Ids.next(), TESTER, Instant.now().plusSeconds(60));
      try (ConnectionPool pool =
          new ConnectionPool(
              ConnectionDefinition.server(
                  target.name(),
                  target.definition().engine(),
                  target.definition().host(),
                  target.definition().port(),
                  lent.database(),
                  target.definition().transport()),
              lent.login(),
              EngineProfile.Purpose.READ,
              1,
              PATIENCE)) {
        pool.giveBack(pool.borrow());
        ok(name, "A short-lived login that sees masked values was made, used and dropped.");
      } catch (SQLException e) {
        fail(
            name,
            "A short-lived login was made, but cannot sign in (SQLSTATE " + state(e) + ").",
            "Let logins named slu_* connect to the database from people's machines.");
      } finally {
        issuer.drop(lent.login().user());
      }
    } catch (LoginIssuer.IssueFailed e) {
      fail(
          name,
          String.valueOf(e.problem(target.name()).getMessage()),
          e.problem(target.name()).wayOut());
    }
  }

  private void signIn(String name, DatabaseLogin lent, DatabaseLogin issuer) {
    try (ConnectionPool pool = pool(lent)) {
      pool.giveBack(pool.borrow());
      if (issuer.user().equals(target.writer().user())) {
        warn(
            name,
            "A short-lived login was made, used and dropped, by the login that also writes.",
            "Better: a login of its own that may only make logins (--issuer-user).");
      } else {
        ok(name, "A short-lived login was made, used and dropped.");
      }
    } catch (SQLException e) {
      fail(
          name,
          "A short-lived login was made, but cannot sign in (SQLSTATE " + state(e) + ").",
          "Let logins named slu_* connect to the database: check pg_hba.conf and CONNECT rights.");
    }
  }

  private void askPolicy() {
    String name = "Find it in the policy";
    if (environment.isPresent()) {
      ok(name, "The policy in force governs it as " + environment.get() + ".");
    } else {
      fail(
          name,
          "The policy in force does not name this connection, so nothing runs on it.",
          "Add {name: "
              + target.name()
              + ", environment: "
              + target.environment()
              + "} under connections and publish the policy.");
    }
  }

  private ConnectionPool pool(DatabaseLogin login) {
    return new ConnectionPool(target.definition(), login, EngineProfile.Purpose.WRITE, 1, PATIENCE);
  }

  private void explain(String name, String who, SQLException problem) {
    String state = state(problem);
    switch (state) {
      case "28P01", "28000" ->
          fail(
              name,
              "The database does not take the password of " + who + ", or does not let it in.",
              "Give the right one with \"sluice connection rotate\", or check pg_hba.conf.");
      case "3D000" ->
          fail(
              name,
              "The database server has no database of that name.",
              "Check the database's name.");
      default ->
          fail(
              name,
              "The database cannot be used by " + who + " (SQLSTATE " + state + ").",
              target.definition().transport() == ConnectionDefinition.Transport.VERIFIED
                  ? "Check that the database offers TLS with a certificate for this host name that"
                      + " the server's machine trusts."
                  : "Look at the database's own log for the moment of this test.");
    }
  }

  private static String state(SQLException problem) {
    @Nullable Throwable cause = problem;
    String state = "unknown";
    while (cause != null) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
      cause = cause.getCause();
    }
    return state;
  }

  private static String who(DatabaseLogin login) {
    return login.user().isEmpty() ? "of the server" : login.user();
  }

  private void ok(String name, String detail) {
    steps.add(new Step(name, "ok", detail, ""));
  }

  private void warn(String name, String detail, String wayOut) {
    steps.add(new Step(name, "warning", detail, wayOut));
  }

  private void fail(String name, String detail, String wayOut) {
    steps.add(new Step(name, "failed", detail, wayOut));
    stopped = true;
  }

  private boolean skip(String name) {
    if (stopped) {
      steps.add(new Step(name, "skipped", "Not tried after the failure above.", ""));
    }
    return stopped;
  }
}
