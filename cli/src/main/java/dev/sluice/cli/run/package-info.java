/// `sluice run`: decides and really runs what is allowed, over the same road as the window.
@NullMarked
package dev.sluice.cli.run;

import org.jspecify.annotations.NullMarked;
