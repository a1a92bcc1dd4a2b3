package dev.sluice.server;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ScriptReader;
import dev.sluice.gateway.execution.GovernedExecutor;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.ServerInfo;
import dev.sluice.governance.masking.RowMaskers;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementAnalyzers;
import dev.sluice.server.approvals.Approvals;
import dev.sluice.server.approvals.ApprovedRuns;
import dev.sluice.server.approvals.ChangeRecords;
import dev.sluice.server.approvals.Conversations;
import dev.sluice.server.approvals.Delegates;
import dev.sluice.server.approvals.DryRuns;
import dev.sluice.server.approvals.SpecialRequests;
import dev.sluice.server.approvals.UnmaskGrants;
import dev.sluice.server.credentials.ConnectionRegistry;
import dev.sluice.server.credentials.EnforcedLogins;
import dev.sluice.server.credentials.Leases;
import dev.sluice.server.credentials.UnmaskedColumns;
import dev.sluice.server.directory.Accounts;
import dev.sluice.server.directory.AttemptLimit;
import dev.sluice.server.directory.Bootstrap;
import dev.sluice.server.directory.Directory;
import dev.sluice.server.directory.GroupRoles;
import dev.sluice.server.directory.IdTokens;
import dev.sluice.server.directory.LocalPeople;
import dev.sluice.server.directory.People;
import dev.sluice.server.directory.ProofChecker;
import dev.sluice.server.directory.RoleHolders;
import dev.sluice.server.directory.ServiceIdentities;
import dev.sluice.server.directory.ServiceSessions;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.directory.TokenIssuer;
import dev.sluice.server.directory.UsedTokens;
import dev.sluice.server.directory.Workloads;
import dev.sluice.server.enforcement.EnforcedDatabases;
import dev.sluice.server.enforcement.EnforcementDesk;
import dev.sluice.server.execution.AllowedChanges;
import dev.sluice.server.execution.ApprovedRunner;
import dev.sluice.server.execution.Judge;
import dev.sluice.server.execution.StatementGuard;
import dev.sluice.server.execution.StatementIntake;
import dev.sluice.server.export.Deliveries;
import dev.sluice.server.export.Webhooks;
import dev.sluice.server.http.AdminRoutes;
import dev.sluice.server.http.Api;
import dev.sluice.server.http.ApprovalRoutes;
import dev.sluice.server.http.ConnectionListing;
import dev.sluice.server.http.HttpServer;
import dev.sluice.server.http.LedgerRoutes;
import dev.sluice.server.http.OversightRoutes;
import dev.sluice.server.http.PolicyRoutes;
import dev.sluice.server.http.Route;
import dev.sluice.server.ledger.Erasures;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.LedgerExport;
import dev.sluice.server.ledger.Retention;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.ledger.Timelines;
import dev.sluice.server.ledger.Trails;
import dev.sluice.server.live.Freezes;
import dev.sluice.server.live.LabelReports;
import dev.sluice.server.live.LiveBoard;
import dev.sluice.server.mcp.AgentSessions;
import dev.sluice.server.mcp.HttpAgents;
import dev.sluice.server.pairing.AgentControls;
import dev.sluice.server.pairing.AgentRows;
import dev.sluice.server.pairing.Confirmations;
import dev.sluice.server.pairing.Pairing;
import dev.sluice.server.policies.Drafts;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.policies.PolicyReview;
import dev.sluice.server.policies.StandardPolicyLoader;
import dev.sluice.server.policies.StoredBudget;
import dev.sluice.server.policies.WhatIf;
import dev.sluice.server.push.CommitListener;
import dev.sluice.server.push.Outbox;
import dev.sluice.server.push.Streams;
import dev.sluice.server.schema.SchemaHistory;
import dev.sluice.server.store.ServerProcesses;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server. Closing it ends streams, drops leased logins and lets go of everything.
public final class SluiceServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SluiceServer.class);

  private final ServerConfig config;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ServerKeys keys;
  private final Store store;
  private final Ledger ledger;
  private final Policies policies;
  private final EnforcedDatabases enforced;
  private final Sessions sessions;
  private final Streams streams;
  private final HttpServer http;
  private final List<Runnable> seldom;

  private SluiceServer(ServerConfig config, CoreParts core) {
    this.config = config;
    try {
      this.keys = config.keys();
      this.store = opened(Store.open(config.store()));
      ServerProcesses processes = opened(new ServerProcesses(store, Ids.next(), config.clock()));
      processes.beat();
      Sealer sealer = new Sealer(keys.seal());
      MaskKeyring keyring = new MaskKeyring(keys.seal());
      this.streams = opened(new Streams(store));
      if (config.store() instanceof StoreConfig.PostgreSql shared) {
        opened(new CommitListener(shared, streams::wake));
      }
      this.ledger =
          new Ledger(
              store, keys.log(), sealer, "sluice/" + keys.policyKeyId(), config.clock(), streams);
      ledger.checkEnd();
      ledger.rebuildSearch();
      Erasures erasures =
          new Erasures(store, ledger, config.operations().eraseWithTwo(), config.clock());
      Retention retention =
          new Retention(store, erasures, config.operations().kept(), config.clock());
      // Closed after all that still writes: what was written is vouched for.
      open.addFirst(ledger::keepCheckpoint);
      Accounts accounts = new Accounts(store);
      config.accounts().parallelStream().forEach(accounts::put);
      People people = new People(store, accounts, config.identity().ownerAge(), config.clock());
      ServiceIdentities services = new ServiceIdentities(store, ledger, people, config.clock());
      Directory directory = new Directory(store, services);
      UsedTokens usedTokens = new UsedTokens(store, config.clock());
      Supplier<URI> resource = () -> config.identity().resource().orElseGet(this::address);
      ServiceSessions serviceSessions =
          new ServiceSessions(store, ledger, directory, config.clock());
      TokenIssuer tokens =
          new TokenIssuer(
              services,
              serviceSessions,
              new Workloads(config.identity().workloads(), people, usedTokens, config.clock()),
              usedTokens,
              resource,
              config.clock());
      this.sessions = new Sessions(store, ledger, directory, config.clock());
      ConnectionRegistry connections =
          new ConnectionRegistry(store, ledger, sealer, config.targets(), config.clock());
      StoredBudget budget = new StoredBudget(store, sealer, keyring.key("equality").orElseThrow());
      this.policies = new Policies(store, ledger, keys, core.policies(), budget, config.clock());
      publishConfigured(core, budget);
      // What was just written is taken up by the writer's thread in its own time.
      policies.refresh();
      this.enforced =
          opened(
              new EnforcedDatabases(
                  connections, policies, this::enforcementApplied, config.clock()));
      UnmaskGrants unmaskGrants = new UnmaskGrants(store, config.clock());
      UnmaskedColumns unmasked = unmaskGrants.under(policies);
      Judge judge =
          opened(
              new Judge(
                  connections,
                  core.analyzer(),
                  policies,
                  enforced,
                  unmasked,
                  config.timings().catalog(),
                  config.clock()));
      EnforcedLogins enforcedLogins =
          new EnforcedLogins(enforced, policies, unmasked, config.clock());
      Leases leases =
          opened(
              new Leases(
                  store,
                  ledger,
                  connections,
                  enforcedLogins,
                  config.timings().lease(),
                  config.clock()));
      AtSourceRewriter rewriter = AtSourceRewriter.standard(ParserWorker.onCallerThread());
      PolicyReview review =
          new PolicyReview(connections, judge::catalog, core.analyzer(), rewriter, config.clock());
      Delegates delegates = new Delegates(store, ledger, directory::current, config.clock());
      Approvals approvals = new Approvals(store, ledger, judge, delegates, config.clock());
      Conversations conversations = new Conversations(store, approvals, config.clock());
      Freezes freezes = new Freezes(store, ledger, config.clock());
      SchemaHistory schemas =
          new SchemaHistory(
              store,
              ledger,
              judge::catalog,
              () -> connections.all().stream().map(Target::name).toList(),
              config.clock());
      Confirmations confirmations =
          new Confirmations(store, ledger, sealer, sessions::isLive, config.clock());
      ApprovedRunner runner =
          new ApprovedRunner(judge, new GovernedExecutor(core.maskers()), keyring);
      ChangeRecords changes = new ChangeRecords(store, approvals, judge, sealer, keyring);
      ApprovedRuns runs =
          new ApprovedRuns(
              store,
              approvals,
              judge,
              runner,
              processes.id(),
              freezes::requireThawed,
              schemas,
              confirmations::require,
              changes,
              config.clock());
      DryRuns dryRuns =
          new DryRuns(
              store, approvals, judge, runner, changes, freezes::requireThawed, config.clock());
      runs.recover(store.isSqlite());
      sessions.onNarrowed(leases::endSession);
      Statements statements = new Statements(store, ledger, config.clock());
      StatementIntake intake =
          new StatementIntake(
              new StatementGuard(judge, unmaskGrants::of, freezes::requireThawed),
              statements,
              budget,
              ledger,
              confirmations::require,
              config.clock());
      AllowedChanges allowed =
          new AllowedChanges(
              store,
              ledger,
              statements,
              intake,
              judge,
              new GovernedExecutor(core.maskers()),
              keyring,
              schemas,
              unmaskGrants::of,
              processes.id(),
              config.clock());
      allowed.recover(store.isSqlite());
      Timelines timelines = new Timelines(store, ledger);
      AgentRows agentRows = new AgentRows();
      Pairing pairing =
          new Pairing(
              store,
              directory,
              new AgentControls(store, ledger, sessions, config.clock()),
              confirmations,
              timelines,
              agentRows,
              config.clock());
      ConnectionListing listing = new ConnectionListing(connections, enforced::standing, policies);
      AgentSessions agentSessions =
          opened(
              AgentSessions.of(
                  new AgentSessions.Parts(
                      listing::all,
                      policies,
                      keys.policyKeyId(),
                      keyring,
                      leases,
                      intake,
                      allowed,
                      statements,
                      approvals,
                      runs,
                      unmaskGrants,
                      timelines,
                      ledger,
                      streams,
                      agentRows),
                  new LocalCore(
                      core.analyzer(),
                      new ScriptReader(core.analyzer()),
                      new GovernedExecutor(core.maskers())),
                  session ->
                      sessions.isLive(session.id())
                          ? directory.current(session.actor()).map(session::as)
                          : Optional.empty(),
                  config.operations().agents(),
                  config.clock()));
      // Told why first: a statement that loses its login would otherwise look like a failure.
      sessions.onEnd(agentSessions::endToken);
      sessions.onEnd(
          (session, reason) -> {
            leases.endSession(session);
            streams.endSession(session, reason);
          });
      HttpAgents agents = opened(new HttpAgents(agentSessions));
      ProofChecker proofs = new ProofChecker(config.clock());
      Deliveries deliveries =
          opened(
              new Deliveries(
                  store,
                  ledger,
                  processes.id(),
                  config.operations().sinks(),
                  new Webhooks(store, ledger, sealer, config.clock()),
                  config.timings().sweep()));
      this.seldom =
          List.of(
              processes::forgetSilent,
              () -> runs.recover(false),
              () -> allowed.recover(false),
              leases::dropOrphans,
              enforced::look,
              usedTokens::sweep,
              confirmations::sweep,
              agentSessions::sweep,
              schemas::now,
              retention::sweep,
              this::forgetOldMessages);
      opened(
          new Sweeper(
              config.timings().sweep(),
              List.of(
                  processes::beat,
                  approvals::expire,
                  conversations::escalate,
                  delegates::refresh,
                  sessions::endExpired,
                  leases::sweep,
                  proofs::sweep,
                  ledger::keepCheckpoint,
                  policies::refresh,
                  connections::refresh,
                  deliveries::refresh,
                  streams::wake),
              seldom));
      this.http =
          opened(
              HttpServer.start(
                  config,
                  new HttpServer.Doors(
                      accounts,
                      services,
                      serviceSessions,
                      tokens,
                      new IdTokens(config.identity().providers(), usedTokens, config.clock()),
                      resource,
                      sessions,
                      proofs,
                      store,
                      ledger,
                      streams,
                      approvals,
                      statements,
                      agents),
                  new Api.Parts(
                      this::info,
                      this::ready,
                      listing,
                      policies,
                      leases,
                      keyring,
                      intake,
                      allowed,
                      statements,
                      timelines,
                      new Trails(
                          store,
                          ledger,
                          new RoleHolders(store, config.clock())::named,
                          sessions::endAll,
                          config.clock()),
                      schemas,
                      new LedgerRoutes(ledger, new LedgerExport(store, ledger, logKey()), erasures),
                      deliveries,
                      new AdminRoutes.Parts(
                          connections,
                          new LocalPeople(store, ledger, sessions, config.clock()),
                          new GroupRoles(store, ledger, config.clock()),
                          new Bootstrap(store, ledger, config.clock()),
                          policies,
                          new AttemptLimit(10, Duration.ofMinutes(5), config.clock()),
                          enforcedLogins,
                          new EnforcementDesk(
                              connections, enforced, policies, store, ledger, config.clock())),
                      new PolicyRoutes.Parts(
                          policies,
                          new Drafts(
                              store,
                              ledger,
                              policies,
                              review,
                              () ->
                                  new RoleHolders(store, config.clock()).of("policy-admin").size(),
                              config.clock()),
                          new WhatIf(
                              store,
                              ledger,
                              policies,
                              review,
                              core.analyzer(),
                              rewriter,
                              directory::current,
                              config.clock())),
                      new ApprovalRoutes.Parts(
                          approvals,
                          runs,
                          dryRuns,
                          changes,
                          new SpecialRequests(store, approvals, judge, policies, config.clock()),
                          conversations,
                          delegates,
                          unmaskGrants,
                          leases),
                      new OversightRoutes.Parts(
                          new LiveBoard(
                              store, ledger, policies, freezes, deliveries, config.clock()),
                          freezes,
                          sessions,
                          new LabelReports(store, ledger, policies, config.clock())),
                      pairing)));
      // Streams block the stopping of the listener: they are told to end first.
      open.addFirst(streams::close);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    LOG.info("Listening on {}", address());
  }

  /// Starts a server.
  ///
  /// @throws RuntimeException when it cannot; nothing is left open then
  public static SluiceServer start(ServerConfig config) {
    BoundedParserWorker worker = BoundedParserWorker.standard();
    try {
      SluiceServer server =
          new SluiceServer(
              config,
              new CoreParts(
                  StatementAnalyzers.standard(worker),
                  new StandardPolicyLoader(worker),
                  RowMaskers::of));
      server.open.addLast(worker);
      return server;
    } catch (RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  /// Starts a server with given parts of the core.
  ///
  /// @throws RuntimeException when it cannot; nothing is left open then
  public static SluiceServer start(ServerConfig config, CoreParts core) {
    return new SluiceServer(config, core);
  }

  /// Where it listens.
  public URI address() {
    return URI.create(
        (config.operations().tls().isPresent() ? "https://" : "http://")
            + config.host()
            + ":"
            + port());
  }

  public int port() {
    return http.port();
  }

  /// What it says of itself to anybody; clients in the same process may pin the keys from here.
  public ServerInfo info() {
    return new ServerInfo(
        config.name(),
        "1.0.0",
        config.clock().instant(),
        signInMethods(),
        List.of(
            new ServerInfo.VerifyingKey(
                keys.policyKeyId(),
                Base64.getEncoder().encodeToString(keys.policy().getPublic().getEncoded()))),
        ledger.origin(),
        logKey());
  }

  private void enforcementApplied(String connection, String plan, int profiles) {
    store.write(
        transaction ->
            ledger.append(
                transaction,
                new AuditEvent(
                    Ids.next(),
                    "enforcement.applied",
                    1,
                    config.clock().instant(),
                    "local|server",
                    "server",
                    "enforcement/" + connection,
                    Map.of("connection", connection, "plan", plan, "profiles", profiles))));
  }

  private List<ServerInfo.SignInMethod> signInMethods() {
    List<ServerInfo.SignInMethod> methods = new ArrayList<>();
    methods.add(new ServerInfo.SignInMethod("local", "Sign in"));
    config
        .identity()
        .providers()
        .forEach(each -> methods.add(new ServerInfo.SignInMethod(each.id(), each.label())));
    return methods;
  }

  private String logKey() {
    return Base64.getEncoder().encodeToString(keys.log().getPublic().getEncoded());
  }

  /// Ends every session of somebody: for administration.
  ///
  /// @param principalKey `issuer|subject`
  public void endSessionsOf(String principalKey, String reason) {
    sessions.endAll(principalKey, reason);
  }

  /// Streams open now.
  public int openStreams() {
    return streams.count();
  }

  /// Does at once what is done every minute.
  void sweepSeldom() {
    seldom.forEach(Runnable::run);
  }

  /// Every route, for whoever checks them.
  public List<Route> routes() {
    return http.routes();
  }

  private boolean ready() {
    return policies.find().isPresent()
        && store.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one()) == 1;
  }

  private void publishConfigured(CoreParts core, StoredBudget budget) {
    config
        .policy()
        .ifPresent(
            yaml -> {
              long current = policies.find().map(inForce -> inForce.signed().version()).orElse(0L);
              if (version(core, yaml, budget) > current) {
                policies.publish("local|server", "server", yaml, "from the configuration");
              }
            });
  }

  private static long version(CoreParts core, String yaml, StoredBudget budget) {
    try {
      return core.policies().load(yaml, budget).version();
    } catch (dev.sluice.server.policies.PolicyLoader.Unreadable e) {
      throw Problems.policyUnreadable(String.valueOf(e.getMessage()));
    }
  }

  private void forgetOldMessages() {
    store.write(transaction -> Outbox.forget(transaction.handle(), config.clock().millis()));
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.addFirst(part);
    return part;
  }

  /// Any thread, any number of times: a second caller waits for the first and finds nothing left.
  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.removeFirst();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("Stopping {} failed.", part.getClass().getSimpleName(), e);
      }
    }
  }
}
