/// The governance core: analyses, decides, masks and chains, as plain functions of their arguments.
/// It performs no I/O, starts no thread and reads no clock.
@NullMarked
package dev.sluice.governance;

import org.jspecify.annotations.NullMarked;
