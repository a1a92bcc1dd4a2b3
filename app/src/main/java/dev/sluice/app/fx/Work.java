package dev.sluice.app.fx;

import dev.sluice.gateway.workspace.WorkspaceProblem;

/// Something that may block or compute.
@FunctionalInterface
public interface Work<T> {
  T call() throws WorkspaceProblem;
}
