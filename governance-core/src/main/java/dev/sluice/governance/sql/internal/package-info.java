/// The only importer of the parser library. Nothing outside `dev.sluice.governance.sql` may use it.
@NullMarked
package dev.sluice.governance.sql.internal;

import org.jspecify.annotations.NullMarked;
