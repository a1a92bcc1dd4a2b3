package dev.sluice.server.live;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.LiveReport.SchemaStatement;
import dev.sluice.governance.sql.EffectKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps the newest statements that changed a schema. Used by one thread at a time.
final class SchemaWatch {

  private static final int MOST = 200;
  private static final int LONGEST = 4000;
  private static final Set<String> WORDS =
      Set.of("CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "COMMENT", "GRANT", "REVOKE");
  private static final Set<String> SCHEMA_EFFECTS =
      Stream.of(EffectKind.values())
          .filter(EffectKind::changesSchema)
          .map(EffectKind::name)
          .collect(Collectors.toUnmodifiableSet());
  private static final Pattern FIRST_WORD =
      Pattern.compile("\\A(?:\\s|--[^\\n]*+(?:\\n|\\z)|/\\*.*?\\*/)*+([A-Za-z]++)", Pattern.DOTALL);

  private final Map<String, SchemaStatement> changes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SchemaStatement> eldest) {
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
        if (changesSchema(event, statement)) {
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

  /// What the statement does as it was read when it was decided: a first word would miss `SELECT
  /// ... INTO` and what a block holds. Entries from before effects were written down have only
  /// that.
  private static boolean changesSchema(AuditEvent event, String statement) {
    return event.fields().get("effects") instanceof List<?> effects
        ? effects.stream().anyMatch(SCHEMA_EFFECTS::contains)
        : WORDS.contains(firstWord(statement));
  }

  private static SchemaStatement change(long sequence, AuditEvent event, String statement) {
    return new SchemaStatement(
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

  private static SchemaStatement ended(SchemaStatement change, String state) {
    return new SchemaStatement(
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
  List<SchemaStatement> newest() {
    return new ArrayList<>(changes.values()).reversed();
  }
}
