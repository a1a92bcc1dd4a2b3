package dev.sluice.cli.mcp;

import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.server.mcp.AgentDesk;
import dev.sluice.server.mcp.AgentLimits;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens an agent's workspace behind a protocol that already answers. When it cannot be opened, the
/// process ends with 1: a client sees that at once.
final class AgentOpening implements AutoCloseable {

  private final Callable<AgentWorld> opening;
  private final AgentLimits limits;
  private final CompletableFuture<AgentDesk> desk;
  private final Consumer<String> say;
  private final CompletableFuture<@Nullable AgentWorld> opened = new CompletableFuture<>();

  AgentOpening(
      Callable<AgentWorld> opening,
      AgentLimits limits,
      CompletableFuture<AgentDesk> desk,
      Consumer<String> say) {
    this.opening = opening;
    this.limits = limits;
    this.desk = desk;
    this.say = say;
  }

  /// @param ready hears the names of connections
  void start(Consumer<List<String>> ready) {
    Thread.ofPlatform().daemon().name("sluice-agent-opening").start(() -> open(ready));
  }

  private void open(Consumer<List<String>> ready) {
    try {
      AgentWorld world = opening.call();
      opened.complete(world);
      ServerWorkspace workspace = world.workspace().workspace();
      ready.accept(workspace.connections().stream().map(each -> each.context().name()).toList());
      AgentDesk served = new AgentDesk(workspace, limits, workspace::recordRefusedCall);
      workspace.subscribe(event -> hear(event, served));
      desk.complete(served);
      say.accept("Serving " + workspace.me().principal().displayName() + ".");
    } catch (WorkspaceProblem e) {
      fail(e.getMessage() + " " + e.wayOut());
    } catch (Exception e) {
      fail("The workspace cannot be opened: " + e.getMessage());
    }
  }

  private static void hear(WorkspaceEvent event, AgentDesk served) {
    if (event instanceof WorkspaceEvent.SessionEnded ended) {
      served.stop(ended.reason());
    }
  }

  private void fail(String words) {
    say.accept(words);
    opened.complete(null);
    System.exit(1);
  }

  /// Waits for an opening under way, so that nothing it started is left running.
  @Override
  public void close() throws Exception {
    AgentWorld world = opened.join();
    if (world != null) {
      world.close();
    }
  }
}
