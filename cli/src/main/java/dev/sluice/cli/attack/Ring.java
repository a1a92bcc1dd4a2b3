package dev.sluice.cli.attack;

import java.io.IOException;
import java.sql.SQLException;

/// One of the rings that hold an attacker, switched on alone.
interface Ring extends AutoCloseable {

  /// Tries one case in a session of its own and tells what came back.
  void attack(Tried tried) throws SQLException;

  @Override
  void close() throws IOException;
}
