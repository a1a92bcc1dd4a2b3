/// What names mean: identifiers, scopes, catalog lookups, and where values come from.
@NullMarked
package dev.sluice.governance.sql.internal.resolve;

import org.jspecify.annotations.NullMarked;
