/// Journeys in real windows over a real server with a real database.
@NullMarked
package dev.sluice.proof.journey;

import org.jspecify.annotations.NullMarked;
