package dev.sluice.server;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.LogHead;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.directory.AccountSeed;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A really started server over [GovernedShop], with the people of the tests.
final class TestServer implements AutoCloseable {

  static final String PASSWORD = "correct horse";

  static final String POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: shop, environment: production, owner: data-platform}
      classifications:
        - {tag: pii.email, columns: [customers.email]}
        - {tag: pii.national-id, columns: [customers.ssn]}
      masks:
        pii.email: {algorithm: email, uses: {equality: {distinct-per-day: 3}}}
        pii.national-id: {algorithm: keep-last, count: 4, uses: deny}
      rules:
        - id: no-destructive-ddl
          when: statement.effects.exists(e, e.kind in ["DROP", "TRUNCATE"])
          effect: block
          message: DROP and TRUNCATE do not run in production.
        - id: writes-need-a-second-person
          when: connection.environment == "production" && statement.writes
          effect: require-approval
          approvers: {any-of: [group:data-owners], quorum: 1, decide-within: 8h, use-within: 1h, executions: 1}
        - id: analysts-read
          when: '"analysts" in user.groups && statement.reads_only'
          effect: allow
          limits: {rows: 1000, seconds: 30}
      """;

  private final SluiceServer server;
  private final Path folder;
  private final List<HttpServerClient> clients = new ArrayList<>();

  private TestServer(SluiceServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  static TestServer start(Path folder) {
    return start(folder, config -> config);
  }

  static TestServer start(Path folder, UnaryOperator<ServerConfig> change) {
    return new TestServer(SluiceServer.start(change.apply(config(folder))), folder);
  }

  static ServerConfig config(Path folder) {
    ServerConfig config = ServerConfig.inFolder(folder);
    // -Dsluice.test.store=postgresql runs the module's tests on the other store.
    StoreConfig store =
        "postgresql".equals(System.getProperty("sluice.test.store"))
            ? freshPostgreSqlStore()
            : config.store();
    return config
        .withStore(store)
        .withTargets(List.of(shop()))
        .withPolicy(POLICY)
        .withAccounts(people())
        .withTimings(
            new Timings(
                Duration.ofMinutes(15),
                Duration.ofHours(8),
                Duration.ofMinutes(1),
                Duration.ofMillis(200)));
  }

  static Target shop() {
    DatabaseLogin owner = new DatabaseLogin("server", "postgres", "postgres");
    return Target.postgreSql(
        ConnectionDefinition.server(
            "shop",
            Dialect.POSTGRESQL,
            "127.0.0.1",
            GovernedShop.running().port(),
            "postgres",
            ConnectionDefinition.Transport.NONE),
        "production",
        "data-platform",
        owner,
        owner);
  }

  /// A store of its own on the tests' PostgreSQL.
  static StoreConfig freshPostgreSqlStore() {
    String database = "store_" + Ids.next();
    GovernedShop.running().execute("CREATE DATABASE " + database);
    return new StoreConfig.PostgreSql(
        "jdbc:postgresql://127.0.0.1:" + GovernedShop.running().port() + "/" + database,
        "postgres",
        "postgres");
  }

  private static List<AccountSeed> people() {
    return List.of(
        person("analyst", "Ana Lyst", "analysts", "analyst"),
        person("other", "Otto Ther", "analysts", "analyst"),
        person("owner", "Olive Owner", "data-owners", "analyst"),
        person("second-owner", "Sam Second", "data-owners", "analyst"),
        person("admin", "Ada Min", "admins", "policy-admin"),
        person("root", "Ro Ot", "admins", "server-admin"),
        person("auditor", "Au Ditor", "auditors", "auditor"),
        new AccountSeed(
            "robot", "Robot", "", Set.of("analysts"), Set.of("analyst"), PASSWORD, "owner"));
  }

  private static AccountSeed person(String account, String name, String group, String role) {
    return AccountSeed.person(
        account, name, account + "@acme.test", Set.of(group), Set.of(role), PASSWORD);
  }

  SluiceServer server() {
    return server;
  }

  Path folder() {
    return folder;
  }

  ServerTrust trust() {
    return ServerTrust.pin(server.address(), server.info());
  }

  HttpServerClient signIn(String account) throws WorkspaceProblem {
    return signIn(account, TrustMemory.inMemory());
  }

  HttpServerClient signIn(String account, TrustMemory memory) throws WorkspaceProblem {
    HttpServerClient client =
        HttpServerClient.signIn(trust(), memory, account, PASSWORD.toCharArray(), "test");
    clients.add(client);
    return client;
  }

  /// Asks as the given client, approves as `owner`, and runs it.
  ApprovedRun approvedRun(HttpServerClient asker, String sql) throws WorkspaceProblem {
    ApprovalRequest asked = asker.requestApproval(wants(sql));
    signIn("owner").review(asked.id(), Review.Verdict.APPROVE, "fine");
    return asker.runApproved(asked.id());
  }

  static NewApproval wants(String statement) {
    return new NewApproval("shop", statement, List.of(), "a customer called", "window", Map.of());
  }

  static StatementIntent reading(String statement) {
    return intent(Ids.next(), statement, "allow");
  }

  static StatementIntent intent(String id, String statement, String verdict) {
    return new StatementIntent(
        id,
        Ids.next(),
        "shop",
        statement,
        statement,
        List.of(),
        "window",
        Map.of(),
        verdict,
        "analysts-read",
        "",
        1,
        "",
        List.of(),
        List.of(),
        "",
        Instant.now(),
        LogHead.none());
  }

  static StatementOutcome completed(String intentId, long rows) {
    return new StatementOutcome(Ids.next(), intentId, "completed", rows, 12, "", Instant.now());
  }

  @Override
  public void close() {
    clients.forEach(HttpServerClient::close);
    server.close();
  }
}
