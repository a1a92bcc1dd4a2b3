package dev.sluice.server.live;

import dev.sluice.governance.audit.AuditEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Reads the loosely typed fields of events.
final class LiveFields {

  private LiveFields() {}

  static String text(AuditEvent event, String name) {
    return event.fields().get(name) instanceof String text ? text : "";
  }

  static long number(AuditEvent event, String name) {
    return event.fields().get(name) instanceof Number number ? number.longValue() : -1;
  }

  static List<String> texts(AuditEvent event, String name) {
    return event.fields().get(name) instanceof Collection<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }

  static List<String> labels(AuditEvent event) {
    return event.fields().get("labels") instanceof Map<?, ?> labels
        ? labels.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .toList()
        : List.of();
  }
}
