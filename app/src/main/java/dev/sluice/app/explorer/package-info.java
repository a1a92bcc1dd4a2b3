/// Connections, schemas, tables and columns.
@NullMarked
package dev.sluice.app.explorer;

import org.jspecify.annotations.NullMarked;
