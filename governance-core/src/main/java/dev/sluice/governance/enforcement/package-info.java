/// The database-side ring: what a database must be told so that a leased login sees masked values
/// only, whatever client it uses.
///
/// Start with [dev.sluice.governance.enforcement.EnforcementPlanner]: facts about a database and
/// the access that a policy gives go in, a reviewed plan comes out. Nothing here talks to a
/// database; the server reads the facts and applies the plan.
///
/// Promises: no masking key is ever part of generated SQL; a thing the planner does not understand
/// is a problem of the plan, and a plan with problems cannot be applied; what it does not name is
/// not granted.
@NullMarked
package dev.sluice.governance.enforcement;

import org.jspecify.annotations.NullMarked;
