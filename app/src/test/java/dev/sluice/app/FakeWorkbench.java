package dev.sluice.app;

import dev.sluice.app.fake.FakeServer;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens the workbench over the in-memory server, for looking at it while working on it: an
/// analyst's window and an owner's. Password: demo.
public final class FakeWorkbench {

  private FakeWorkbench() {}

  public static void main(String[] arguments) throws Exception {
    FakeServer server = new FakeServer();
    Path state = Files.createTempDirectory("sluice-fake");
    WorkbenchWindow analyst =
        Workbench.open(
            server, WorkbenchOptions.in(state.resolve("analyst")).withAccount("analyst"));
    Workbench.open(server, WorkbenchOptions.in(state.resolve("owner")).withAccount("owner"));
    analyst.awaitClosed();
    System.exit(0);
  }
}
