/// Watching over a server while it works: what happens now, ending sessions, freezing writes.
@NullMarked
package dev.sluice.server.live;

import org.jspecify.annotations.NullMarked;
