/// What a person sees instead.
@NullMarked
package dev.sluice.governance.masking;

import org.jspecify.annotations.NullMarked;
