package dev.sluice.server.enforcement;

import dev.sluice.gateway.connection.AdministrationPool;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.UnpinnedDataSource;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.enforcement.AccessAudit;
import dev.sluice.governance.enforcement.AccessFinding;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.DatabaseFacts;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.enforcement.MaskedCatalog;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.EnforcedAccess;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.server.Enforcement;
import dev.sluice.server.Target;
import dev.sluice.server.policies.Policies;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database that enforces the policy itself: who sees what of it, whether what was applied to it
/// is what the policy in force asks for, and what it may be called.
///
/// Where the server holds an administrator's login it applies what the policy asks for by itself,
/// but never over a database that somebody else changed: then nobody gets a login until a person
/// has looked.
public final class EnforcedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EnforcedDatabase.class);
  private static final int MOST_PROFILES = 32;
  private static final Duration CATALOG_LIFE = Duration.ofSeconds(30);
  private static final Duration PROFILE_LIFE = Duration.ofSeconds(5);
  private static final int MOST_KNOWN = 1000;

  /// Told what was done to a database, for the ledger.
  public interface Listener {
    void applied(String connection, String plan, int profiles);
  }

  private final Target target;
  private final Enforcement logins;
  private final EnforcementNames names;
  private final AdministrationPool brokerPool;
  private final AdministrationPool changerPool;
  private final LeaseBroker broker;
  private final ChangeBroker changes;
  private final Optional<EnforcementService> administration;
  private final EnforcementService onlooker;
  private final Listener listener;
  private final InstantSource clock;
  private final Map<String, AccessProfile> lately = new LinkedHashMap<>();
  private long latelyOf;
  private final Map<Object, Known> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Known> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  private record Known(AccessProfile profile, Instant at) {}

  private volatile Standing standing = Standing.unknown();
  private @Nullable CatalogSnapshot catalog;
  private Instant catalogAt = Instant.EPOCH;
  private volatile String applied = "";
  private volatile boolean prepared;

  EnforcedDatabase(Target target, Enforcement logins, Listener listener, InstantSource clock)
      throws EnforcementProblem {
    this.target = target;
    this.logins = logins;
    this.listener = listener;
    this.clock = clock;
    ConnectionDefinition definition = target.definition();
    this.names = new EnforcementNames(definition.database());
    ConnectionDefinition brokers = brokers(definition, names);
    this.brokerPool = new AdministrationPool(brokers, logins.broker(), 4);
    this.changerPool = new AdministrationPool(brokers, logins.changer(), 4);
    SecureRandom random = new SecureRandom();
    this.broker =
        definition.engine() == Dialect.POSTGRESQL
            ? new PostgresqlLeaseBroker(brokerPool, names, random)
            : new MariadbLeaseBroker(brokerPool, names, random);
    this.changes =
        definition.engine() == Dialect.POSTGRESQL
            ? new PostgresqlChangeBroker(changerPool, names, random)
            : new MariadbChangeBroker(changerPool, names, random);
    ParserWorker worker = ParserWorker.onCallerThread();
    DatabaseLogin looking = logins.administrator().orElse(logins.broker());
    this.onlooker =
        new EnforcementService(
            definition.engine(), new UnpinnedDataSource(definition, looking), worker);
    this.administration = logins.administrator().map(login -> onlooker);
  }

  /// MariaDB's broker may not even enter the base database.
  private static ConnectionDefinition brokers(
      ConnectionDefinition definition, EnforcementNames names) {
    return definition.engine() == Dialect.POSTGRESQL
        ? definition
        : at(definition, names.brokerSchema() + "_" + names.database());
  }

  private static ConnectionDefinition at(ConnectionDefinition definition, String database) {
    return new ConnectionDefinition(
        definition.name(),
        definition.engine(),
        definition.host(),
        definition.port(),
        database,
        definition.transport(),
        definition.properties());
  }

  public Target target() {
    return target;
  }

  public LeaseBroker broker() {
    return broker;
  }

  public ChangeBroker changes() {
    return changes;
  }

  /// What it may be called now, as far as it was looked at.
  public Standing standing() {
    return standing;
  }

  /// What somebody sees of it under a policy.
  ///
  /// @param lifted columns whose mask an approved request lifts for them now
  public AccessProfile profile(Policies.InForce policy, Actor actor, Set<ColumnRef> lifted)
      throws EnforcementProblem {
    record Asked(long version, Actor actor, Set<ColumnRef> lifted) {}
    Instant now = clock.instant();
    Object asked = new Asked(policy.signed().version(), actor, Set.copyOf(lifted));
    synchronized (known) {
      Known before = known.get(asked);
      if (before != null && now.isBefore(before.at().plus(PROFILE_LIFE))) {
        return before.profile();
      }
    }
    AccessProfile profile =
        EnforcedAccess.of(policy.loaded().bundle(), catalog(), actor, context(policy), now)
            .unmasking(lifted);
    synchronized (known) {
      known.put(asked, new Known(profile, now));
    }
    return profile;
  }

  /// The policy says which environment a connection belongs to.
  private ConnectionContext context(Policies.InForce policy) {
    return new ConnectionContext(
        target.name(),
        policy.loaded().environments().getOrDefault(target.name(), target.environment()),
        target.definition().engine(),
        Standing.ENFORCED,
        target.labels());
  }

  /// The tables as people know them, without masked views.
  private synchronized CatalogSnapshot catalog() throws EnforcementProblem {
    CatalogSnapshot read = catalog;
    Instant now = clock.instant();
    if (read != null && now.isBefore(catalogAt.plus(CATALOG_LIFE))) {
      return read;
    }
    try (Connection connection = brokerPool.getConnection()) {
      CatalogSnapshot whole = readCatalog(connection);
      CatalogSnapshot base = MaskedCatalog.of(whole, "sluice", Optional.empty());
      catalog = base;
      catalogAt = now;
      return base;
    } catch (SQLException e) {
      throw Failures.of(target.name(), "The catalog could not be read", e);
    }
  }

  /// The catalog through one of the server's own logins, which may read no row and therefore is not
  /// told by every engine what views read: then a procedure of the plan tells it.
  public CatalogSnapshot readCatalog(Connection connection) throws SQLException {
    CatalogSnapshot read = CatalogReader.of(target.definition().engine()).read(connection);
    return target.definition().engine() == Dialect.POSTGRESQL
        ? read
        : MariadbDefinitions.added(read, connection, names);
  }

  /// A lease that sees what a profile shows. Applies the profile first where that is allowed and
  /// needed.
  public Lease lease(Policies.InForce policy, AccessProfile profile, LeaseTerms terms)
      throws EnforcementProblem {
    try {
      return broker.issue(terms);
    } catch (EnforcementProblem problem) {
      if (!apply(policy, profile, problem)) {
        throw problem;
      }
      return broker.issue(terms);
    }
  }

  /// Makes sure that the database enforces a profile of the policy in force.
  ///
  /// @throws EnforcementProblem when it does not, and the server may not apply it itself
  public void require(Policies.InForce policy, AccessProfile profile) throws EnforcementProblem {
    String line = EnforcementPlan.profileLine(names.reader(profile), profile.fingerprint());
    if (applied.lines().anyMatch(line::equals)) {
      return;
    }
    String now = broker.appliedProfiles();
    applied = now;
    if (now.lines().anyMatch(line::equals)) {
      return;
    }
    EnforcementProblem problem =
        new EnforcementProblem(
            target.name(),
            "The database does not enforce the policy in force yet. `sluice enforce apply"
                + " --connection "
                + target.name()
                + "` brings it up to date.",
            EnforcementProblem.Kind.OTHER_POLICY);
    if (!apply(policy, profile, problem)) {
      throw problem;
    }
  }

  private synchronized boolean apply(
      Policies.InForce policy, AccessProfile profile, EnforcementProblem why)
      throws EnforcementProblem {
    boolean mendable =
        switch (why.kind()) {
          case NOT_APPLIED, OTHER_POLICY -> true;
          case DRIFTED, UNREACHABLE, OTHER -> false;
        };
    if (!mendable || administration.isEmpty()) {
      return false;
    }
    if (why.kind() == EnforcementProblem.Kind.OTHER_POLICY && !broker.drift().none()) {
      // What somebody changed by hand must not become the accepted state unseen.
      return false;
    }
    apply(policy, administration.get(), profile);
    return true;
  }

  private void apply(
      Policies.InForce policy, EnforcementService service, @Nullable AccessProfile wanted)
      throws EnforcementProblem {
    List<AccessProfile> profiles = profiles(policy, service.facts(), wanted);
    EnforcementPlan plan = service.plan(profiles, pureFunctions(policy));
    service.apply(plan, plan.hash());
    taken(plan, profiles.size());
    listener.applied(target.name(), plan.hash(), profiles.size());
  }

  private void taken(EnforcementPlan plan, int profiles) {
    applied = plan.profileLines();
    catalog = null;
    LOG.info("Applied plan {} to {} for {} profiles.", plan.hash(), target.name(), profiles);
  }

  /// Everybody's, then those of people who lately got a login and see more or less.
  private synchronized List<AccessProfile> profiles(
      Policies.InForce policy, DatabaseFacts facts, @Nullable AccessProfile wanted) {
    if (latelyOf != policy.signed().version()) {
      lately.clear();
      latelyOf = policy.signed().version();
    }
    if (wanted != null && !wanted.name().isEmpty()) {
      lately.remove(wanted.name());
      lately.put(wanted.name(), wanted);
      if (lately.size() > MOST_PROFILES) {
        lately.remove(lately.keySet().iterator().next());
      }
    }
    List<AccessProfile> profiles = new ArrayList<>();
    profiles.add(everybody(policy, facts));
    profiles.addAll(lately.values());
    return profiles;
  }

  private AccessProfile everybody(Policies.InForce policy, DatabaseFacts facts) {
    return EnforcedAccess.everybody(
        policy.loaded().bundle(), facts.catalog(), context(policy), clock.instant());
  }

  /// What an administrator decides on.
  ///
  /// @param inForce the database enforces it already, and nobody changed it since
  /// @param findings who reads around Sluice, accepted or not
  record Reviewed(
      EnforcementPlan plan, boolean inForce, Drift drift, List<AccessFinding> findings) {}

  /// What trying leases came to.
  ///
  /// @param wrong one sentence each
  record Verified(int profiles, List<String> wrong) {}

  /// Whether the server holds an administrator's login.
  boolean administered() {
    return administration.isPresent();
  }

  /// Whether a finding of the access audit was accepted by name.
  boolean accepts(String finding) {
    return logins.accepted().contains(finding);
  }

  /// Plans and audits, and changes nothing.
  Reviewed review(Policies.InForce policy) throws EnforcementProblem {
    DatabaseFacts facts = onlooker.facts();
    List<AccessProfile> profiles = profiles(policy, facts, null);
    EnforcementPlan plan = onlooker.plan(profiles, pureFunctions(policy));
    Drift drift = new Drift(List.of(), List.of());
    boolean inForce = false;
    if (isPlanned(facts)) {
      try {
        drift = broker.drift();
        List<String> now = broker.appliedProfiles().lines().toList();
        inForce = drift.none() && now.containsAll(plan.profileLines().lines().toList());
      } catch (EnforcementProblem problem) {
        // Its own login lost a right: the plan, which an administrator makes, gives it back.
        drift = Drift.unreadable(problem);
      }
      look(policy);
    }
    return new Reviewed(
        plan, inForce, drift, AccessAudit.findings(facts, profiles.subList(0, 1), Set.of()));
  }

  /// Applies what was reviewed, over whatever somebody changed by hand: a person looked at it.
  ///
  /// @return how many profiles it is for
  synchronized int applyReviewed(Policies.InForce policy, String reviewed)
      throws EnforcementProblem {
    List<AccessProfile> profiles = profiles(policy, onlooker.facts(), null);
    EnforcementPlan plan = onlooker.plan(profiles, pureFunctions(policy));
    onlooker.apply(plan, reviewed);
    onlooker.setBrokerPassword(logins.broker().password());
    onlooker.setChangerPassword(logins.changer().password());
    taken(plan, profiles.size());
    look(policy);
    return profiles.size();
  }

  /// Logs in with a lease of its own for each profile and tries what it must not be able to do.
  Verified verify(Policies.InForce policy) throws EnforcementProblem {
    List<AccessProfile> profiles = profiles(policy, onlooker.facts(), null);
    List<String> wrong = new ArrayList<>();
    for (AccessProfile profile : profiles) {
      wrong.addAll(onlooker.verify(profile, broker, lease -> connected(profile, lease)));
    }
    return new Verified(profiles.size(), wrong);
  }

  private Connection connected(AccessProfile profile, Lease lease) throws SQLException {
    ConnectionDefinition base = target.definition();
    ConnectionDefinition views =
        base.engine() == Dialect.POSTGRESQL
            ? base
            : at(base, names.viewSchema(profile, base.database()));
    return new UnpinnedDataSource(
            views, new DatabaseLogin(lease.login(), lease.login(), lease.password()))
        .getConnection();
  }

  private static Set<String> pureFunctions(Policies.InForce policy) {
    return policy.loaded().functions().stream()
        .filter(DeclaredFunction::pure)
        .map(function -> function.schema() + "." + function.name())
        .collect(Collectors.toSet());
  }

  /// At the start of the server: applies what was never applied or belongs to an older policy, when
  /// the server may, and gives the server's own logins the passwords it was configured with.
  void prepare(Policies.InForce policy) {
    prepared = true;
    try {
      if (administration.isPresent()) {
        prepare(policy, administration.get());
      }
    } catch (EnforcementProblem problem) {
      LOG.warn("{}: {}", problem.object(), problem.getMessage());
    }
    look(policy);
  }

  private synchronized void prepare(Policies.InForce policy, EnforcementService service)
      throws EnforcementProblem {
    boolean before = isPlanned(service.facts());
    if (!before) {
      apply(policy, service, null);
    }
    service.setBrokerPassword(logins.broker().password());
    service.setChangerPassword(logins.changer().password());
    if (before && broker.drift().none()) {
      apply(policy, service, null);
    }
  }

  /// Whether a plan was applied to it at some time.
  private boolean isPlanned(DatabaseFacts facts) {
    return facts.roles().stream()
        .anyMatch(
            role ->
                role.name().equals(names.broker()) || role.name().startsWith(names.broker() + "@"));
  }

  /// Looks who reads around Sluice, and whether the database is as it was left.
  void look(Policies.InForce policy) {
    if (!prepared) {
      prepare(policy);
      return;
    }
    try {
      Drift drift = broker.drift();
      if (!drift.none()) {
        standing =
            Standing.stopped(
                "the database changed since its enforcement was applied ("
                    + drift.summary()
                    + "). Plan and apply again.");
        return;
      }
      DatabaseFacts facts = onlooker.facts();
      AccessProfile everybody = everybody(policy, facts);
      List<String> all = findings(facts, everybody, Set.of());
      List<String> open = findings(facts, everybody, logins.accepted());
      Set<String> accepted = new TreeSet<>(all);
      open.forEach(accepted::remove);
      standing = Standing.of(target.name(), open, List.copyOf(accepted));
    } catch (EnforcementProblem problem) {
      if (problem.kind() != EnforcementProblem.Kind.UNREACHABLE) {
        standing = Standing.stopped(String.valueOf(problem.getMessage()));
      }
      LOG.warn("{}: {}", problem.object(), problem.getMessage());
    }
  }

  private static List<String> findings(
      DatabaseFacts facts, AccessProfile everybody, Set<String> accepted) {
    return AccessAudit.findings(facts, List.of(everybody), accepted).stream()
        .map(AccessFinding::name)
        .toList();
  }

  /// Ends logins of changes whose time has passed; what fails is tried at the next call.
  void endLeftOver() {
    try {
      for (String login : changes.leftOver()) {
        changes.end(login);
        LOG.warn("Ended {}, a login that an approved change left behind.", login);
      }
    } catch (EnforcementProblem problem) {
      LOG.warn("{}: {}", problem.object(), problem.getMessage());
    }
  }

  @Override
  public void close() {
    brokerPool.close();
    changerPool.close();
  }
}
