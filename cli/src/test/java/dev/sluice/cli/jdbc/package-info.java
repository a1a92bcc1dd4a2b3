@NullMarked
package dev.sluice.cli.jdbc;

import org.jspecify.annotations.NullMarked;
