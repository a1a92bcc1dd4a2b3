/// What happened.
@NullMarked
package dev.sluice.governance.audit;

import org.jspecify.annotations.NullMarked;
