package dev.sluice.cli.window;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.signin.ServerSignIn;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.LogHead;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.Ids;
import dev.sluice.server.Sealer;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.ServerKeys;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.Target;
import dev.sluice.server.Timings;
import dev.sluice.server.directory.AccountSeed;
import dev.sluice.server.directory.Session;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.push.Streams;
import dev.sluice.server.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A server over a small shop whose log already holds a long life of one analyst: written by the
/// server's own log, each entry signed for, before the server starts.
final class SeenWorld implements AutoCloseable {

  static final String PASSWORD = "correct horse battery";
  static final String ANALYST = "analyst";

  static final String POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: shop, environment: production, owner: data-platform}
      classifications:
        - {tag: pii.email, columns: [customers.email]}
      masks:
        pii.email: {algorithm: email}
      rules:
        - id: writes-need-a-second-person
          when: statement.writes
          effect: require-approval
          approvers: {any-of: [group:data-owners], quorum: 1, decide-within: 8h, use-within: 1h, executions: 1}
        - id: analysts-read
          when: '"analysts" in user.groups && statement.reads_only'
          effect: allow
          limits: {rows: 1000, seconds: 30}
      """;

  private static final int SENDERS = 256;
  private static final int SHAPES = 500;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final SluiceServer server;
  private final SignIn signIn;

  /// @param events that the log is to hold; of them `lately` are of today, the others older
  SeenWorld(Path folder, int events, int lately) throws Exception {
    ServerConfig config =
        ServerConfig.inFolder(folder)
            .withTargets(List.of(shop(folder)))
            .withPolicy(POLICY)
            .withAccounts(
                List.of(
                    person(ANALYST, "Ana Lyst", "analysts", "analyst"),
                    person("owner", "Olga Owner", "data-owners", "analyst"),
                    person("admin", "Adam Admin", "admins", "policy-admin")))
            .withTimings(Timings.standard().withFreshSignIn(Duration.ofHours(8)));
    try {
      fill(config, Math.max(0, events - lately), Duration.ofDays(20));
      fill(config, Math.min(events, lately), Duration.ZERO);
      server = opened(SluiceServer.start(config));
      BoundedParserWorker worker = opened(BoundedParserWorker.standard());
      Journal journal = opened(SqliteJournal.open(folder.resolve("journal.db")));
      LocalCore core = LocalCore.of(worker);
      signIn =
          new ServerSignIn(
              trust(),
              TrustMemory.inMemory(),
              "workbench 1.0.0",
              client -> ServerWorkspace.open(client, core, journal));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  SignIn signIn() {
    return signIn;
  }

  HttpServerClient client(String account) throws WorkspaceProblem {
    return opened(
        HttpServerClient.signIn(
            trust(), TrustMemory.inMemory(), account, PASSWORD.toCharArray(), "bench"));
  }

  private ServerTrust trust() {
    return ServerTrust.pin(server.address(), server.info());
  }

  private static AccountSeed person(String account, String name, String group, String role) {
    return AccountSeed.person(
        account, name, account + "@shop.example", Set.of(group), Set.of(role), PASSWORD);
  }

  private static Target shop(Path folder) throws Exception {
    Path file = folder.resolve("shop.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, email TEXT, city TEXT)");
      statement.execute(
          "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, status TEXT)");
      statement.execute("INSERT INTO customers VALUES (1, 'One', 'one@mail.example', 'Ulm')");
      statement.execute("INSERT INTO orders VALUES (1, 1, 'paid')");
    }
    return Target.file(
        ConnectionDefinition.file("shop", Dialect.SQLITE, file.toString()),
        "production",
        "data-platform");
  }

  /// @param ago how long ago the entries are from
  private static void fill(ServerConfig config, int events, Duration ago) throws Exception {
    if (events == 0) {
      return;
    }
    ServerKeys keys = config.keys();
    try (Store store = Store.open(config.store());
        Streams streams = new Streams(store)) {
      var clock = java.time.Clock.offset(java.time.Clock.systemUTC(), ago.negated());
      Ledger ledger =
          new Ledger(
              store,
              keys.log(),
              new Sealer(keys.seal()),
              "sluice/" + keys.policyKeyId(),
              clock,
              streams);
      Statements statements = new Statements(store, ledger, clock);
      Session session = session(keys);
      AtomicInteger next = new AtomicInteger();
      AtomicReference<RuntimeException> failed = new AtomicReference<>();
      CountDownLatch done = new CountDownLatch(SENDERS);
      for (int sender = 0; sender < SENDERS; sender++) {
        Thread.startVirtualThread(
            () -> {
              try {
                for (int i = next.getAndIncrement(); i < events; i = next.getAndIncrement()) {
                  statements.intent(
                      session, intent(i, clock.instant()), Set.of(), transaction -> {});
                }
              } catch (RuntimeException e) {
                failed.set(e);
              } finally {
                done.countDown();
              }
            });
      }
      done.await();
      if (failed.get() != null) {
        throw failed.get();
      }
    }
  }

  private static Session session(ServerKeys keys) {
    return new Session(
        Ids.next(),
        new Actor.Person(
            new Principal(
                "local",
                ANALYST,
                ANALYST + "@shop.example",
                "Ana Lyst",
                Set.of("analysts"),
                Set.of("analyst"))),
        Optional.of(keys.log().getPublic()),
        "device",
        Instant.now(),
        Instant.now(),
        "",
        "");
  }

  private static StatementIntent intent(int i, Instant at) {
    String sql = statement(i % SHAPES);
    return new StatementIntent(
        Ids.next(),
        Ids.next(),
        "shop",
        sql,
        sql,
        List.of(),
        "window",
        Map.of(),
        "allow",
        "analysts-read",
        "",
        1,
        "",
        List.of(),
        List.of("main.customers.email"),
        "",
        at,
        LogHead.none());
  }

  /// One of many statements that differ in more than a number.
  static String statement(int i) {
    return switch (i % 4) {
      case 0 ->
          "SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id"
              + " WHERE o.id = "
              + i;
      case 1 -> "SELECT city, count(*) FROM customers WHERE id > " + i + " GROUP BY city";
      case 2 -> "SELECT id, email FROM customers WHERE id = " + i;
      default -> "SELECT status, max(id) FROM orders WHERE customer_id < " + i + " GROUP BY status";
    };
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.addFirst(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }
}
