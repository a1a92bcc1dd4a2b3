/// Checks an exported audit log offline. It shares no code with what writes the log, so that an
/// error there does not hide itself here: the hashes, the tree and the signatures are computed from
/// their descriptions (RFC 6962, C2SP checkpoints) once more.
@NullMarked
package dev.sluice.server.verify;

import org.jspecify.annotations.NullMarked;
