/// Administering a running server from the command line.
@NullMarked
package dev.sluice.cli.admin;

import org.jspecify.annotations.NullMarked;
