package dev.sluice.governance.codec.wire;

/// An error answer: problem details of RFC 9457 (`application/problem+json`) with what our people
/// need besides. Never carries a database value, a secret or a stack trace.
///
/// @param type `urn:sluice:problem:CODE`
/// @param title a few words
/// @param status HTTP status
/// @param detail one sentence for people
/// @param code stable identifier such as `wrong-password`, `four-eyes`
/// @param blame `USER`, `POLICY`, `SERVER`, `DATABASE`, `INTERNAL`
/// @param wayOut one sentence: what to do next
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String blame,
    String wayOut) {}
