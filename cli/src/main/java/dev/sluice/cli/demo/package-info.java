/// The demo: a PostgreSQL and a SQLite file with fake data, a server and the workbench, all on this
/// machine.
@NullMarked
package dev.sluice.cli.demo;

import org.jspecify.annotations.NullMarked;
