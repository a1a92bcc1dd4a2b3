/// The local core put together: a policy that is ready to decide, and scripts read and decided with
/// it. The same parts serve the window, the commands and the server, so that all of them come to
/// the same verdict.
@NullMarked
package dev.sluice.gateway.decision;

import org.jspecify.annotations.NullMarked;
