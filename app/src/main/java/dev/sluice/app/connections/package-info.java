/// Connections with a login of one's own: the form, the trial, the tunnel.
@NullMarked
package dev.sluice.app.connections;

import org.jspecify.annotations.NullMarked;
