/// What came back: rows, refusals, problems.
@NullMarked
package dev.sluice.app.results;

import org.jspecify.annotations.NullMarked;
