/// Who is who: accounts of the server itself, sessions, and the proofs that bind a session to a
/// device.
@NullMarked
package dev.sluice.server.directory;

import org.jspecify.annotations.NullMarked;
