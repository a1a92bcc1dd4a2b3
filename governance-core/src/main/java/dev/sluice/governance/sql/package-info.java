/// What a statement means.
@NullMarked
package dev.sluice.governance.sql;

import org.jspecify.annotations.NullMarked;
