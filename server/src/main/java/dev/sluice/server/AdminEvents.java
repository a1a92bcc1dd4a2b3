package dev.sluice.server;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.identity.Actor;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What the log says of administration. Never a secret.
public final class AdminEvents {

  private AdminEvents() {}

  /// @param about what was changed, such as `connection/shop`
  public static AuditEvent of(
      String kind, Actor by, Instant at, String about, Map<String, Object> fields) {
    Map<String, Object> all = new TreeMap<>(fields);
    all.put("about", about);
    all.put("actorName", by.principal().displayName());
    return new AuditEvent(Ids.next(), kind, 1, at, by.principal().key(), by.kind(), about, all);
  }

  /// What the server's operator did at the machine itself.
  public static AuditEvent ofOperator(
      String kind, Instant at, String about, Map<String, Object> fields) {
    Map<String, Object> all = new TreeMap<>(fields);
    all.put("about", about);
    return new AuditEvent(Ids.next(), kind, 1, at, "local|server", "server", about, all);
  }
}
