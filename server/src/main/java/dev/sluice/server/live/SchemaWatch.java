package dev.sluice.server.live;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.LiveReport.SchemaChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps the newest statements that changed a schema. Used by one thread at a time.
final class SchemaWatch {

  private static final int MOST = 200;
  private static final int LONGEST = 4000;
  private static final Set<String> WORDS =
      Set.of("CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "COMMENT", "GRANT", "REVOKE");
  private static final Pattern FIRST_WORD =
      Pattern.compile("\\A(?:\\s|--[^\\n]*+(?:\\n|\\z)|/\\*.*?\\*/)*+([A-Za-z]++)", Pattern.DOTALL);

  private final Map<String, SchemaChange> changes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SchemaChange> eldest) {
          return size() > MOST;
        }
      };

  /// The first word of a statement in capitals, empty when there is none.
  static String firstWord(String statement) {
    Matcher matcher = FIRST_WORD.matcher(statement);
    return matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT) : "";
  }

  void take(long sequence, AuditEvent event) {
    switch (event.kind()) {
      case "statement.intent", "grant.redeemed" -> {
        String statement = LiveFields.text(event, "statement");
        if (WORDS.contains(firstWord(statement))) {
          changes.put(event.id(), change(sequence, event, statement));
        }
      }
      case "statement.outcome", "execution.ended" ->
          changes.computeIfPresent(
              LiveFields.text(event, "of"),
              (id, change) -> ended(change, LiveFields.text(event, "state")));
      default -> {
        // Nothing that changes a schema.
      }
    }
  }

  private static SchemaChange change(long sequence, AuditEvent event, String statement) {
    return new SchemaChange(
        sequence,
        event.at(),
        event.actorKind(),
        LiveFields.text(event, "actorName"),
        LiveFields.text(event, "connection"),
        statement.length() > LONGEST ? statement.substring(0, LONGEST) : statement,
        "running",
        LiveFields.text(event, "request"),
        LiveFields.labels(event));
  }

  private static SchemaChange ended(SchemaChange change, String state) {
    return new SchemaChange(
        change.sequence(),
        change.at(),
        change.kind(),
        change.name(),
        change.connection(),
        change.statement(),
        state,
        change.request(),
        change.labels());
  }

  /// Newest first.
  List<SchemaChange> newest() {
    return new ArrayList<>(changes.values()).reversed();
  }
}
