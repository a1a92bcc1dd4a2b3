/// A real server over a real PostgreSQL for tests of commands.
@NullMarked
package dev.sluice.cli.world;

import org.jspecify.annotations.NullMarked;
