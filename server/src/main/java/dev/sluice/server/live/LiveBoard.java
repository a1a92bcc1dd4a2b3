package dev.sluice.server.live;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.LiveReport.FeedEntry;
import dev.sluice.governance.policy.ColumnSights;
import dev.sluice.server.approvals.WaitingRequests;
import dev.sluice.server.directory.OpenSessions;
import dev.sluice.server.export.Deliveries;
import dev.sluice.server.ledger.EntryWords;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Says what happens on this server now. It reads the log itself, also what other servers of the
/// same store write, and only while somebody watches; what it says is therefore what is hashed.
/// Safe for use by many threads.
public final class LiveBoard {

  private static final int SEED = 20_000;
  private static final int PAGE = 1000;
  private static final int FEED = 500;
  private static final int LONGEST_STATEMENT = 400;
  private static final long LOOK = 60;
  private static final long GATHER = 120;
  private static final Duration HOUR = Duration.ofMinutes(LiveCounts.MINUTES);

  /// Kinds that tell how something ended or are about the machinery: counted, not shown.
  private static final Set<String> QUIET = Set.of("statement.outcome", "execution.ended");

  private final Store store;
  private final Ledger ledger;
  private final Policies policies;
  private final Freezes freezes;
  private final Deliveries deliveries;
  private final InstantSource clock;
  private final LiveCounts counts = new LiveCounts();
  private final SchemaWatch schemas = new SchemaWatch();
  private final Deque<FeedEntry> feed = new ArrayDeque<>();
  private long place = -1;
  private Instant since = Instant.EPOCH;
  private long sightsVersion = -1;
  private Optional<ColumnSights> sights = Optional.empty();

  public LiveBoard(
      Store store,
      Ledger ledger,
      Policies policies,
      Freezes freezes,
      Deliveries deliveries,
      InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.policies = policies;
    this.freezes = freezes;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /// What happens now, as soon as something has happened after a place, or after some patience.
  /// What comes within a moment comes together.
  ///
  /// @param after place of the report before, negative for the first
  /// @param reads whether the reader may read statements
  /// @param patience how long it may wait when nothing happens
  public LiveReport report(long after, boolean reads, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    long seen = advance();
    try {
      if (after >= 0) {
        while (seen <= after && System.nanoTime() < until) {
          Thread.sleep(LOOK);
          seen = advance();
        }
        if (seen > after) {
          Thread.sleep(GATHER);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return report(after, reads);
  }

  private synchronized long advance() {
    store.read(
        handle -> {
          if (place < 0) {
            place = Math.max(0, ledger.size() - SEED);
            since = clock.instant();
          }
          Map<Long, Optional<AuditEvent>> page;
          do {
            page = ledger.after(handle, place, PAGE);
            page.forEach(this::take);
          } while (page.size() == PAGE);
          return 0;
        });
    return place;
  }

  private void take(long sequence, Optional<AuditEvent> found) {
    place = sequence;
    if (found.isEmpty()) {
      return;
    }
    AuditEvent event = found.get();
    schemas.take(sequence, event);
    since = event.at().isBefore(since) ? event.at() : since;
    if (event.at().isAfter(clock.instant().minus(HOUR))) {
      counts.take(event, this::sensitive);
    }
    if (!QUIET.contains(event.kind()) && !event.kind().startsWith("lease.")) {
      feed.addLast(entry(sequence, event));
      if (feed.size() > FEED) {
        feed.removeFirst();
      }
    }
  }

  private boolean sensitive(String connection, String dotted) {
    Optional<Policies.InForce> policy = policies.find();
    long version = policy.map(inForce -> inForce.loaded().version()).orElse(0L);
    if (version != sightsVersion) {
      sightsVersion = version;
      sights = policy.map(inForce -> ColumnSights.of(inForce.loaded().bundle()));
    }
    int column = dotted.lastIndexOf('.');
    if (column < 0 || sights.isEmpty()) {
      return false;
    }
    String table = dotted.substring(0, column);
    int schema = table.lastIndexOf('.');
    TableRef ref =
        schema < 0
            ? new TableRef("", table)
            : new TableRef(table.substring(0, schema), table.substring(schema + 1));
    return sights.get().classified(connection, new ColumnRef(ref, dotted.substring(column + 1)));
  }

  private static FeedEntry entry(long sequence, AuditEvent event) {
    String statement = LiveFields.text(event, "statement");
    return new FeedEntry(
        sequence,
        event.at(),
        event.kind(),
        event.actorKind(),
        LiveFields.text(event, "actorName"),
        LiveFields.text(event, "connection"),
        LiveFields.text(event, "verdict"),
        EntryWords.title(event),
        statement.length() > LONGEST_STATEMENT
            ? statement.substring(0, LONGEST_STATEMENT) + "…"
            : statement,
        LiveFields.text(event, "rule"),
        LiveFields.text(event, "reason"),
        LiveFields.texts(event, "columnsMasked").size(),
        LiveFields.labels(event));
  }

  private synchronized LiveReport report(long after, boolean reads) {
    Instant now = clock.instant();
    counts.forget(now);
    List<FeedEntry> newer = feed.stream().filter(entry -> entry.sequence() > after).toList();
    boolean first = after < 0;
    long oldest = feed.isEmpty() ? place : feed.getFirst().sequence();
    return store.read(
        handle ->
            new LiveReport(
                place,
                now,
                since.isBefore(now.minus(HOUR)) ? now.minus(HOUR) : since,
                connected(handle, now),
                counts.minutes(now),
                counts.touched(),
                waiting(handle),
                journal(handle),
                schemas.newest().stream().map(change -> readable(change, reads)).toList(),
                newer.stream().map(entry -> readable(entry, reads)).toList(),
                first || oldest <= after + 1 || feed.size() < FEED ? 0 : oldest - after - 1,
                freezes.holding()));
  }

  private List<LiveReport.Connected> connected(Handle handle, Instant now) {
    Map<String, LiveCounts.Used> used = new HashMap<>(counts.bySession());
    List<LiveReport.Connected> connected = new ArrayList<>();
    for (OpenSessions.Open open : OpenSessions.of(handle, now)) {
      LiveCounts.Used ran = used.getOrDefault(open.id(), new LiveCounts.Used(0, 0));
      connected.add(
          new LiveReport.Connected(
              open.id(),
              open.kind(),
              open.name(),
              open.owner(),
              open.signedInAt(),
              ran.statements(),
              Instant.ofEpochMilli(ran.lastAt())));
    }
    return connected;
  }

  private static List<LiveReport.Waiting> waiting(Handle handle) {
    return WaitingRequests.of(handle).stream().map(LiveBoard::waiting).toList();
  }

  private static LiveReport.Waiting waiting(ApprovalRequest request) {
    return new LiveReport.Waiting(
        request.id(),
        request.requester().kind(),
        request.requester().principal().displayName(),
        request.capsule().connection(),
        request.right().word(),
        List.copyOf(request.approvers().anyOf()),
        request.createdAt(),
        request.decideBy());
  }

  private LiveReport.Journal journal(Handle handle) {
    return handle
        .createQuery("SELECT size, signed_at FROM checkpoint ORDER BY size DESC LIMIT 1")
        .map(
            (row, context) ->
                journal(row.getLong("size"), Instant.ofEpochMilli(row.getLong("signed_at"))))
        .findOne()
        .orElseGet(() -> journal(0, Instant.EPOCH));
  }

  private LiveReport.Journal journal(long signed, Instant signedAt) {
    return new LiveReport.Journal(
        Math.max(place, signed),
        signed,
        signedAt,
        store.waiting(),
        deliveries.deadLetters().letters().size());
  }

  private static LiveReport.SchemaStatement readable(
      LiveReport.SchemaStatement change, boolean reads) {
    return reads
        ? change
        : new LiveReport.SchemaStatement(
            change.sequence(),
            change.at(),
            change.kind(),
            change.name(),
            change.connection(),
            SchemaWatch.firstWord(change.statement()) + " …",
            change.state(),
            change.request(),
            change.labels());
  }

  /// A statement may carry values: whoever is no auditor reads its first word.
  private static FeedEntry readable(FeedEntry entry, boolean reads) {
    return reads || entry.statement().isEmpty()
        ? entry
        : new FeedEntry(
            entry.sequence(),
            entry.at(),
            entry.kind(),
            entry.actor(),
            entry.name(),
            entry.connection(),
            entry.verdict(),
            entry.title(),
            SchemaWatch.firstWord(entry.statement()) + " …",
            entry.rule(),
            entry.detail(),
            entry.maskedColumns(),
            entry.labels());
  }
}
