/// The rules that turn a tree into what the statement means.
@NullMarked
package dev.sluice.governance.sql.internal.analysis;

import org.jspecify.annotations.NullMarked;
