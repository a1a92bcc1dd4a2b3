/// Broken on purpose; see the architecture rules.
@NullMarked
package dev.sluice.server.verify.broken;

import org.jspecify.annotations.NullMarked;
