/// Classes that break a rule on purpose; they prove that the rule can fail.
@NullMarked
package dev.sluice.governance.discovery.broken;

import org.jspecify.annotations.NullMarked;
