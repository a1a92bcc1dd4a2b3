/// The only door to the FX thread, and what every screen shares below the window: background work,
/// messages, subscriptions.
@NullMarked
package dev.sluice.app.fx;

import org.jspecify.annotations.NullMarked;
