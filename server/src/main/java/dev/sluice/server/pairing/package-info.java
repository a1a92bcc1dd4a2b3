/// An owner beside their agent: seeing what it does as it happens, stopping it, having each of its
/// statements wait for a word.
///
/// Nothing here allows anything. What an owner confirms has been decided before and is decided
/// again after it, and the rows are those that the agent gets.
@NullMarked
package dev.sluice.server.pairing;

import org.jspecify.annotations.NullMarked;
