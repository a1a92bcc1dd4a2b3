/// What a human decided.
@NullMarked
package dev.sluice.governance.approval;

import org.jspecify.annotations.NullMarked;
