/// The command line: one class for each subcommand of `sluice`.
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
