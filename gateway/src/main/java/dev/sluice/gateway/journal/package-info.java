/// What is about to happen is written down before it happens.
///
/// [Journal] is the interface, [SqliteJournal] the file: an append-only, hash-chained list of
/// events, durable when [Journal#append] returns. Write an intent before a statement runs and its
/// outcome after; [Journal#open] finds intents without outcome at start, so that a killed process
/// leaves "unknown", never silence. A journal that cannot write stops execution.
@NullMarked
package dev.sluice.gateway.journal;

import org.jspecify.annotations.NullMarked;
