/// What the built-in functions of each engine do.
@NullMarked
package dev.sluice.governance.sql.internal.functions;

import org.jspecify.annotations.NullMarked;
