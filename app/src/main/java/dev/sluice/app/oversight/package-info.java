/// Watching over the server: the live dashboard, ending sessions, freezing writes.
@NullMarked
package dev.sluice.app.oversight;

import org.jspecify.annotations.NullMarked;
