package dev.sluice.governance.audit;

import java.time.Instant;
import java.util.Map;

/// Something that happened, as it is written down. Every kind is versioned; a reader refuses a
/// version it does not know.
///
/// @param id 128 random bits, text
/// @param kind such as `statement.intent`, `statement.outcome`, `statement.refused`,
///     `approval.requested`, `approval.reviewed`, `grant.redeemed`, `session.opened`
/// @param version of the kind's fields
/// @param at when, server time where there is a server
/// @param subject key of the principal it belongs to
/// @param actorKind `person`, `agent`, `pipeline`, `server`
/// @param correlation what ties events of one statement or request together
/// @param fields kind-specific, JSON-like: strings, numbers, booleans, lists, maps
public record AuditEvent(
    String id,
    String kind,
    int version,
    Instant at,
    String subject,
    String actorKind,
    String correlation,
    Map<String, Object> fields) {
  public AuditEvent {
    fields = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(fields));
  }
}
