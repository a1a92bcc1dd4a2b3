/// Measures the workbench in a real window over the demo's server and databases.
@NullMarked
package dev.sluice.cli.window;

import org.jspecify.annotations.NullMarked;
