package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the loosely typed fields of events.
final class EventFields {

  private EventFields() {}

  /// Whether people see events of this kind as entries of their own.
  static boolean shown(AuditEvent event) {
    return !event.kind().startsWith("lease.");
  }

  static Optional<String> text(AuditEvent event, String name) {
    return event.fields().get(name) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  static String orEmpty(AuditEvent event, String name) {
    return text(event, name).orElse("");
  }

  static long number(AuditEvent event, String name) {
    return event.fields().get(name) instanceof Number number ? number.longValue() : -1;
  }

  /// The labels of a statement, `name=value`, in order of name.
  static List<String> labels(AuditEvent event) {
    return event.fields().get("labels") instanceof Map<?, ?> labels
        ? labels.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .toList()
        : List.of();
  }

  static List<String> texts(AuditEvent event, String name) {
    return event.fields().get(name) instanceof Collection<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }
}
