/// What a signed-in person, agent or pipeline can do, whatever screen or command it is done from.
///
/// [SignIn] gives a [Workspace]; everything else hangs on it. Calls block unless they say
/// otherwise: windows call them off the FX thread. Refusals are values; [WorkspaceProblem] is for
/// what went wrong around them (server away, session ended, database down).
@NullMarked
package dev.sluice.gateway.workspace;

import org.jspecify.annotations.NullMarked;
