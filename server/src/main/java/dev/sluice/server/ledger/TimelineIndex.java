package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.DeviceProof;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Which entries belong to whose timeline, and the words they are found by.
final class TimelineIndex {

  private static final int MOST_WORDS = 20_000;
  private static final int WALKED = 2000;
  private static final Pattern WORD_ENDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final String INSERT_WORDS =
      "INSERT INTO timeline_search (rowid, owner, words) VALUES (?, ?, ?)";

  private TimelineIndex() {}

  /// What the entries of one commit mean for timelines.
  static Lines lines(List<LedgerBatch.Entry> entries) {
    Map<Long, Long> ends = new TreeMap<>();
    List<Line> lines = new ArrayList<>();
    for (LedgerBatch.Entry entry : entries) {
      if (EventFields.text(entry.event(), "of").isPresent()) {
        ends.put(entry.begun(), entry.link().sequence());
      } else if (EventFields.shown(entry.event())) {
        lines.add(
            new Line(
                entry.link().sequence(), List.copyOf(owners(entry.event())), words(entry.event())));
      }
    }
    ends.remove(0L);
    List<Owned> owned = new ArrayList<>();
    for (Line line : lines) {
      Long end = ends.remove(line.sequence());
      line.owners()
          .forEach(owner -> owned.add(new Owned(owner, line, end == null ? 0 : end.longValue())));
    }
    return new Lines(lines, owned, ends);
  }

  /// Writes them to SQLite.
  static void insert(Handle handle, Lines lines) {
    Rows.write(
        handle,
        "INSERT INTO timeline (owner, sequence, outcome) VALUES (?, ?, ?)",
        lines.owned(),
        (statement, row) -> {
          statement.setString(1, row.owner());
          statement.setLong(2, row.line().sequence());
          statement.setLong(3, row.outcome());
        });
    Rows.write(handle, INSERT_WORDS, lines.lines(), TimelineIndex::bindWords);
    Rows.write(
        handle,
        "UPDATE timeline SET outcome = ? WHERE sequence = ?",
        lines.ends().entrySet(),
        (statement, end) -> {
          statement.setLong(1, end.getValue());
          statement.setLong(2, end.getKey());
        });
  }

  /// Takes the words of entries out of SQLite's index, which needs to be told them: never change
  /// [#words] without filling the index again.
  static void deleteWords(Handle handle, Map<Long, AuditEvent> events) {
    List<Line> lines = new ArrayList<>();
    events.forEach(
        (sequence, event) -> {
          if (EventFields.shown(event) && EventFields.text(event, "of").isEmpty()) {
            lines.add(new Line(sequence, List.copyOf(owners(event)), words(event)));
          }
        });
    Rows.write(
        handle,
        "INSERT INTO timeline_search (timeline_search, rowid, owner, words)"
            + " VALUES ('delete', ?, ?, ?)",
        lines,
        TimelineIndex::bindWords);
  }

  /// Fills SQLite's index with entries that it does not know yet.
  static void addWords(Handle handle, Map<Long, AuditEvent> events) {
    List<Line> lines = new ArrayList<>();
    events.forEach(
        (sequence, event) ->
            lines.add(new Line(sequence, List.copyOf(owners(event)), words(event))));
    Rows.write(handle, INSERT_WORDS, lines, TimelineIndex::bindWords);
  }

  private static void bindWords(java.sql.PreparedStatement statement, Line line)
      throws java.sql.SQLException {
    statement.setLong(1, line.sequence());
    statement.setString(2, "");
    // Every word is led by whose it is: a search then costs what that person has written, not what
    // everybody has.
    Set<String> words = new LinkedHashSet<>(split(line.words(), MOST_WORDS));
    statement.setString(
        3,
        line.owners().stream()
            .map(TimelineIndex::ownerToken)
            .flatMap(owner -> words.stream().map(word -> owner + word))
            .collect(Collectors.joining(" ")));
  }

  /// Every place in somebody's timeline, oldest first.
  static List<Long> all(Handle handle, String owner, int limit) {
    return handle
        .createQuery("SELECT sequence FROM timeline WHERE owner = ? ORDER BY sequence LIMIT ?")
        .bind(0, owner)
        .bind(1, limit)
        .mapTo(Long.class)
        .list();
  }

  /// @param lines new entries that people see
  /// @param owned the same, once for each owner
  /// @param ends the place of an entry of an earlier commit, and of the one that tells its end
  record Lines(List<Line> lines, List<Owned> owned, Map<Long, Long> ends) {}

  record Line(long sequence, List<String> owners, String words) {}

  record Owned(String owner, Line line, long outcome) {}

  /// The newest entries of a person before a place.
  static List<Row> rows(
      Handle handle, boolean sqlite, String owner, String text, long before, int limit) {
    List<String> tokens = tokens(text);
    if (!text.isBlank() && tokens.isEmpty()) {
      return List.of();
    }
    String head = "SELECT t.sequence, t.outcome FROM timeline t ";
    String tail = "t.owner = :owner AND t.sequence < :before ORDER BY t.sequence DESC LIMIT :limit";
    if (tokens.isEmpty()) {
      return list(handle.createQuery(head + "WHERE " + tail), owner, before, limit);
    }
    if (sqlite) {
      String match =
          String.join(
              " AND ",
              tokens.stream().map(token -> "\"" + ownerToken(owner) + token + "\"*").toList());
      return list(
          handle
              .createQuery(
                  "SELECT t.sequence, t.outcome FROM (SELECT rowid AS place FROM timeline_search"
                      + " WHERE timeline_search MATCH :match AND rowid < :before"
                      + " ORDER BY rowid DESC LIMIT :limit) f"
                      + " JOIN timeline t ON t.sequence = f.place WHERE "
                      + tail)
              .bind("match", match),
          owner,
          before,
          limit);
    }
    String query = String.join(" & ", tokens.stream().map(token -> token + ":*").toList());
    return walkThenSearch(handle, owner, query, before, limit);
  }

  /// The newest entries that are in two people's timelines.
  static List<Row> shared(Handle handle, String one, String other, int limit) {
    return handle
        .createQuery(
            "SELECT t.sequence, t.outcome FROM timeline t"
                + " JOIN timeline o ON o.sequence = t.sequence AND o.owner = ?"
                + " WHERE t.owner = ? ORDER BY t.sequence DESC LIMIT ?")
        .bind(0, other)
        .bind(1, one)
        .bind(2, limit)
        .map((row, context) -> new Row(row.getLong("sequence"), row.getLong("outcome")))
        .list();
  }

  /// On PostgreSQL: words that are common are found among the person's newest lines, which are
  /// walked in order; the index of words is asked for what is older, where they are then rare.
  /// Either alone is slow for the other's words, however few lines the page has.
  private static List<Row> walkThenSearch(
      Handle handle, String owner, String query, long before, int limit) {
    Optional<Long> walked =
        handle
            .createQuery(
                "SELECT sequence FROM timeline WHERE owner = ? AND sequence < ?"
                    + " ORDER BY sequence DESC OFFSET ? LIMIT 1")
            .bind(0, owner)
            .bind(1, before)
            .bind(2, WALKED - 1)
            .mapTo(Long.class)
            .findOne();
    List<Row> newest =
        list(
            handle
                .createQuery(
                    "WITH newest AS MATERIALIZED (SELECT sequence, outcome, words FROM timeline"
                        + " WHERE owner = :owner AND sequence < :before"
                        + " ORDER BY sequence DESC LIMIT :walked)"
                        + " SELECT sequence, outcome FROM newest"
                        + " WHERE words @@ to_tsquery('simple', :match)"
                        + " ORDER BY sequence DESC LIMIT :limit")
                .bind("walked", WALKED)
                .bind("match", query),
            owner,
            before,
            limit);
    if (newest.size() == limit || walked.isEmpty()) {
      return newest;
    }
    List<Row> all = new ArrayList<>(newest);
    all.addAll(
        list(
            handle
                .createQuery(
                    "SELECT t.sequence, t.outcome FROM timeline t"
                        + " WHERE t.words @@ to_tsquery('simple', :match)"
                        + " AND t.owner = :owner AND t.sequence < :before"
                        + " ORDER BY t.sequence DESC LIMIT :limit")
                .bind("match", query),
            owner,
            walked.get(),
            limit - newest.size()));
    return all;
  }

  /// Entries of a person around a place, oldest first.
  ///
  /// @param each at most so many before and so many after it
  static List<Row> around(Handle handle, String owner, long place, int each) {
    List<Row> rows =
        new ArrayList<>(
            list(
                handle.createQuery(
                    "SELECT sequence, outcome FROM timeline WHERE owner = :owner"
                        + " AND sequence < :before ORDER BY sequence DESC LIMIT :limit"),
                owner,
                place + 1,
                each + 1));
    java.util.Collections.reverse(rows);
    rows.addAll(
        list(
            handle.createQuery(
                "SELECT sequence, outcome FROM timeline WHERE owner = :owner"
                    + " AND sequence > :before ORDER BY sequence LIMIT :limit"),
            owner,
            place,
            each));
    return rows;
  }

  /// A place in somebody's timeline.
  ///
  /// @param outcome the entry that tells how it ended, 0 when there is none
  record Row(long sequence, long outcome) {}

  private static List<Row> list(
      org.jdbi.v3.core.statement.Query query, String owner, long before, int limit) {
    return query
        .bind("owner", owner)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, context) -> new Row(row.getLong("sequence"), row.getLong("outcome")))
        .list();
  }

  /// Whose timelines an event belongs to.
  static Set<String> owners(AuditEvent event) {
    Set<String> owners = new LinkedHashSet<>();
    owners.add(event.subject());
    EventFields.text(event, "requester").ifPresent(owners::add);
    EventFields.text(event, "owner").ifPresent(owners::add);
    owners.addAll(EventFields.texts(event, "told"));
    return owners;
  }

  private static String words(AuditEvent event) {
    String words =
        String.join(
            " ",
            EventFields.orEmpty(event, "statement"),
            EventFields.orEmpty(event, "connection"),
            EventFields.orEmpty(event, "verdict"),
            EventFields.orEmpty(event, "rule"),
            EventFields.orEmpty(event, "reason"),
            EventFields.orEmpty(event, "comment"),
            String.join(" ", EventFields.labels(event)),
            event.kind());
    String some = words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words;
    // PostgreSQL has no text with a zero in it.
    return some.replace('\0', ' ');
  }

  private static List<String> tokens(String text) {
    return split(text, 16);
  }

  private static List<String> split(String text, int most) {
    List<String> tokens = new ArrayList<>();
    for (String token : WORD_ENDS.split(text.toLowerCase(Locale.ROOT))) {
      if (!token.isEmpty() && tokens.size() < most) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static String ownerToken(String owner) {
    return "o" + DeviceProof.digest(owner).substring(0, 16);
  }
}
