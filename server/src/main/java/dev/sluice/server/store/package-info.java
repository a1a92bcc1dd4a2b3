/// Where the server keeps what it knows.
///
/// [Store] reads concurrently and writes through one queue: whatever waits is written in one
/// transaction and acknowledged after one durable commit (group commit), each piece in its own
/// savepoint. Pieces therefore see each other's writes in order, and compare-and-set is a plain
/// conditional UPDATE.
@NullMarked
package dev.sluice.server.store;

import org.jspecify.annotations.NullMarked;
