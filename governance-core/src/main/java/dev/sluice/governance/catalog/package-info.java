/// What a database holds.
@NullMarked
package dev.sluice.governance.catalog;

import org.jspecify.annotations.NullMarked;
