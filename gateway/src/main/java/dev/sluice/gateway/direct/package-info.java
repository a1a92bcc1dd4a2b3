/// Databases that a person opens with a login of their own, perhaps through an SSH tunnel.
@NullMarked
package dev.sluice.gateway.direct;

import org.jspecify.annotations.NullMarked;
