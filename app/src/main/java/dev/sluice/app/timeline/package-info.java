/// A person's own trail.
@NullMarked
package dev.sluice.app.timeline;

import org.jspecify.annotations.NullMarked;
