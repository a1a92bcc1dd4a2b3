/// `sluice mcp`: the tools of `server.mcp` over standard input and output.
@NullMarked
package dev.sluice.cli.mcp;

import org.jspecify.annotations.NullMarked;
