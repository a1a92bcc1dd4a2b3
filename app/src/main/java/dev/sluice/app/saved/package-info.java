/// Statements that a person keeps, in folders, on this machine.
@NullMarked
package dev.sluice.app.saved;

import org.jspecify.annotations.NullMarked;
