package dev.sluice.cli.check;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers one line.
public interface LineAnswerer {

  /// Adds to the answer, which has the line's id already.
  ///
  /// @throws BadInput when the line cannot be used; the answer then is an error
  void answer(JsonNode line, ObjectNode answer) throws BadInput;
}
