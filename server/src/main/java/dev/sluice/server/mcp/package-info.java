/// What an AI agent can do here, as tools of the Model Context Protocol.
///
/// [AgentTools] is the whole list: reading, asking, and running what somebody else approved. No
/// tool decides on a request, changes a policy or widens a right, and a test walks the list to
/// prove it. Everything goes over a [dev.sluice.gateway.workspace.Workspace], the same road as the
/// window's. `cli.mcp` serves the tools over standard input and output, this package over HTTP.
@NullMarked
package dev.sluice.server.mcp;

import org.jspecify.annotations.NullMarked;
