/// A person beside their agents: what they do as it happens, stopping them, a word on each
/// statement, taking one over.
@NullMarked
package dev.sluice.app.pairing;

import org.jspecify.annotations.NullMarked;
