/// `sluice enforce`: makes a database enforce the policy itself, from the command line.
@NullMarked
package dev.sluice.cli.enforce;

import org.jspecify.annotations.NullMarked;
