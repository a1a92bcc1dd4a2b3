/// Who acts.
@NullMarked
package dev.sluice.governance.identity;

import org.jspecify.annotations.NullMarked;
