package dev.sluice.cli.demo;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.managed.ThisMachine;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.FileTrustMemory;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.signin.ServerSignIn;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.Enforcement;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.Target;
import dev.sluice.server.Timings;
import dev.sluice.server.directory.AccountSeed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Everything the demo consists of but the window: databases, server, and a way to sign in. Closing
/// it stops all of it; what was written stays for the next start.
public final class DemoWorld implements AutoCloseable {

  /// Of all demo accounts.
  public static final String PASSWORD = "sluice-demo";

  private static final String NAME = "Sluice demo";
  private static final int USUAL_PORT = 8765;

  private final DemoHome home;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final DemoPostgres postgres;
  private final SluiceServer server;
  private final SignIn signIn;

  private DemoWorld(DemoHome home, Consumer<String> say) throws Exception {
    this.home = home;
    try {
      home.create();
      say.accept("Starting PostgreSQL.");
      postgres = opened(DemoPostgres.start(home));
      DemoDatabases.prepare(home, postgres, say);
      Enforcement roles = DemoRoles.prepare(home, postgres);
      say.accept("Starting the server.");
      server = opened(SluiceServer.start(config(postgres.port(), roles)));
      BoundedParserWorker worker = opened(BoundedParserWorker.standard());
      Journal journal = opened(SqliteJournal.open(home.workbench().resolve("journal.db")));
      DirectConnections direct =
          opened(DirectConnections.in(home.workbench(), ThisMachine.settings()));
      LocalCore core = LocalCore.of(worker);
      signIn =
          new ServerSignIn(
              ServerTrust.pin(server.address(), server.info()),
              new FileTrustMemory(home.workbench().resolve("trust.json")),
              "workbench 1.0.0",
              client -> ServerWorkspace.open(client, core, journal, Origin.window(), direct));
      Files.writeString(home.address(), server.address().toString(), StandardCharsets.UTF_8);
      open.addFirst(() -> Files.deleteIfExists(home.address()));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /// Starts databases and server.
  ///
  /// @param say takes a line of progress for the person waiting
  public static DemoWorld start(Consumer<String> say) throws Exception {
    return new DemoWorld(DemoHome.standard(), say);
  }

  private ServerConfig config(int port, Enforcement roles) throws Exception {
    java.nio.file.Files.createDirectories(home.server());
    ConnectionDefinition shop =
        ConnectionDefinition.server(
            "shop", Dialect.POSTGRESQL, "127.0.0.1", port, DemoPostgres.DATABASE, Transport.NONE);
    ConnectionDefinition development =
        ConnectionDefinition.file("shop-dev", Dialect.SQLITE, home.sqlite().toString());
    return ServerConfig.inFolder(home.server())
        .withName(NAME)
        .withPort(USUAL_PORT)
        .withTargets(
            List.of(
                Target.enforced(shop, "production", "data-platform", roles),
                Target.file(development, "development", "data-platform")))
        .withPolicy(DemoDatabases.resource("policy.yaml"))
        .withAccounts(accounts())
        .withTimings(Timings.standard().withFreshSignIn(Duration.ofHours(8)));
  }

  private static List<AccountSeed> accounts() {
    return List.of(
        AccountSeed.person(
            "analyst",
            "Ana Lyst",
            "analyst@shop.example",
            Set.of("analysts"),
            Set.of("analyst"),
            PASSWORD),
        AccountSeed.person(
            "owner",
            "Olga Owner",
            "owner@shop.example",
            Set.of("data-owners"),
            Set.of("analyst"),
            PASSWORD),
        AccountSeed.person(
            "admin",
            "Adam Admin",
            "admin@shop.example",
            Set.of("admins"),
            Set.of("policy-admin", "server-admin", "auditor"),
            PASSWORD),
        new AccountSeed(
            "agent",
            "Ana's agent",
            "",
            Set.of("analysts"),
            Set.of("analyst"),
            PASSWORD,
            "analyst"));
  }

  /// The address of a demo of this machine that runs now in another process.
  public static Optional<URI> running() {
    try {
      URI address =
          URI.create(
              Files.readString(DemoHome.standard().address(), StandardCharsets.UTF_8).strip());
      return HttpServerClient.ask(address).name().equals(NAME)
          ? Optional.of(address)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | WorkspaceProblem e) {
      return Optional.empty();
    }
  }

  /// The keys of this demo's server.
  public ServerTrust trust() {
    return ServerTrust.pin(server.address(), server.info());
  }

  /// The way into a workspace of this demo.
  public SignIn signIn() {
    return signIn;
  }

  public URI address() {
    return server.address();
  }

  /// Where the window keeps its state, one folder a person.
  public Path windowState(String account) {
    return home.workbench().resolve(account);
  }

  public Path folder() {
    return home.folder();
  }

  /// What the database was sent, in its own words.
  public Path databaseLog() {
    return home.postgresLog();
  }

  /// An administrator's look into the production database, for checking what is really there.
  public Connection lookIntoShop() throws SQLException {
    return postgres.connect(DemoPostgres.DATABASE);
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
    open.clear();
  }
}
