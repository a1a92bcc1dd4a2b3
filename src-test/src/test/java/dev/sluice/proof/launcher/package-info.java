/// The launcher on a copy of the sources: builds once, keeps standard output clean.
@NullMarked
package dev.sluice.proof.launcher;

import org.jspecify.annotations.NullMarked;
