package dev.sluice.server.credentials;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.ConnectionSpec;
import dev.sluice.governance.codec.wire.ManagedConnection;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.AdminProblems;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.Sealer;
import dev.sluice.server.Target;
import dev.sluice.server.Targets;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The governed databases: those of the configuration file, which never change, and those that
/// administrators put under the server's care. Passwords are sealed in the store, opened in memory
/// only, and given to nobody. Safe for use by many threads; other servers on the same store take up
/// changes at their next sweep.
public final class ConnectionRegistry implements Targets {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionRegistry.class);

  private final Store store;
  private final Ledger ledger;
  private final Sealer sealer;
  private final List<Target> configured;
  private final InstantSource clock;
  private volatile Known known = new Known(List.of(), List.of());

  /// @param configured from the configuration file; their names cannot be taken here
  public ConnectionRegistry(
      Store store, Ledger ledger, Sealer sealer, List<Target> configured, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.sealer = sealer;
    this.configured = List.copyOf(configured);
    this.clock = clock;
    refresh();
  }

  private record Row(
      ConnectionSpec spec, String sealed, String seal, Instant changedAt, String changedBy) {}

  private record Known(List<Row> rows, List<Target> targets) {}

  @Override
  public List<Target> all() {
    return known.targets();
  }

  /// Takes up what was changed, here or by another server.
  public synchronized void refresh() {
    List<Row> rows = store.read(ConnectionRegistry::rows);
    Known before = known;
    if (rows.equals(before.rows()) && !before.targets().isEmpty()) {
      return;
    }
    List<Target> targets = new ArrayList<>(configured);
    for (Row row : rows) {
      try {
        targets.add(ConnectionForms.target(row.spec(), open(row)));
      } catch (RuntimeException e) {
        // One connection that cannot be opened must not take the others away.
        LOG.error(
            "The connection {} cannot be used: its passwords do not open.", row.spec().name());
      }
    }
    known = new Known(rows, List.copyOf(targets));
  }

  /// @param governed whether the policy in force names a connection
  public List<ManagedConnection> list(Predicate<String> governed) {
    List<ManagedConnection> all = new ArrayList<>();
    for (Target target : configured) {
      all.add(
          new ManagedConnection(
              ConnectionForms.spec(target),
              "file",
              Instant.EPOCH,
              "",
              governed.test(target.name())));
    }
    for (Row row : known.rows()) {
      all.add(
          new ManagedConnection(
              row.spec(),
              "server",
              row.changedAt(),
              row.changedBy(),
              governed.test(row.spec().name())));
    }
    all.sort(Comparator.comparing(managed -> managed.connection().name()));
    return all;
  }

  /// Puts a database under the server's care.
  public void add(Actor by, ConnectionSpec spec, ConnectionSecrets logins) {
    Target target = ConnectionForms.target(spec, logins);
    if (isConfigured(spec.name())) {
      throw AdminProblems.exists("connection", spec.name());
    }
    Instant now = clock.instant();
    store.write(
        transaction -> {
          Handle handle = transaction.handle();
          if (find(handle, spec.name()).isPresent()) {
            throw AdminProblems.exists("connection", spec.name());
          }
          String seal = Ids.next();
          handle.execute(
              "INSERT INTO managed_connection (name, spec, seal, sealed, changed_at, changed_by)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              spec.name(),
              JsonCodec.write(spec),
              seal,
              seal(spec.name(), seal, logins),
              now.toEpochMilli(),
              by.principal().key());
          return record(transaction, "connection.added", by, now, target);
        });
    refresh();
  }

  /// Replaces the passwords: the old ones are forgotten at once. Sessions that are open with them
  /// go on until they end.
  public void rotate(Actor by, String name, ConnectionSecrets logins) {
    if (isConfigured(name)) {
      throw AdminProblems.inFile(name);
    }
    Instant now = clock.instant();
    store.write(
        transaction -> {
          Handle handle = transaction.handle();
          Row row = find(handle, name).orElseThrow(() -> Problems.notFound("connection"));
          Target target = ConnectionForms.target(row.spec(), logins);
          String seal = Ids.next();
          handle.execute(
              "UPDATE managed_connection SET seal = ?, sealed = ?, changed_at = ?, changed_by = ?"
                  + " WHERE name = ?",
              seal,
              seal(name, seal, logins),
              now.toEpochMilli(),
              by.principal().key(),
              name);
          return record(transaction, "connection.rotated", by, now, target);
        });
    refresh();
  }

  /// Lets go of a database: its passwords are forgotten.
  public void remove(Actor by, String name) {
    if (isConfigured(name)) {
      throw AdminProblems.inFile(name);
    }
    Instant now = clock.instant();
    store.write(
        transaction -> {
          Handle handle = transaction.handle();
          Row row = find(handle, name).orElseThrow(() -> Problems.notFound("connection"));
          handle.execute("DELETE FROM managed_connection WHERE name = ?", name);
          return ledger.append(
              transaction,
              AdminEvents.of(
                  "connection.removed",
                  by,
                  now,
                  "connection/" + name,
                  Map.of("connection", name, "engine", row.spec().engine())));
        });
    refresh();
  }

  private Object record(Transaction transaction, String kind, Actor by, Instant at, Target target) {
    return ledger.append(
        transaction,
        AdminEvents.of(
            kind,
            by,
            at,
            "connection/" + target.name(),
            Map.of(
                "connection", target.name(),
                "engine", target.definition().engine().id(),
                "host", target.definition().host(),
                "database", target.definition().database(),
                "environment", target.environment(),
                "ring", target.ring(),
                "user", target.writer().user())));
  }

  private boolean isConfigured(String name) {
    return configured.stream().anyMatch(target -> target.name().equals(name));
  }

  private String seal(String name, String seal, ConnectionSecrets logins) {
    return sealer.seal(
        JsonCodec.write(logins).getBytes(StandardCharsets.UTF_8), context(name, seal));
  }

  private ConnectionSecrets open(Row row) {
    try {
      return JsonCodec.read(
          new String(
              sealer.open(row.sealed(), context(row.spec().name(), row.seal())),
              StandardCharsets.UTF_8),
          ConnectionSecrets.class);
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("What was sealed is not readable.", e);
    }
  }

  private static String context(String name, String seal) {
    return "connection/" + name + "/" + seal;
  }

  private static Optional<Row> find(Handle handle, String name) {
    return rows(handle).stream().filter(row -> row.spec().name().equals(name)).findFirst();
  }

  private static List<Row> rows(Handle handle) {
    return handle
        .createQuery("SELECT * FROM managed_connection ORDER BY name")
        .map(
            (row, context) ->
                new Row(
                    spec(row.getString("spec")),
                    row.getString("sealed"),
                    row.getString("seal"),
                    Instant.ofEpochMilli(row.getLong("changed_at")),
                    row.getString("changed_by")))
        .list();
  }

  private static ConnectionSpec spec(String json) {
    try {
      return JsonCodec.read(json, ConnectionSpec.class);
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A connection in the store is not readable.", e);
    }
  }
}
