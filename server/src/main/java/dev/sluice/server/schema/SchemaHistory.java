package dev.sluice.server.schema;

import dev.sluice.gateway.schema.SchemaDiff;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.SchemaChange;
import dev.sluice.governance.codec.wire.SchemaComparison;
import dev.sluice.governance.codec.wire.SchemaLog;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the schemas of connections: right before and after an approved statement that may
/// change one, now and then, and whenever somebody asks. What differs from the step before is a new
/// step, written down in the log too. A step is attributed to the approved statement between whose
/// two looks it was made; any other is nobody's at Sluice, and says so.
public final class SchemaHistory {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaHistory.class);
  private static final Duration NOW_AND_THEN = Duration.ofMinutes(5);
  private static final int MOST_STEPS = 500;

  private final Store store;
  private final Ledger ledger;
  private final Catalogs catalogs;
  private final Supplier<List<String>> connections;
  private final InstantSource clock;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private final Map<String, Instant> looked = new ConcurrentHashMap<>();

  /// Reads the schema of a connection.
  @FunctionalInterface
  public interface Catalogs {
    /// @param fresh from the database itself
    /// @throws ServerProblem when it is not there
    CatalogSnapshot read(String connection, boolean fresh);
  }

  /// @param connections their names
  public SchemaHistory(
      Store store,
      Ledger ledger,
      Catalogs catalogs,
      Supplier<List<String>> connections,
      InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.catalogs = catalogs;
    this.connections = connections;
    this.clock = clock;
  }

  private record Step(SchemaChange change, StoredSchema schema) {}

  /// Before an approved statement runs: what differs now was not made by it.
  public void before(String connection) {
    look(connection, false, Optional.empty());
  }

  /// After it ran.
  public void after(ApprovalRequest request) {
    look(request.capsule().connection(), true, Optional.of(cause(request)));
  }

  /// After a change ran that the policy allows.
  public void after(String connection, Actor by) {
    look(
        connection,
        true,
        Optional.of(
            new SchemaChange.Cause(
                by.principal().displayName(),
                by.kind(),
                by.onBehalfOf().map(Principal::displayName).orElse(""),
                by.labels(),
                "",
                List.of())));
  }

  /// Looks at every connection that nobody has looked at for a while. One that is not there is
  /// looked at the next time.
  public void now() {
    Instant old = clock.instant().minus(NOW_AND_THEN);
    for (String connection : connections.get()) {
      if (looked.getOrDefault(connection, Instant.EPOCH).isBefore(old)) {
        look(connection, true, Optional.empty());
      }
    }
  }

  private void look(String connection, boolean fresh, Optional<SchemaChange.Cause> cause) {
    try {
      synchronized (locks.computeIfAbsent(connection, name -> new Object())) {
        compare(connection, catalogs.read(connection, fresh), cause);
        looked.put(connection, clock.instant());
      }
    } catch (ServerProblem e) {
      LOG.info("The schema of {} was not looked at: {}", connection, e.code());
    } catch (RuntimeException e) {
      // What was approved has run, or will run: it does not fail because of this.
      LOG.error("The schema of {} could not be kept.", connection, e);
    }
  }

  private void compare(
      String connection, CatalogSnapshot found, Optional<SchemaChange.Cause> cause) {
    Optional<Step> last = last(connection);
    List<String> lines =
        last.map(step -> SchemaDiff.between(step.schema().catalog(), found)).orElse(List.of());
    if (last.isPresent() && lines.isEmpty()) {
      return;
    }
    SchemaChange change =
        new SchemaChange(
            last.map(step -> step.change().number()).orElse(0L) + 1,
            clock.instant(),
            found.fingerprint(),
            lines,
            last.isEmpty() ? Optional.empty() : cause);
    store.write(
        transaction -> {
          keep(transaction, connection, change, StoredSchema.of(found));
          return change;
        });
  }

  private void keep(
      Transaction transaction, String connection, SchemaChange change, StoredSchema schema) {
    int kept =
        transaction
            .handle()
            .execute(
                "INSERT INTO schema_step (connection, number, at, fingerprint, step, snapshot)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                connection,
                change.number(),
                change.at().toEpochMilli(),
                change.fingerprint(),
                JsonCodec.write(change),
                JsonCodec.write(schema));
    // Another server process was first: it has written the same step.
    if (kept == 1 && change.number() > 1) {
      ledger.append(transaction, event(connection, change));
    }
  }

  private static AuditEvent event(String connection, SchemaChange change) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("connection", connection);
    fields.put("number", change.number());
    fields.put("fingerprint", change.fingerprint());
    fields.put("changes", change.changes());
    fields.put("attributed", change.cause().isPresent());
    fields.put("reason", String.join("; ", change.changes()));
    change
        .cause()
        .ifPresent(
            cause -> {
              fields.put("actorName", cause.actor());
              fields.put("madeBy", cause.actorKind());
              fields.put("labels", cause.labels());
              fields.put("request", cause.requestId());
            });
    return new AuditEvent(
        Ids.next(),
        "schema.changed",
        1,
        change.at(),
        "local|server",
        "server",
        change
            .cause()
            .map(SchemaChange.Cause::requestId)
            .filter(request -> !request.isEmpty())
            .orElse("schema/" + connection),
        fields);
  }

  private static SchemaChange.Cause cause(ApprovalRequest request) {
    return new SchemaChange.Cause(
        request.requester().principal().displayName(),
        request.requester().kind(),
        request.requester().onBehalfOf().map(Principal::displayName).orElse(""),
        request.requester().labels(),
        request.id(),
        request.reviews().stream()
            .filter(review -> review.verdict() == Review.Verdict.APPROVE)
            .map(review -> review.reviewer().displayName())
            .toList());
  }

  /// The steps of a connection, newest first, after a look at it.
  ///
  /// @throws ServerProblem when there is no such connection
  public SchemaLog log(String connection) {
    lookNow(connection);
    return new SchemaLog(connection, steps(connection));
  }

  private void lookNow(String connection) {
    if (!connections.get().contains(connection)) {
      throw Problems.notFound("connection");
    }
    look(connection, true, Optional.empty());
  }

  /// What differs between two steps.
  ///
  /// @param from a step's number, the beginning of a fingerprint, or an instant: the step in force
  ///     then; empty for the first
  /// @param to likewise; empty for the newest
  /// @throws ServerProblem when there is no such connection or step
  public SchemaComparison diff(String connection, String from, String to) {
    lookNow(connection);
    List<SchemaChange> all = steps(connection).reversed();
    if (all.isEmpty()) {
      throw Problems.notFound("step");
    }
    SchemaChange first = from.isEmpty() ? all.getFirst() : named(all, from);
    SchemaChange second = to.isEmpty() ? all.getLast() : named(all, to);
    long low = Math.min(first.number(), second.number());
    long high = Math.max(first.number(), second.number());
    return new SchemaComparison(
        first,
        second,
        SchemaDiff.between(
            schema(connection, first.number()).catalog(),
            schema(connection, second.number()).catalog()),
        all.stream().filter(step -> step.number() > low && step.number() <= high).toList());
  }

  private static SchemaChange named(List<SchemaChange> all, String name) {
    List<SchemaChange> found = new ArrayList<>();
    for (SchemaChange step : all) {
      boolean meant =
          name.matches("[0-9]{1,9}")
              ? step.number() == Long.parseLong(name)
              : name.length() >= 4 && step.fingerprint().startsWith(name);
      if (meant) {
        found.add(step);
      }
    }
    if (found.isEmpty()) {
      instant(name)
          .ifPresent(at -> all.stream().filter(step -> !step.at().isAfter(at)).forEach(found::add));
    }
    if (found.isEmpty()) {
      throw Problems.notFound("step");
    }
    return found.getLast();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text.length() == 10 ? text + "T00:00:00Z" : text));
    } catch (java.time.format.DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private List<SchemaChange> steps(String connection) {
    return newest(connection, MOST_STEPS);
  }

  private List<SchemaChange> newest(String connection, int most) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT step FROM schema_step WHERE connection = ? ORDER BY number DESC LIMIT"
                        + " ?")
                .bind(0, connection)
                .bind(1, most)
                .mapTo(String.class)
                .map(json -> read(json, SchemaChange.class))
                .list());
  }

  private Optional<Step> last(String connection) {
    return newest(connection, 1).stream()
        .findFirst()
        .map(change -> new Step(change, schema(connection, change.number())));
  }

  private StoredSchema schema(String connection, long number) {
    return store.read(
        handle ->
            read(
                handle
                    .createQuery(
                        "SELECT snapshot FROM schema_step WHERE connection = ? AND number = ?")
                    .bind(0, connection)
                    .bind(1, number)
                    .mapTo(String.class)
                    .one(),
                StoredSchema.class));
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return JsonCodec.read(json, type);
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A stored step cannot be read.", e);
    }
  }
}
