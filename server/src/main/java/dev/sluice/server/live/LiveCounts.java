package dev.sluice.server.live;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.LiveReport.Minute;
import dev.sluice.governance.codec.wire.LiveReport.Touched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// What the entries of the last hour come to. Used by one thread at a time.
final class LiveCounts {

  static final int MINUTES = 60;

  private static final long MINUTE = 60_000;
  private static final int MOST_TOUCHED = 50;
  private static final int MOST_PEOPLE = 8;
  private static final int MOST_RUNNING = 20_000;

  private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
  private final Map<String, Intent> running =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Intent> eldest) {
          return size() > MOST_RUNNING;
        }
      };

  /// An allowed statement whose end is not known yet.
  private record Intent(int maskedColumns) {}

  private static final class Bucket {
    long allowed;
    long masked;
    long asked;
    long blocked;
    long cells;
    final Map<String, Column> columns = new HashMap<>();
    final Map<String, Used> sessions = new HashMap<>();
  }

  private static final class Column {
    final String connection;
    final String name;
    long masked;
    long shown;
    final Map<String, Long> people = new HashMap<>();

    Column(String connection, String name) {
      this.connection = connection;
      this.name = name;
    }
  }

  /// How often a session ran something, and when last.
  record Used(long statements, long lastAt) {
    Used and(Used other) {
      return new Used(statements + other.statements, Math.max(lastAt, other.lastAt));
    }
  }

  /// Counts an entry.
  ///
  /// @param sensitive whether a column, by its dotted name, is classified on a connection
  void take(AuditEvent event, BiPredicate<String, String> sensitive) {
    switch (event.kind()) {
      case "statement.intent", "statement.refused", "call.refused" -> statement(event, sensitive);
      case "statement.outcome" -> ended(event);
      default -> {
        // Nothing that is counted.
      }
    }
  }

  private void statement(AuditEvent event, BiPredicate<String, String> sensitive) {
    Bucket bucket = bucket(event.at());
    List<String> masked = LiveFields.texts(event, "columnsMasked");
    switch (LiveFields.text(event, "verdict")) {
      case "allow" -> {
        if (masked.isEmpty()) {
          bucket.allowed++;
        } else {
          bucket.masked++;
        }
        running.put(event.id(), new Intent(masked.size()));
        touch(bucket, event, masked, sensitive);
      }
      case "needs-approval" -> bucket.asked++;
      default -> bucket.blocked++;
    }
    bucket.sessions.merge(
        LiveFields.text(event, "session"), new Used(1, event.at().toEpochMilli()), Used::and);
  }

  private static void touch(
      Bucket bucket,
      AuditEvent event,
      Collection<String> masked,
      BiPredicate<String, String> sensitive) {
    String connection = LiveFields.text(event, "connection");
    String who = LiveFields.text(event, "actorName");
    for (String column : LiveFields.texts(event, "columnsTouched")) {
      boolean hidden = masked.contains(column);
      if (!hidden && !sensitive.test(connection, column)) {
        continue;
      }
      Column known =
          bucket.columns.computeIfAbsent(
              connection + '\0' + column, key -> new Column(connection, column));
      known.masked += hidden ? 1 : 0;
      known.shown += hidden ? 0 : 1;
      known.people.merge(who, 1L, Long::sum);
    }
  }

  private void ended(AuditEvent event) {
    Intent intent = running.remove(LiveFields.text(event, "of"));
    long rows = LiveFields.number(event, "rows");
    if (intent != null && intent.maskedColumns() > 0 && rows > 0) {
      bucket(event.at()).cells += rows * intent.maskedColumns();
    }
  }

  private Bucket bucket(Instant at) {
    return buckets.computeIfAbsent(at.toEpochMilli() / MINUTE, minute -> new Bucket());
  }

  /// Forgets what is older than an hour.
  void forget(Instant now) {
    buckets.headMap(now.toEpochMilli() / MINUTE - MINUTES + 1, false).clear();
  }

  /// The last hour, minute by minute.
  List<Minute> minutes(Instant now) {
    long last = now.toEpochMilli() / MINUTE;
    Bucket none = new Bucket();
    List<Minute> minutes = new ArrayList<>();
    for (long minute = last - MINUTES + 1; minute <= last; minute++) {
      Bucket bucket = buckets.getOrDefault(minute, none);
      minutes.add(
          new Minute(
              Instant.ofEpochMilli(minute * MINUTE),
              bucket.allowed,
              bucket.masked,
              bucket.asked,
              bucket.blocked,
              bucket.cells));
    }
    return minutes;
  }

  /// Sensitive columns that were read, most often first.
  List<Touched> touched() {
    Map<String, Column> all = new HashMap<>();
    for (Bucket bucket : buckets.values()) {
      bucket.columns.forEach(
          (key, column) -> {
            Column sum =
                all.computeIfAbsent(key, none -> new Column(column.connection, column.name));
            sum.masked += column.masked;
            sum.shown += column.shown;
            column.people.forEach((who, times) -> sum.people.merge(who, times, Long::sum));
          });
    }
    return all.values().stream()
        .sorted(
            Comparator.comparingLong((Column column) -> -column.masked - column.shown)
                .thenComparing(column -> column.name))
        .limit(MOST_TOUCHED)
        .map(
            column ->
                new LiveReport.Touched(
                    column.connection, column.name, column.masked, column.shown, people(column)))
        .toList();
  }

  private static List<String> people(Column column) {
    return column.people.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_PEOPLE)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// What each session ran in the last hour.
  Map<String, Used> bySession() {
    Map<String, Used> all = new HashMap<>();
    buckets
        .values()
        .forEach(bucket -> bucket.sessions.forEach((id, used) -> all.merge(id, used, Used::and)));
    return all;
  }
}
