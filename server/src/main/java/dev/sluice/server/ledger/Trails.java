package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Disowned;
import dev.sluice.governance.codec.wire.NewDisowning;
import dev.sluice.governance.codec.wire.Replay;
import dev.sluice.governance.codec.wire.Timeline;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One entry of a person's own trail with everything around it, and the word of the person that it
/// was not theirs. Nobody reads another's entry here.
public final class Trails {

  private static final int NEAR = 400;
  private static final int MOST_STEPS = 200;
  private static final int LONGEST_COMMENT = 500;

  private final Store store;
  private final Ledger ledger;
  private final Function<String, Map<String, String>> holders;
  private final BiConsumer<String, String> endSessions;
  private final InstantSource clock;

  /// @param holders names of who has a role, by principal key
  /// @param endSessions ends all sessions of a principal key, with a reason
  public Trails(
      Store store,
      Ledger ledger,
      Function<String, Map<String, String>> holders,
      BiConsumer<String, String> endSessions,
      InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.holders = holders;
    this.endSessions = endSessions;
    this.clock = clock;
  }

  private record Near(List<TimelineIndex.Row> rows, Map<Long, AuditEvent> events) {
    Optional<TimelineIndex.Row> row(long sequence) {
      return rows.stream().filter(row -> row.sequence() == sequence).findFirst();
    }
  }

  /// An entry of the caller's as it was then.
  public Replay replay(Session caller, long sequence) {
    String me = caller.principalKey();
    Near near = near(me, sequence);
    TimelineIndex.Row row =
        near.row(sequence).orElseThrow(() -> Problems.notFound("entry of yours"));
    AuditEvent event = near.events().get(sequence);
    if (event == null) {
      return new Replay(
          EntryWords.erased(sequence),
          -1,
          "",
          "",
          List.of(),
          List.of(),
          Optional.empty(),
          List.of());
    }
    Optional<AuditEvent> outcome = Optional.ofNullable(near.events().get(row.outcome()));
    String request = EventFields.orEmpty(event, "request");
    String session = EventFields.orEmpty(event, "session");
    return new Replay(
        EntryWords.describe(sequence, event, outcome, me),
        EventFields.number(event, "policyVersion"),
        EventFields.orEmpty(event, "reason"),
        EventFields.orEmpty(event, "schemaFingerprint"),
        entries(
            near,
            me,
            other ->
                other.id().equals(event.id())
                    || (!event.correlation().isEmpty()
                        && other.correlation().equals(event.correlation()))
                    || (!request.isEmpty()
                        && EventFields.orEmpty(other, "request").equals(request))),
        session.isEmpty()
            ? List.of()
            : entries(near, me, other -> EventFields.orEmpty(other, "session").equals(session)),
        outcome.flatMap(ShownRows::of),
        readers(event, me, near));
  }

  /// Takes the word of the caller that an entry of theirs is somebody else's doing, and tells
  /// whoever can look into it.
  public Disowned disown(Session caller, long sequence, NewDisowning word) {
    if (word.comment().length() > LONGEST_COMMENT) {
      throw Problems.malformed("Say it in at most " + LONGEST_COMMENT + " characters.");
    }
    String me = caller.principalKey();
    Near near = near(me, sequence);
    AuditEvent event =
        near.row(sequence)
            .map(row -> near.events().get(sequence))
            .filter(found -> found.subject().equals(me) || isOwner(found, me))
            .orElseThrow(() -> Problems.notFound("entry of yours"));
    Map<String, String> told = new TreeMap<>(holders.apply("server-admin"));
    told.putAll(holders.apply("auditor"));
    told.remove(me);
    Map<String, Object> fields = new TreeMap<>();
    fields.put("actorName", caller.actor().principal().displayName());
    fields.put("connection", EventFields.orEmpty(event, "connection"));
    fields.put("entry", sequence);
    fields.put("entryKind", event.kind());
    fields.put("entrySession", EventFields.orEmpty(event, "session"));
    fields.put(
        "comment",
        "About entry #"
            + sequence
            + (word.comment().isBlank() ? "." : ": " + word.comment().strip())
            + (word.endSessions() ? " All their sessions were ended." : ""));
    fields.put("told", List.copyOf(told.keySet()));
    AuditEvent report =
        new AuditEvent(
            Ids.next(),
            "statement.disowned",
            1,
            clock.instant(),
            me,
            caller.actor().kind(),
            event.correlation(),
            fields);
    ledger.sign(store.write(transaction -> ledger.append(transaction, report)));
    if (word.endSessions()) {
      endSessions.accept(
          me, "You reported that something done under your name was not you. Sign in again.");
    }
    return new Disowned(sequence, List.copyOf(told.values()), word.endSessions());
  }

  private static boolean isOwner(AuditEvent event, String me) {
    return EventFields.orEmpty(event, "owner").equals(me);
  }

  private Near near(String owner, long sequence) {
    return store.read(
        handle -> {
          List<TimelineIndex.Row> rows = TimelineIndex.around(handle, owner, sequence, NEAR);
          return new Near(
              rows,
              ledger.events(
                  handle,
                  rows.stream()
                      .flatMap(row -> Stream.of(row.sequence(), row.outcome()))
                      .filter(place -> place > 0)
                      .toList()));
        });
  }

  private static List<Timeline.Entry> entries(Near near, String me, Predicate<AuditEvent> which) {
    List<Timeline.Entry> entries = new ArrayList<>();
    for (TimelineIndex.Row row : near.rows()) {
      AuditEvent event = near.events().get(row.sequence());
      if (event != null && which.test(event) && entries.size() < MOST_STEPS) {
        entries.add(
            EntryWords.describe(
                row.sequence(), event, Optional.ofNullable(near.events().get(row.outcome())), me));
      }
    }
    return entries;
  }

  private List<Replay.Reader> readers(AuditEvent event, String me, Near near) {
    Map<String, String> readers = new TreeMap<>();
    holders
        .apply("server-admin")
        .forEach(
            (key, name) -> {
              if (!key.equals(me)) {
                readers.put(
                    name,
                    "Server administrator: sees on the dashboard that it happened, not its text.");
              }
            });
    holders
        .apply("auditor")
        .forEach(
            (key, name) -> {
              if (!key.equals(me)) {
                readers.put(
                    name, "Auditor: may export the whole log and read texts on the dashboard.");
              }
            });
    String request = EventFields.orEmpty(event, "request");
    near.events().values().stream()
        .filter(other -> other.kind().equals("approval.reviewed"))
        .filter(
            other -> !request.isEmpty() && EventFields.orEmpty(other, "request").equals(request))
        .filter(other -> !other.subject().equals(me))
        .forEach(
            other ->
                readers.putIfAbsent(
                    EventFields.text(other, "actorName").orElse(other.subject()),
                    "Decided on the request: read its text, reason and impact."));
    if (!event.subject().equals(me)) {
      readers.put(
          EventFields.text(event, "actorName").orElse(event.subject()),
          "Did it: it stands in their own timeline.");
    } else if (!EventFields.orEmpty(event, "owner").isEmpty() && !isOwner(event, me)) {
      readers.put(EventFields.orEmpty(event, "owner"), "Owner of the agent that did it.");
    }
    return readers.entrySet().stream()
        .map(reader -> new Replay.Reader(reader.getKey(), reader.getValue()))
        .toList();
  }
}
