/// Writing SQL: highlighting, verdicts while typing, completion, journal of tabs.
@NullMarked
package dev.sluice.app.editor;

import org.jspecify.annotations.NullMarked;
