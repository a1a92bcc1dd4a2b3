/// The audit log: one chain and one Merkle tree over everything that happened.
///
/// [Ledger#append] writes an event in the caller's transaction; it counts when that commits. What
/// is hashed is an envelope with the encrypted event, so that erasing an event's key removes its
/// content and leaves every proof valid. [Timelines] reads one person's part of it.
@NullMarked
package dev.sluice.server.ledger;

import org.jspecify.annotations.NullMarked;
