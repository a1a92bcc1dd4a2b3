package dev.sluice.server.live;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.codec.wire.LabelReport;
import dev.sluice.governance.codec.wire.LabelReport.Changed;
import dev.sluice.governance.codec.wire.LabelReport.Touched;
import dev.sluice.governance.policy.ColumnSights;
import dev.sluice.server.OversightProblems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which workflow, purpose or model touched what. Read from the log itself when somebody asks.
public final class LabelReports {

  private static final int MOST_ENTRIES = 100_000;
  private static final int PAGE = 1000;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,62}");

  private final Store store;
  private final Ledger ledger;
  private final Policies policies;
  private final InstantSource clock;

  public LabelReports(Store store, Ledger ledger, Policies policies, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.policies = policies;
    this.clock = clock;
  }

  /// @param label its name, such as `workflow`
  /// @param hours how far back, at least one
  public LabelReport of(String label, long hours) {
    if (!NAME.matcher(label).matches() || hours < 1 || hours > 24 * 366) {
      throw OversightProblems.labelTerms();
    }
    Instant from = clock.instant().minusSeconds(hours * 3600);
    Optional<ColumnSights> sights =
        policies.find().map(inForce -> ColumnSights.of(inForce.loaded().bundle()));
    Reading reading = new Reading(label, from, sights);
    long first = Math.max(0, ledger.size() - MOST_ENTRIES);
    long place = first;
    int read;
    do {
      long after = place;
      Map<Long, Optional<AuditEvent>> page =
          store.read(handle -> ledger.after(handle, after, PAGE));
      read = page.size();
      for (Map.Entry<Long, Optional<AuditEvent>> entry : page.entrySet()) {
        place = Math.max(place, entry.getKey());
        entry.getValue().ifPresent(reading::take);
      }
    } while (read == PAGE);
    return reading.report(first == 0);
  }

  /// What one value has come to.
  private static final class Tally {
    private final TreeSet<String> actors = new TreeSet<>();
    private final Map<String, long[]> tables = new TreeMap<>();
    private final Map<String, long[]> columns = new TreeMap<>();
    private final List<Changed> schemas = new ArrayList<>();
    private long statements;
    private long refused;
  }

  private static final class Reading {
    private static final String APART = "\u0000";

    private final String label;
    private final Instant from;
    private final Optional<ColumnSights> sights;
    private final Map<String, Tally> tallies = new HashMap<>();
    private Instant oldest = Instant.MAX;

    Reading(String label, Instant from, Optional<ColumnSights> sights) {
      this.label = label;
      this.from = from;
      this.sights = sights;
    }

    void take(AuditEvent event) {
      oldest = event.at().isBefore(oldest) ? event.at() : oldest;
      if (event.at().isBefore(from)) {
        return;
      }
      switch (event.kind()) {
        case "statement.intent" -> statement(event);
        case "statement.refused" -> {
          Tally tally = tally(event);
          tally.refused++;
          tally.actors.add(LiveFields.text(event, "actorName"));
        }
        case "schema.changed" -> schema(event);
        default -> {
          // Touches nothing, or is told by one of the above.
        }
      }
    }

    private Tally tally(AuditEvent event) {
      Object value =
          event.fields().get("labels") instanceof Map<?, ?> labels ? labels.get(label) : null;
      return tallies.computeIfAbsent(
          value == null ? "" : String.valueOf(value), key -> new Tally());
    }

    private void statement(AuditEvent event) {
      Tally tally = tally(event);
      tally.statements++;
      tally.actors.add(LiveFields.text(event, "actorName"));
      String connection = LiveFields.text(event, "connection");
      List<String> masked = LiveFields.texts(event, "columnsMasked");
      TreeSet<String> tables = new TreeSet<>();
      for (String column : LiveFields.texts(event, "columnsTouched")) {
        int dot = column.lastIndexOf('.');
        if (dot > 0) {
          tables.add(column.substring(0, dot));
          if (sensitive(connection, column)) {
            long[] counts =
                tally.columns.computeIfAbsent(connection + APART + column, key -> new long[2]);
            counts[0]++;
            counts[1] += masked.contains(column) ? 1 : 0;
          }
        }
      }
      tables.forEach(
          table ->
              tally.tables.computeIfAbsent(connection + APART + table, key -> new long[2])[0]++);
    }

    private void schema(AuditEvent event) {
      if (LiveFields.text(event, "request").isEmpty()) {
        return;
      }
      Tally tally = tally(event);
      tally.actors.add(LiveFields.text(event, "actorName"));
      tally.schemas.add(
          new Changed(
              LiveFields.text(event, "connection"),
              event.at(),
              LiveFields.texts(event, "changes"),
              LiveFields.text(event, "request")));
    }

    private boolean sensitive(String connection, String dotted) {
      int column = dotted.lastIndexOf('.');
      String table = dotted.substring(0, column);
      int schema = table.lastIndexOf('.');
      TableRef ref =
          schema < 0
              ? new TableRef("", table)
              : new TableRef(table.substring(0, schema), table.substring(schema + 1));
      return sights
          .filter(
              known ->
                  known.classified(connection, new ColumnRef(ref, dotted.substring(column + 1))))
          .isPresent();
    }

    LabelReport report(boolean fromTheBeginning) {
      List<LabelReport.Value> values = new ArrayList<>();
      tallies.forEach(
          (value, tally) ->
              values.add(
                  new LabelReport.Value(
                      value,
                      tally.actors.stream().filter(name -> !name.isEmpty()).toList(),
                      tally.statements,
                      tally.refused,
                      touched(tally.tables),
                      touched(tally.columns),
                      tally.schemas)));
      values.sort(
          Comparator.comparingLong(LabelReport.Value::statements)
              .reversed()
              .thenComparing(LabelReport.Value::value));
      boolean complete = fromTheBeginning || oldest.isBefore(from);
      return new LabelReport(label, complete ? from : oldest, complete, values);
    }

    private static List<Touched> touched(Map<String, long[]> counted) {
      List<Touched> all = new ArrayList<>();
      counted.forEach(
          (key, counts) -> {
            int apart = key.indexOf(APART);
            all.add(
                new Touched(
                    key.substring(0, apart), key.substring(apart + 1), counts[0], counts[1]));
          });
      return all;
    }
  }
}
