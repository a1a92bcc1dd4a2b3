package dev.sluice.governance.codec.wire;

import java.time.Instant;

/// A call of an agent or a program that was refused before it came to a statement: arguments of a
/// wrong shape, a budget that is spent.
///
/// @param id 128 random bits in hex, made by the client; sending it again is harmless
/// @param tool what was called
/// @param code such as `bad-arguments`, `budget-exhausted`
/// @param reason one sentence, without values of the call
/// @param clientTime by the client's clock
public record RefusedCall(String id, String tool, String code, String reason, Instant clientTime) {}
