package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.remote.AdminClient;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.ConnectionSpec;
import dev.sluice.governance.codec.wire.FirstAdministrator;
import dev.sluice.governance.codec.wire.GroupRole;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.codec.wire.ManagedConnection;
import dev.sluice.governance.codec.wire.NewConnection;
import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.governance.codec.wire.PersonChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From nothing to a governed database, and what administrators may not do.
class AdministrationTest {

  private static final String SECRET = "canary-secret-4711";

  @Test
  void aNewServerGetsOneAdministratorByItsTokenOnce(@TempDir Path folder) throws Exception {
    ServerConfig config =
        ServerConfig.inFolder(folder).withStore(TestServer.config(folder).store());
    String first = ServerInit.bootstrapToken(config);
    String token = ServerInit.bootstrapToken(config);
    try (TestServer server = TestServer.start(folder, unused -> config)) {
      var address = server.server().address();
      assertThat(Codes.of(() -> AdminClient.firstAdministrator(address, wants(first, "ada"))))
          .isEqualTo("bootstrap-refused");
      AdminClient.firstAdministrator(address, wants(token, "ada"));
      assertThat(Codes.of(() -> AdminClient.firstAdministrator(address, wants(token, "eve"))))
          .isEqualTo("bootstrap-refused");
      HttpServerClient ada = server.signIn("ada");
      assertThat(ada.me().principal().roles()).containsExactly("policy-admin", "server-admin");
      assertThat(Codes.of(() -> ada.publishPolicy(TestServer.POLICY, "the first"))).isEqualTo("ok");
    }
    assertThatThrownBy(() -> ServerInit.bootstrapToken(later(config)))
        .isInstanceOfSatisfying(
            ServerProblem.class,
            problem -> assertThat(problem.code()).isEqualTo("already-initialised"));
    try (TestServer again = TestServer.start(folder, unused -> config)) {
      assertThat(again.signIn("ada").verify().verified()).isTrue();
    }
  }

  @Test
  void aConnectionIsAddedTriedUsedRotatedAndRemovedAndItsPasswordNeverComesBack(
      @TempDir Path folder) throws Exception {
    GovernedShop.running()
        .execute(
            "CREATE ROLE keeper LOGIN SUPERUSER PASSWORD '" + SECRET + "'",
            "CREATE ROLE reader LOGIN PASSWORD '" + SECRET + "'");
    // The tests' database trusts everybody on this machine; this one login must show its password.
    Path rules = Path.of(GovernedShop.running().value("SHOW hba_file"));
    Files.writeString(rules, "host all keeper all scram-sha-256\n" + Files.readString(rules));
    GovernedShop.running().execute("SELECT pg_reload_conf()");
    try (TestServer server = TestServer.start(folder, config -> config.withTargets(List.of()))) {
      AdminClient root = server.signIn("root").administration();
      HttpServerClient analyst = server.signIn("analyst");
      assertThat(analyst.connections()).isEmpty();

      root.addConnection(new NewConnection(shop("shop", "keeper"), logins(SECRET)));
      ConnectionDiagnosis diagnosis = root.testConnection("shop");
      assertThat(diagnosis.usable()).as(diagnosis.toString()).isTrue();
      assertThat(diagnosis.steps())
          .extracting(ConnectionDiagnosis.Step::result)
          .containsExactly("ok", "ok", "warning", "ok");
      assertThat(analyst.lease("shop").user()).startsWith("slu_analyst_");
      ApprovalRequest asked =
          analyst.requestApproval(
              TestServer.wants("UPDATE orders SET status = 'kept' WHERE id = 77"));
      assertThat(asked.capsule().connection()).isEqualTo("shop");

      root.rotateConnection("shop", logins("not the password"));
      assertThat(root.testConnection("shop").steps())
          .anySatisfy(
              step -> {
                assertThat(step.result()).isEqualTo("failed");
                assertThat(step.wayOut()).contains("connection rotate");
              });
      assertThat(Codes.of(() -> analyst.lease("shop"))).isEqualTo("database-unreachable");
      root.rotateConnection("shop", logins(SECRET));
      assertThat(analyst.lease("shop").user()).startsWith("slu_analyst_");

      assertThat(Codes.of(() -> add(root, shop("shop", "keeper")))).isEqualTo("exists");
      root.addConnection(new NewConnection(shop("elsewhere", "reader"), logins(SECRET)));
      assertThat(root.testConnection("elsewhere").steps())
          .extracting(ConnectionDiagnosis.Step::result)
          .containsExactly("ok", "ok", "failed", "failed");
      assertThat(root.connections())
          .extracting(managed -> managed.connection().name(), ManagedConnection::governed)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("elsewhere", false),
              org.assertj.core.groups.Tuple.tuple("shop", true));
      root.removeConnection("elsewhere");
      assertThat(Codes.of(() -> root.testConnection("elsewhere"))).isEqualTo("not-found");
      assertNowhere(server, SECRET);
    } finally {
      GovernedShop.running().execute("DROP OWNED BY keeper, reader", "DROP ROLE keeper, reader");
    }
  }

  @Test
  void aDatabaseIsMadeToEnforceThePolicyWhenItIsAdded(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    ConnectionSpec spec =
        new ConnectionSpec(
            "shop",
            "postgresql",
            "127.0.0.1",
            GovernedShop.running().port(),
            shop.database(),
            false,
            "production",
            "data-platform",
            List.of(),
            "postgres",
            "",
            10_000,
            "enforced",
            List.of("superuser:postgres"));
    try (TestServer server = TestServer.start(folder, config -> config.withTargets(List.of()))) {
      AdminClient root = server.signIn("root").administration();
      root.addConnection(new NewConnection(spec, logins("postgres")));
      ConnectionDiagnosis diagnosis = root.testConnection("shop");
      assertThat(diagnosis.usable()).as(diagnosis.toString()).isTrue();
      assertThat(server.signIn("analyst").connections())
          .extracting(connection -> connection.ring() + ": " + connection.whatCouldGoWrong())
          .containsExactly(
              "enforced: These still read everything, which was accepted: superuser:postgres.");
      Lease lease = server.signIn("analyst").lease("shop");
      try (java.sql.Connection psql = shop.connect(lease.user(), lease.password());
          java.sql.Statement statement = psql.createStatement();
          java.sql.ResultSet row =
              statement.executeQuery("SELECT email FROM customers WHERE id = 7")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("p***@a***.test");
      }
      assertThat(
              Codes.of(
                  () ->
                      add(
                          root,
                          new ConnectionSpec(
                              "ducks",
                              "mysql",
                              "127.0.0.1",
                              1,
                              "d",
                              false,
                              "production",
                              "",
                              List.of(),
                              "u",
                              "",
                              10,
                              "enforced",
                              List.of()))))
          .isEqualTo("engine-not-enforced");
    }
  }

  @Test
  void whatCouldNotWorkIsRefusedBeforeItIsKept(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      AdminClient root = server.signIn("root").administration();
      assertThat(Codes.of(() -> add(root, shop("No Name", "u")))).isEqualTo("connection-invalid");
      assertThat(Codes.of(() -> add(root, engine("oracle")))).isEqualTo("connection-invalid");
      assertThat(Codes.of(() -> add(root, engine("sqlserver")))).isEqualTo("engine-not-leased");
      // Nobody can be made a login of their own there, and nobody has said that one may be shared.
      for (String engine : List.of("trino", "mysql", "mariadb")) {
        assertThat(Codes.of(() -> add(root, engine(engine)))).isEqualTo("engine-not-leased");
      }
      assertThat(Codes.of(() -> add(root, shop("shop", "u")))).isEqualTo("exists");
      assertThat(Codes.of(() -> root.removeConnection("shop"))).isEqualTo("in-configuration");
      assertThat(
              Codes.of(() -> root.addConnection(new NewConnection(shop("other", "u"), logins("")))))
          .isEqualTo("connection-invalid");
      assertThat(root.connections()).hasSize(1);
      HttpServerClient analyst = server.signIn("analyst");
      assertThat(Codes.of(() -> analyst.administration().connections())).isEqualTo("forbidden");
    }
  }

  @Test
  void peopleAreMadeChangedDisabledAndGivenNewPasswords(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      AdminClient root = server.signIn("root").administration();
      NewPerson zoe =
          new NewPerson(
              "zoe", "Zoe", "", Set.of("analysts"), Set.of("analyst"), TestServer.PASSWORD);
      root.addPerson(zoe);
      assertThat(Codes.of(() -> root.addPerson(zoe))).isEqualTo("exists");
      HttpServerClient client = server.signIn("zoe");
      assertThat(client.me().principal().groups()).containsExactly("analysts");

      root.changePerson("zoe", change(Optional.of(Set.of("auditors")), Optional.empty()));
      root.mapRole(new GroupRole("auditors", "auditor"));
      assertThat(server.signIn("zoe").me().principal().roles()).contains("auditor", "analyst");
      root.unmapRole(new GroupRole("auditors", "auditor"));
      assertThat(server.signIn("zoe").me().principal().roles()).containsExactly("analyst");

      root.changePerson("zoe", change(Optional.empty(), Optional.of(true)));
      assertThat(Codes.of(() -> client.connections())).isEqualTo("session-ended");
      assertThat(Codes.of(() -> server.signIn("zoe"))).isEqualTo("wrong-password");
      root.changePerson("zoe", change(Optional.empty(), Optional.of(false)));
      HttpServerClient back = server.signIn("zoe");
      root.resetPassword("zoe", "another long password");
      assertThat(Codes.of(() -> back.connections())).isEqualTo("session-ended");
      assertThat(Codes.of(() -> server.signIn("zoe"))).isEqualTo("wrong-password");
    }
  }

  @Test
  void nobodyRaisesThemselvesAndTheLastAdministratorStays(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      AdminClient root = server.signIn("root").administration();
      assertThat(
              Codes.of(
                  () ->
                      root.changePerson(
                          "root",
                          new PersonChange(
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty(),
                              Optional.of(Set.of("server-admin", "policy-admin")),
                              Optional.empty()))))
          .isEqualTo("own-account");
      assertThat(Codes.of(() -> root.mapRole(new GroupRole("admins", "policy-admin"))))
          .isEqualTo("own-account");
      assertThat(Codes.of(() -> root.mapRole(new GroupRole("admins", "boss"))))
          .isEqualTo("role-unknown");
      root.addPerson(
          new NewPerson(
              "second", "Second", "", Set.of(), Set.of("server-admin"), TestServer.PASSWORD));
      AdminClient second = server.signIn("second").administration();
      second.changePerson("root", change(Optional.empty(), Optional.of(true)));
      assertThat(
              Codes.of(
                  () -> second.changePerson("second", change(Optional.empty(), Optional.of(true)))))
          .isEqualTo("own-account");
      assertThat(
              Codes.of(
                  () -> second.addPerson(new NewPerson("x", "X", "", Set.of(), Set.of(), "short"))))
          .isEqualTo("password-too-short");
    }
  }

  private static ServerConfig later(ServerConfig config) {
    return config.withClock(() -> java.time.Instant.now().plusSeconds(60));
  }

  private static void add(AdminClient root, ConnectionSpec spec)
      throws dev.sluice.gateway.workspace.WorkspaceProblem {
    root.addConnection(new NewConnection(spec, logins("any")));
  }

  private static FirstAdministrator wants(String token, String account) {
    return new FirstAdministrator(token, account, "First", "", TestServer.PASSWORD);
  }

  private static PersonChange change(Optional<Set<String>> groups, Optional<Boolean> disabled) {
    return new PersonChange(Optional.empty(), Optional.empty(), groups, Optional.empty(), disabled);
  }

  private static ConnectionSecrets logins(String password) {
    return new ConnectionSecrets(password, "");
  }

  private static ConnectionSpec shop(String name, String user) {
    return spec(name, "postgresql", user);
  }

  private static ConnectionSpec engine(String engine) {
    return spec("other", engine, "u");
  }

  private static ConnectionSpec spec(String name, String engine, String user) {
    return new ConnectionSpec(
        name,
        engine,
        "127.0.0.1",
        GovernedShop.running().port(),
        "postgres",
        false,
        "production",
        "data-platform",
        List.of("public"),
        user,
        "",
        10_000,
        "brokered");
  }

  /// Neither in the server's files nor in anything it says.
  private static void assertNowhere(TestServer server, String secret) throws Exception {
    RawClient raw = RawClient.signIn(server.server().address(), "root");
    assertThat(raw.send("GET", "/v1/admin/connections", "").body()).doesNotContain(secret);
    try (Stream<Path> files = Files.list(server.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.getFileName().toString())
            .doesNotContain(secret);
      }
    }
  }
}
