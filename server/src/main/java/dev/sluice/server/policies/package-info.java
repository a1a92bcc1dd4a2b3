/// The policy in force: read, numbered, signed and kept.
@NullMarked
package dev.sluice.server.policies;

import org.jspecify.annotations.NullMarked;
