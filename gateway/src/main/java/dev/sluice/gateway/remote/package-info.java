/// The client of the central server.
///
/// [ServerClient] is one signed-in session with one method an endpoint; get it from
/// [HttpServerClient]. Every request carries a proof by a device key that lives in this process'
/// memory only, policies and log heads are checked against pinned keys, and what does not hold is a
/// problem, never a warning.
@NullMarked
package dev.sluice.gateway.remote;

import org.jspecify.annotations.NullMarked;
