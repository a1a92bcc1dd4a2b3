/// Roads to databases: what a connection is, how a session is hardened, pinned and pooled.
///
/// A [ConnectionDefinition] is structured: there is no free-form URL, and only listed driver
/// properties pass. [ConnectionPool] opens sessions for one definition and one
/// [DatabaseLogin]; each [DatabaseSession] is hardened and verified before its first statement and
/// verified again before it goes back.
@NullMarked
package dev.sluice.gateway.connection;

import org.jspecify.annotations.NullMarked;
