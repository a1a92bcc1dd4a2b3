package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.CanonicalJson;
import dev.sluice.governance.codec.DeviceProof;
import java.util.Map;
import java.util.TreeMap;

/// An entry of the log as an event of the Open Cybersecurity Schema Framework, 1.3: Datastore
/// Activity (6005), sign-ins as Authentication (3002). Statements are left out: their SHA-256
/// stands for them.
final class Ocsf {

  private static final int DATASTORE = 6005;
  private static final int AUTHENTICATION = 3002;

  private Ocsf() {}

  /// @param origin names the log
  /// @return one line of JSON
  static String line(String origin, long sequence, AuditEvent event) {
    boolean signIn = event.kind().startsWith("session.");
    int kind = signIn ? AUTHENTICATION : DATASTORE;
    int activity = signIn ? authentication(event) : datastore(event);
    boolean refused = refused(event);
    Map<String, Object> fields = new TreeMap<>();
    fields.put("class_uid", kind);
    fields.put("class_name", signIn ? "Authentication" : "Datastore Activity");
    fields.put("category_uid", kind / 1000);
    fields.put("activity_id", activity);
    fields.put("type_uid", kind * 100 + activity);
    fields.put("time", event.at().toEpochMilli());
    fields.put("severity_id", refused ? 3 : 1);
    fields.put("status_id", refused ? 2 : 1);
    fields.put("status_detail", text(event, "reason"));
    fields.put(
        "metadata",
        Map.of(
            "version",
            "1.3.0",
            "uid",
            event.id(),
            "sequence",
            sequence,
            "log_name",
            origin,
            "event_code",
            event.kind(),
            "correlation_uid",
            event.correlation(),
            "product",
            Map.of("name", "Sluice", "vendor_name", "Sluice")));
    Map<String, Object> user = new TreeMap<>(Map.of("uid", event.subject()));
    user.put("type", event.actorKind());
    if (!text(event, "actorName").isEmpty()) {
      user.put("name", text(event, "actorName"));
    }
    fields.put("actor", Map.of("user", user));
    if (signIn) {
      fields.put("user", user);
    }
    String connection = text(event, "connection");
    if (!connection.isEmpty()) {
      fields.put("database", Map.of("name", connection, "type_id", 1));
    }
    String statement = text(event, "statement");
    if (!statement.isEmpty()) {
      fields.put("query_info", Map.of("uid", DeviceProof.digest(statement)));
    }
    fields.put(
        "unmapped",
        Map.of(
            "verdict", text(event, "verdict"),
            "rule", text(event, "rule"),
            "request", text(event, "request")));
    return CanonicalJson.write(fields);
  }

  /// Whether something was not allowed or did not work.
  static boolean refused(AuditEvent event) {
    return event.kind().endsWith(".refused")
        || text(event, "verdict").equals("deny")
        || text(event, "state").equals("failed");
  }

  private static int authentication(AuditEvent event) {
    return switch (event.kind()) {
      case "session.opened", "session.refused" -> 1;
      case "session.ended" -> 2;
      default -> 99;
    };
  }

  private static int datastore(AuditEvent event) {
    if (event.kind().startsWith("statement.")) {
      return 4;
    }
    if (event.kind().startsWith("lease.")) {
      return 3;
    }
    return event.kind().startsWith("grant.") ? 5 : 99;
  }

  static String text(AuditEvent event, String name) {
    return event.fields().get(name) instanceof String text ? text : "";
  }
}
