/// What probably needs protection: proposals for a person to accept or refuse.
///
/// [dev.sluice.governance.discovery.Discovery] looks at the names, types and comments of columns
/// and at a few sampled values, which it checks with real validators. The values stay here: a
/// [dev.sluice.governance.discovery.Proposal] says what share of them was valid, never what they
/// were.
@NullMarked
package dev.sluice.governance.discovery;

import org.jspecify.annotations.NullMarked;
