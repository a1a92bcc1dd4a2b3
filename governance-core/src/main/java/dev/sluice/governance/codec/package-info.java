/// How it is written down.
@NullMarked
package dev.sluice.governance.codec;

import org.jspecify.annotations.NullMarked;
