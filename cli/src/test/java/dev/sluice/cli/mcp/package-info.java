@NullMarked
package dev.sluice.cli.mcp;

import org.jspecify.annotations.NullMarked;
