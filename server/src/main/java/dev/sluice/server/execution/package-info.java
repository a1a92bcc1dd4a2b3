/// The server's own judgement of statements, and the running of what was approved with a login that
/// never leaves it.
@NullMarked
package dev.sluice.server.execution;

import org.jspecify.annotations.NullMarked;
