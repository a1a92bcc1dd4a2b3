package dev.sluice.cli.tour;

import dev.sluice.gateway.workspace.SignIn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// What the tour plays on: a running server with the demo's databases. Only the tour looks at the
/// database past the product, to see that what the windows say is so.
public interface TourStage {

  /// A way into the server for one more window, with a device key of its own.
  SignIn signIn();

  /// Address shown on the sign-in card.
  String serverAddress();

  /// The password of a demo account.
  String password(String account);

  /// A connection of the database's owner to the production database.
  Connection database() throws SQLException;

  /// What the production database was sent, in its own words.
  Path databaseLog();

  /// A folder for the windows' own state, emptied beforehand.
  Path windowState();
}
