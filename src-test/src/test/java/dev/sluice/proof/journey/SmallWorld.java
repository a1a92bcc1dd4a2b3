package dev.sluice.proof.journey;

import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.signin.ServerSignIn;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.Enforcement;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.Target;
import dev.sluice.server.Timings;
import dev.sluice.server.directory.AccountSeed;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A really started server over a small database in one file, with an analyst, two data owners and
/// two administrators, and windows for them.
final class SmallWorld implements AutoCloseable {

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
        pii.email:
          algorithm: email
          uses: {equality: {distinct-per-day: 3}}
          unmask: {approvers: {any-of: [group:data-owners], quorum: 1}, max-duration: 1h}
        pii.national-id: {algorithm: keep-last, count: 4, uses: deny}
      break-glass: {who: '"analysts" in user.groups', max-duration: 30m, review-within: 24h}
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

  private final Path folder;
  private final String url;
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ServerConfig config;
  private SluiceServer server;
  private final ServerSignIn signIn;

  private static SmallWorld over(Path folder, String url, Target shop, String policy)
      throws Exception {
    fill(url);
    return new SmallWorld(folder, url, List.of(shop), policy);
  }

  private SmallWorld(Path folder, String url, List<Target> targets, String policy)
      throws Exception {
    this(folder, url, targets, policy, InstantSource.system());
  }

  private SmallWorld(
      Path folder, String url, List<Target> targets, String policy, InstantSource serverClock)
      throws Exception {
    this.folder = folder;
    this.url = url;
    Files.createDirectories(folder.resolve("server"));
    config =
        ServerConfig.inFolder(folder.resolve("server"))
            .withTargets(targets)
            .withPolicy(policy)
            .withAccounts(people())
            .withClock(serverClock)
            .withTimings(Timings.standard().withFreshSignIn(Duration.ofHours(8)));
    server = SluiceServer.start(config);
    open.addFirst(() -> server.close());
    BoundedParserWorker worker = opened(BoundedParserWorker.standard());
    Journal journal = opened(SqliteJournal.open(folder.resolve("journal.db")));
    LocalCore core = LocalCore.of(worker);
    signIn =
        new ServerSignIn(
            trust(),
            TrustMemory.inMemory(),
            "workbench 1.0.0",
            client -> ServerWorkspace.open(client, core, journal));
  }

  static SmallWorld start(Path folder) throws Exception {
    return start(folder, "production", POLICY);
  }

  /// The same under another policy.
  static SmallWorld start(Path folder, String environment, String policy) throws Exception {
    Path shop = folder.resolve("shop.db");
    return over(
        folder,
        "jdbc:sqlite:" + shop,
        Target.file(
            ConnectionDefinition.file("shop", Dialect.SQLITE, shop.toString()),
            environment,
            "data-platform"),
        policy);
  }

  /// The same on a server whose clock is ahead of this machine's.
  static SmallWorld ahead(Path folder, Duration ahead, String policy) throws Exception {
    Path shop = folder.resolve("shop.db");
    fill("jdbc:sqlite:" + shop);
    return new SmallWorld(
        folder,
        "jdbc:sqlite:" + shop,
        List.of(
            Target.file(
                ConnectionDefinition.file("shop", Dialect.SQLITE, shop.toString()),
                "production",
                "data-platform")),
        policy,
        InstantSource.offset(InstantSource.system(), ahead));
  }

  /// The same people, and no database yet.
  static SmallWorld empty(Path folder, String policy) throws Exception {
    return new SmallWorld(folder, "", List.of(), policy);
  }

  /// The same shop on a real PostgreSQL that lives as long as the world.
  static SmallWorld onPostgreSql(Path folder) throws Exception {
    return onPostgreSql(folder, POLICY);
  }

  /// The same under another policy.
  static SmallWorld onPostgreSql(Path folder, String policy) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    DatabaseLogin login = new DatabaseLogin("server", "postgres", "postgres");
    SmallWorld world =
        over(
            folder,
            postgres.getJdbcUrl("postgres", "postgres"),
            Target.postgreSql(
                ConnectionDefinition.server(
                    "shop",
                    Dialect.POSTGRESQL,
                    "127.0.0.1",
                    postgres.getPort(),
                    "postgres",
                    ConnectionDefinition.Transport.NONE),
                "production",
                "data-platform",
                login,
                login),
            policy);
    world.open.addLast(postgres);
    return world;
  }

  /// The same shop on a real PostgreSQL that enforces the policy itself.
  static SmallWorld enforced(Path folder) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE shop");
    }
    SmallWorld world =
        over(
            folder,
            postgres.getJdbcUrl("postgres", "shop"),
            Target.enforced(
                ConnectionDefinition.server(
                    "shop",
                    Dialect.POSTGRESQL,
                    "127.0.0.1",
                    postgres.getPort(),
                    "shop",
                    ConnectionDefinition.Transport.NONE),
                "production",
                "data-platform",
                new Enforcement(
                    new DatabaseLogin("server", "sluice_shop_broker", "broker0password"),
                    new DatabaseLogin("server", "sluice_shop_changer", "changer0password"),
                    Optional.of(new DatabaseLogin("server", "postgres", "postgres")),
                    Set.of("superuser:postgres"))),
            POLICY);
    world.open.addLast(postgres);
    return world;
  }

  private static void fill(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, email TEXT, ssn TEXT)");
      statement.execute(
          "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, status TEXT)");
      for (int id = 1; id <= 40; id++) {
        statement.execute(
            "INSERT INTO customers VALUES (%d, 'Person %d', 'person%d@mail.test', '000-00-%04d')"
                .formatted(id, id, id, id));
        statement.execute("INSERT INTO orders VALUES (%d, %d, 'paid')".formatted(id, id));
      }
    }
  }

  private static List<AccountSeed> people() {
    return List.of(
        person("analyst", "Ana Lyst", "analysts", Set.of("analyst")),
        person("owner", "Olga Owner", "data-owners", Set.of("analyst")),
        person("second", "Sam Second", "data-owners", Set.of("analyst")),
        person("admin", "Adam Admin", "admins", Set.of("policy-admin", "server-admin", "auditor")),
        person("other-admin", "Ada Other", "admins", Set.of("policy-admin", "server-admin")),
        new AccountSeed(
            "agent",
            "Ana's agent",
            "",
            Set.of("analysts"),
            Set.of("analyst"),
            PASSWORD,
            "analyst"));
  }

  private static AccountSeed person(String account, String name, String group, Set<String> roles) {
    return AccountSeed.person(
        account, name, account + "@shop.test", Set.of(group), roles, PASSWORD);
  }

  ServerTrust trust() {
    return ServerTrust.pin(server.address(), server.info());
  }

  /// The server goes away; its address answers nothing.
  int stopServer() {
    int port = server.address().getPort();
    server.close();
    return port;
  }

  /// It is there again, at the same address.
  void startServer(int port) {
    server = SluiceServer.start(config.withPort(port));
  }

  SluiceServer server() {
    return server;
  }

  /// A signed-in client besides the windows.
  HttpServerClient client(String account) throws WorkspaceProblem {
    return opened(
        HttpServerClient.signIn(
            trust(), TrustMemory.inMemory(), account, PASSWORD.toCharArray(), "journey"));
  }

  /// What people were told outside of their windows: account, title and, below it, the sentence.
  List<String> called() {
    return called;
  }

  /// A value as it really is in the database.
  String value(String query) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  /// Changes the database behind everybody's back.
  void change(String statement) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement change = connection.createStatement()) {
      change.execute(statement);
    }
  }

  /// A signed-in window.
  Screen window(String account, String name, double width, double height, String theme) {
    Screen screen =
        new Screen(
            Workbench.open(
                signIn,
                WorkbenchOptions.in(folder.resolve("window-" + account + "-" + theme))
                    .withAccount(account)
                    .withTheme(theme)
                    .withSize(width, height)
                    .withNotifier(
                        (title, message) -> called.add(account + ": " + title + "\n" + message))),
            name);
    open.addFirst(screen);
    return screen.signIn(account, PASSWORD);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.addFirst(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    // A window that was held says so when it closes; the server and the database end all the same.
    Throwable first = null;
    for (AutoCloseable part : open) {
      try {
        part.close();
      } catch (Exception | AssertionError e) {
        first = first == null ? e : first;
      }
    }
    if (first instanceof AssertionError held) {
      throw held;
    }
    if (first instanceof Exception failed) {
      throw failed;
    }
  }
}
