/// Statements that carry a sensitive value, rewritten in every way we can think of, by the ten
/// thousand: whatever the wording, the value must not come out.
@NullMarked
package dev.sluice.proof.mutation;

import org.jspecify.annotations.NullMarked;
