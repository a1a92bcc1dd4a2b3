package dev.sluice.app.results;

import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.StatementText;
import java.util.List;
import java.util.Set;

/// What a person can do from a refusal; the tab does it.
public interface WaysOut {

  /// Rewrites the statement in the editor.
  void fix(ResultViewModel result, WayOut.Fix fix);

  /// Opens the request panel for the statement.
  void ask(ResultViewModel result);

  /// Opens the panel that asks to see masked columns as they are.
  void unmask(ResultViewModel result, Set<ColumnRef> columns);

  /// Points the tab at another connection.
  void switchTo(String connection);

  /// Runs the statement of a result once more, in its place.
  void again(ResultViewModel result);

  /// Takes statements that may not run as they are to where their ways out are: one to the results
  /// of this tab, several to a tab of their own.
  void submit(WorkspaceConnection connection, List<StatementText> statements);
}
