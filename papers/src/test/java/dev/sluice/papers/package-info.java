/// Runs what the pages show.
@NullMarked
package dev.sluice.papers;

import org.jspecify.annotations.NullMarked;
