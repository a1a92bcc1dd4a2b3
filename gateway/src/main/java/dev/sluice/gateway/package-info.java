/// The runtime around the governance core, and the only road to a database.
@NullMarked
package dev.sluice.gateway;

import org.jspecify.annotations.NullMarked;
