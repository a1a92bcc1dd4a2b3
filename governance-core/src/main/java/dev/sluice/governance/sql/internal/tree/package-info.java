/// The parser's tree: which of its parts are understood, and where they stand in the text.
@NullMarked
package dev.sluice.governance.sql.internal.tree;

import org.jspecify.annotations.NullMarked;
