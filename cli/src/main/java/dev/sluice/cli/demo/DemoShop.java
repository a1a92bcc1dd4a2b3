package dev.sluice.cli.demo;

import dev.sluice.cli.check.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the demo's production database is while a demo runs, for commands that are given no
/// address.
public final class DemoShop {

  /// Of the demo's database, on this machine only.
  public static final String ADMINISTRATOR = DemoPostgres.OWNER;

  private static final int PORT_LINE = 3;

  private DemoShop() {}

  /// @throws BadInput when no demo runs, or the connection is not its database
  public static String address(String connection) throws BadInput {
    Path running = DemoHome.standard().postgres().resolve("postmaster.pid");
    if (!connection.equals(DemoPostgres.DATABASE) || !Files.exists(running)) {
      throw new BadInput(
          "Say where the database is: --url jdbc:postgresql://host/database --user NAME"
              + " --policy FILE. (Without it, --connection shop means a demo that runs.)");
    }
    try {
      List<String> lines = Files.readAllLines(running);
      return "jdbc:postgresql://127.0.0.1:"
          + Integer.parseInt(lines.get(PORT_LINE).strip())
          + "/"
          + DemoPostgres.DATABASE;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new BadInput("The demo's database is just starting or stopping. Try again.");
    }
  }

  /// The policy that a demo starts with.
  public static String policy() throws BadInput {
    try {
      return DemoDatabases.resource("policy.yaml");
    } catch (IOException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }
}
