package dev.sluice.gateway.connection;

import java.sql.SQLException;

/// A session whose settings are not the ones that statements are understood under.
public final class SessionNotPinned extends SQLException {

  public SessionNotPinned(String setting, String expected, String found) {
    super(
        "The session setting \"" + setting + "\" is \"" + found + "\", not \"" + expected + "\".");
  }
}
