package dev.sluice.cli.mcp;

import dev.sluice.cli.Labels;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.server.mcp.AgentDesk;
import dev.sluice.server.mcp.AgentLimits;
import dev.sluice.server.mcp.AgentServers;
import dev.sluice.server.mcp.InFlight;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice mcp`: serves the tools of one agent over standard input and output.
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Serves an AI agent over the Model Context Protocol (standard input and output).",
    footer = {
      "",
      "The agent acts under an account of its own, on behalf of its owner. It may ask for approval;"
          + " it can never approve.",
      "Labels are also taken from SLUICE_WORKFLOW, SLUICE_PURPOSE, SLUICE_MODEL, SLUICE_COMMIT and"
          + " SLUICE_RUN.",
      "Exit codes: 0 the client went away, 1 the workspace could not be opened, 2 bad arguments."
    })
public final class McpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--demo",
      description = "Work in the demo, as the demo's agent. Starts the demo when none runs.")
  private boolean demo;

  @Option(names = "--server", paramLabel = "ADDRESS", description = "The server's address.")
  private @Nullable URI server;

  @Option(names = "--account", paramLabel = "NAME", description = "The agent's account.")
  private @Nullable String account;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      defaultValue = "SLUICE_PASSWORD",
      description = "The environment variable with its password (default: ${DEFAULT-VALUE}).")
  private String passwordVariable;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "What its statements are for, such as workflow=reporting; several times.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Tool calls in this session (default: ${DEFAULT-VALUE}).")
  private long calls;

  @Option(
      names = "--max-queries",
      paramLabel = "N",
      defaultValue = "500",
      description = "Statements run in this session (default: ${DEFAULT-VALUE}).")
  private long queries;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Rows answered in this session (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "20000000",
      description = "Bytes of results in this session (default: ${DEFAULT-VALUE}).")
  private long bytes;

  @Option(
      names = "--max-seconds",
      paramLabel = "N",
      defaultValue = "600",
      description = "Seconds that statements may run, all together (default: ${DEFAULT-VALUE}).")
  private long seconds;

  @Override
  public Integer call() throws Exception {
    OutputStream protocol =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    // Whatever else prints must not get between messages.
    System.setOut(System.err);
    Callable<AgentWorld> opening = opening(origin());
    AgentLimits limits = limits();
    InFlight inFlight = new InFlight();
    CompletableFuture<AgentDesk> desk = new CompletableFuture<>();
    Function<McpSyncServerExchange, AgentDesk> desks = exchange -> desk.join();
    StdioTransport transport = new StdioTransport(System.in, protocol, inFlight);
    McpSyncServer mcp = AgentServers.furnish(McpServer.sync(transport), desks, inFlight).build();
    // A client waits a minute for the first answer, and a demo's first start may take longer: the
    // greeting goes out at once, and the first call waits for the workspace.
    AgentOpening world = new AgentOpening(opening, limits, desk, McpCommand::say);
    world.start(connections -> AgentServers.list(mcp, desks, connections));
    try {
      transport.serve();
      mcp.close();
      return 0;
    } catch (IOException e) {
      say(String.valueOf(e.getMessage()));
      return 1;
    } finally {
      world.close();
    }
  }

  private Callable<AgentWorld> opening(Origin origin) {
    if (demo) {
      return () -> AgentWorld.ofDemo(origin, McpCommand::say);
    }
    URI address = server;
    String name = account;
    if (address == null || name == null) {
      throw new ParameterException(
          spec.commandLine(), "Give --demo, or --server and --account of the agent.");
    }
    String password = System.getenv(passwordVariable);
    if (password == null) {
      throw new ParameterException(
          spec.commandLine(), "The environment variable " + passwordVariable + " is not set.");
    }
    return () -> AgentWorld.at(address, name, password.toCharArray(), origin);
  }

  private Origin origin() {
    try {
      return new Origin("mcp", Labels.of(labels));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private AgentLimits limits() {
    try {
      return new AgentLimits(calls, queries, rows, bytes, Duration.ofSeconds(seconds));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static void say(String line) {
    System.err.println("sluice: " + line);
  }
}
