package dev.sluice.cli;

import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.shell.SystemNotifier;
import dev.sluice.cli.demo.DemoWorld;
import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ThisMachine;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.nio.file.Path;
import java.util.List;

/// The owner's and the analyst's windows of the demo. Apart from [DemoCommand], because the
/// server's package carries the commands without the window's classes: what reads a command's
/// methods must not meet one.
final class DemoWindows {
  private DemoWindows() {}

  /// Opens both and waits until both are closed.
  ///
  /// @param files scripts to open in the analyst's window
  /// @return the exit code
  static int open(DemoWorld world, List<Path> files) throws InterruptedException {
    ManagedSettings settings;
    try {
      settings = ThisMachine.settings();
    } catch (WorkspaceProblem e) {
      DemoCommand.say(e.getMessage() + " " + e.wayOut());
      return 1;
    }
    DemoCommand.say(DemoCommand.ACCOUNTS);
    Workbench.start();
    WorkbenchWindow owner = window(world, "owner", settings, List.of());
    WorkbenchWindow analyst = window(world, "analyst", settings, files);
    analyst.awaitClosed();
    owner.awaitClosed();
    return 0;
  }

  private static WorkbenchWindow window(
      DemoWorld world, String account, ManagedSettings settings, List<Path> files) {
    return Workbench.open(
        world.signIn(),
        WorkbenchOptions.in(world.windowState(account))
            .withAccount(account)
            .withServer(world.address().toString())
            .withManaged(settings)
            .withFiles(files)
            .withNotifier(SystemNotifier.ofThisSystem())
            .withNotice(DemoCommand.ACCOUNTS));
  }
}
