/// Workspaces without a window: for agents, pipelines and the JDBC driver.
///
/// [HeadlessWorkspace] signs in and opens a workspace with a journal of its own, so that any number
/// of programs of one person can work at once.
@NullMarked
package dev.sluice.gateway.headless;

import org.jspecify.annotations.NullMarked;
