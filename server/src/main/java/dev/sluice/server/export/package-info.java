/// Sends what the log takes in to other systems: [Sink]s are configured, [Deliveries] keep what has
/// not arrived yet, try again with growing pauses, and put aside what never will. Content goes out
/// without statements and values unless a sink is told otherwise.
@NullMarked
package dev.sluice.server.export;

import org.jspecify.annotations.NullMarked;
