package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Conditions;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the log says about requests.
final class ApprovalEvents {

  private ApprovalEvents() {}

  /// @param by who did it
  /// @param more fields of this kind besides those that every entry about a request has
  static AuditEvent of(
      String kind, ApprovalRequest request, Actor by, Instant at, Map<String, Object> more) {
    return of(kind, request, by, at, more, request.state().name(), Ids.next());
  }

  /// @param state as the entry tells it
  /// @param id of the event
  static AuditEvent of(
      String kind,
      ApprovalRequest request,
      Actor by,
      Instant at,
      Map<String, Object> more,
      String state,
      String id) {
    Map<String, Object> fields = new TreeMap<>(more);
    fields.put("request", request.id());
    fields.put("requester", request.requester().principal().key());
    request.requester().onBehalfOf().ifPresent(owner -> fields.put("owner", owner.key()));
    fields.put("actorName", by.principal().displayName());
    fields.put("connection", request.capsule().connection());
    fields.put("statement", request.capsule().text());
    fields.put("rule", request.ruleIds().isEmpty() ? "" : request.ruleIds().getFirst());
    fields.put("state", state);
    fields.put("revision", request.revision());
    return new AuditEvent(id, kind, 1, at, by.principal().key(), by.kind(), request.id(), fields);
  }

  /// What an approval was narrowed to: `runs 1`, `seconds 600`, `rows 5`.
  static List<String> conditions(Conditions set) {
    List<String> told = new ArrayList<>();
    set.executions().ifPresent(runs -> told.add("runs " + runs));
    set.within().ifPresent(within -> told.add("seconds " + within.toSeconds()));
    set.rows().ifPresent(rows -> told.add("rows " + rows));
    return told;
  }

  /// An event that time or drift brought about; it belongs to the requester.
  static AuditEvent ofServer(String kind, ApprovalRequest request, Instant at, String reason) {
    AuditEvent event = of(kind, request, request.requester(), at, Map.of("reason", reason));
    return new AuditEvent(
        event.id(), kind, 1, at, event.subject(), "server", event.correlation(), event.fields());
  }
}
