package dev.sluice.app.results;

import dev.sluice.governance.policy.WayOut;

/// What a person can do from a refusal; the tab does it.
public interface WaysOut {

  /// Rewrites the statement in the editor.
  void fix(ResultViewModel result, WayOut.Fix fix);

  /// Opens the request panel for the statement.
  void ask(ResultViewModel result);

  /// Points the tab at another connection.
  void switchTo(String connection);
}
