package dev.sluice.app.broken;

import java.sql.Connection;

/// Broken on purpose: gateway is the only road to a database.
final class OpensAConnection {
  Connection open(Connection value) {
    return value;
  }
}
