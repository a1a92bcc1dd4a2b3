/// Applies enforcement plans to databases, leases logins over them, and finds who can read around
/// them.
///
/// Start with [dev.sluice.server.enforcement.EnforcementService] for plan, apply, verify, roll back
/// and audit; with [dev.sluice.server.enforcement.LeaseBroker] for leases.
///
/// Promises: a plan is applied whole or not at all where the engine has transactions for it; no
/// lease is issued over a database that changed since its plan was applied; a lease that is to end
/// is tried again until it has ended.
@NullMarked
package dev.sluice.server.enforcement;

import org.jspecify.annotations.NullMarked;
