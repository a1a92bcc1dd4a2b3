/// What the rules say.
@NullMarked
package dev.sluice.governance.policy;

import org.jspecify.annotations.NullMarked;
