package dev.sluice.cli.mcp;

import dev.sluice.cli.SluiceHome;
import dev.sluice.cli.demo.DemoWorld;
import dev.sluice.gateway.headless.HeadlessWorkspace;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.PinnedServers;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.identity.Actor;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An agent's workspace and, for the demo, the world it lives in.
final class AgentWorld implements AutoCloseable {

  private static final String DEMO_AGENT = "agent";

  private final @Nullable DemoWorld demo;
  private final HeadlessWorkspace workspace;

  private AgentWorld(@Nullable DemoWorld demo, HeadlessWorkspace workspace) {
    this.demo = demo;
    this.workspace = workspace;
  }

  /// The demo's agent: at a demo that runs already, else at one of its own.
  static AgentWorld ofDemo(Origin origin, Consumer<String> say) throws Exception {
    Optional<URI> running = DemoWorld.running();
    if (running.isPresent()) {
      say.accept("Joining the demo that runs at " + running.get() + ".");
      return at(running.get(), DEMO_AGENT, DemoWorld.PASSWORD.toCharArray(), origin);
    }
    DemoWorld world = DemoWorld.start(say);
    try {
      return new AgentWorld(
          world, open(world.trust(), DEMO_AGENT, DemoWorld.PASSWORD.toCharArray(), origin));
    } catch (WorkspaceProblem | RuntimeException e) {
      world.close();
      throw e;
    }
  }

  static AgentWorld at(URI server, String account, char[] password, Origin origin)
      throws Exception {
    ServerTrust trust =
        new PinnedServers(SluiceHome.folder().resolve("workbench").resolve("servers"))
            .trust(server);
    return new AgentWorld(null, open(trust, account, password, origin));
  }

  private static HeadlessWorkspace open(
      ServerTrust trust, String account, char[] password, Origin origin) throws WorkspaceProblem {
    Path state =
        SluiceHome.folder().resolve("agents").resolve(account.replaceAll("[^A-Za-z0-9._-]", "_"));
    HeadlessWorkspace opened =
        HeadlessWorkspace.open(
            trust,
            (known, memory) ->
                HttpServerClient.signIn(known, memory, account, password, "mcp 1.0.0"),
            state,
            origin);
    if (opened.workspace().me() instanceof Actor.Agent) {
      return opened;
    }
    opened.close();
    throw new WorkspaceProblem(
        "not-an-agent",
        WorkspaceProblem.Blame.USER,
        "The account \"" + account + "\" is not an agent's. An agent acts under a name of its own.",
        "Have an account made for the agent, with you as its owner.");
  }

  HeadlessWorkspace workspace() {
    return workspace;
  }

  @Override
  public void close() throws Exception {
    workspace.close();
    if (demo != null) {
      demo.close();
    }
  }
}
