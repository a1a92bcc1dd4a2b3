/// The JDBC driver `jdbc:sluice:`: programs that speak JDBC run governed without a change.
///
/// `jdbc:sluice:https://sluice.acme.test/shop` names a server and one of its connections.
/// Statements take the same road as the window's. Every entry point of JDBC is either served by a
/// method of a `Calls` class here or refused with SQLSTATE 0A000: [Refusing] dispatches, and what
/// has no method is refused, methods of later Java versions included. No object of a database's own
/// driver is ever handed out.
@NullMarked
package dev.sluice.gateway.jdbc;

import org.jspecify.annotations.NullMarked;
