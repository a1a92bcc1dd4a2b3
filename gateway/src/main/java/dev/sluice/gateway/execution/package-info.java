/// A [dev.sluice.governance.policy.Permit] in, masked rows out.
///
/// [GovernedExecutor] is the only road: it uses the permit up, sends the permit's text and nothing
/// else, compares what comes back with the plan before the first row, masks every row, redacts
/// errors, and obeys limits and cancellation. It works over a [Backend], which knows one way to a
/// database; `JdbcBackend` is one. No JDBC type appears in these interfaces.
@NullMarked
package dev.sluice.gateway.execution;

import org.jspecify.annotations.NullMarked;
