/// The server's interface: HTTP with JSON, and server-sent events. Every route stands in one table
/// with its authorization rule; there is no other way in.
@NullMarked
package dev.sluice.server.http;

import org.jspecify.annotations.NullMarked;
