package dev.sluice.cli.mcp;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.cli.world.CommandProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The agent's side of `sluice mcp` as a real process: JSON lines in, JSON lines out.
final class RawMcp implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PATIENCE = 60_000;

  private final Process process;
  private final OutputStream in;
  private final Map<Integer, JsonNode> answers = new ConcurrentHashMap<>();
  final List<JsonNode> notifications = new CopyOnWriteArrayList<>();
  final List<String> strayLines = new CopyOnWriteArrayList<>();
  private int number;

  private RawMcp(Process process) {
    this.process = process;
    this.in = process.getOutputStream();
    Thread.ofPlatform().daemon().start(this::read);
  }

  static RawMcp start(AgentShop shop, Path folder, String account, String... more)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("mcp", "--server", shop.address().toString(), "--account", account));
    arguments.addAll(List.of(more));
    RawMcp client =
        new RawMcp(
            CommandProcess.start(
                folder.resolve("home"),
                folder.resolve("errors-" + account + ".txt"),
                Map.of("SLUICE_PASSWORD", AgentShop.PASSWORD),
                arguments.toArray(String[]::new)));
    client.request(
        "initialize",
        """
        {"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}
        """);
    client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return client;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        take(line);
        line = lines.readLine();
      }
    } catch (IOException e) {
      // The process is gone.
    }
  }

  private void take(String line) {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (RuntimeException e) {
      strayLines.add(line);
      return;
    }
    if (!"2.0".equals(message.path("jsonrpc").asString(""))) {
      strayLines.add(line);
    } else if (message.path("id").isNumber()) {
      synchronized (answers) {
        answers.put(message.path("id").asInt(), message);
        answers.notifyAll();
      }
    } else {
      notifications.add(message);
    }
  }

  synchronized void send(String line) throws IOException {
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /// Sends a request without waiting.
  synchronized int post(String method, String params) throws IOException {
    int id = ++number;
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\""
            + method
            + "\",\"params\":"
            + params.strip().replace("\n", " ")
            + "}");
    return id;
  }

  /// The answer, or null when none came in time.
  @Nullable JsonNode await(int id, long patience) throws InterruptedException {
    long until = System.nanoTime() + patience * 1_000_000;
    synchronized (answers) {
      while (!answers.containsKey(id)) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return null;
        }
        answers.wait(left);
      }
      return answers.get(id);
    }
  }

  JsonNode request(String method, String params) throws IOException, InterruptedException {
    JsonNode answer = await(post(method, params), PATIENCE);
    if (answer == null) {
      throw new AssertionError("No answer to " + method);
    }
    return answer.path("result").isMissingNode() ? answer : answer.path("result");
  }

  JsonNode call(String tool, String arguments) throws IOException, InterruptedException {
    return request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
  }

  JsonNode query(String sql) throws IOException, InterruptedException {
    return call("query", "{\"connection\":\"shop\",\"sql\":" + JSON.writeValueAsString(sql) + "}");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    in.close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
