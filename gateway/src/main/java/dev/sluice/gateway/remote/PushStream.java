package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Push;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a server's pushes on a thread of its own. When the link breaks it comes back, waiting
/// longer each time, and goes on after the last message it saw.
final class PushStream implements Workspace.Subscription {

  private static final String PATH = "/v1/events";
  private static final long SHORTEST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 10_000;

  private final Transport transport;
  private final ClientSession session;
  private final Consumer<WorkspaceEvent> listener;
  private final Thread reader;
  private volatile boolean closed;
  private volatile @Nullable InputStream open;
  private String lastSeen = "";
  private long pause = SHORTEST_PAUSE;
  private boolean online = true;

  PushStream(Transport transport, ClientSession session, Consumer<WorkspaceEvent> listener) {
    this.transport = transport;
    this.session = session;
    this.listener = listener;
    this.reader = Thread.ofVirtual().name("sluice-pushes").start(this::run);
  }

  private void run() {
    while (!closed) {
      try {
        read();
      } catch (IOException e) {
        link(false);
      } catch (WorkspaceProblem e) {
        if (session.isEnded()) {
          end("The session has ended.");
          return;
        }
        link(false);
      } catch (InterruptedException e) {
        return;
      }
      if (!closed && !rest()) {
        return;
      }
    }
  }

  private void read() throws IOException, InterruptedException, WorkspaceProblem {
    Map<String, String> headers = new LinkedHashMap<>(session.streamHeaders(PATH));
    if (!lastSeen.isEmpty()) {
      headers.put("Last-Event-ID", lastSeen);
    }
    HttpResponse<InputStream> answer = transport.stream(PATH, headers);
    session.takeNonce(answer);
    try (InputStream body = answer.body()) {
      open = body;
      if (answer.statusCode() != 200) {
        String text = new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
        WorkspaceProblem problem = RemoteProblems.of(answer.statusCode(), text);
        if (problem.code().equals("session-ended")) {
          // Asking for anything renews the token, or tells that the session is over.
          session.send("GET", "/v1/me", new byte[0], java.time.Duration.ofSeconds(10));
        }
        return;
      }
      link(true);
      pause = SHORTEST_PAUSE;
      messages(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
    } finally {
      open = null;
    }
    if (!closed) {
      link(false);
    }
  }

  private void messages(BufferedReader lines) throws IOException {
    StringBuilder data = new StringBuilder();
    String line = lines.readLine();
    while (line != null && !closed) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          deliver(data.toString());
        }
        data.setLength(0);
      } else if (line.startsWith("id:")) {
        lastSeen = line.substring(3).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring(5).strip());
      }
      line = lines.readLine();
    }
  }

  private void deliver(String json) {
    Push push;
    try {
      push = JsonCodec.read(json, Push.class);
    } catch (JsonCodec.MalformedJson e) {
      // A message of a newer server: what it is about shows when it is next asked for.
      return;
    }
    switch (push.kind()) {
      case "request-changed" ->
          push.request()
              .ifPresent(
                  request -> tell(new WorkspaceEvent.RequestChanged(request, push.reason())));
      case "policy-changed" -> tell(new WorkspaceEvent.PolicyChanged(push.number()));
      case "timeline-grew" -> tell(new WorkspaceEvent.TimelineGrew(push.number()));
      case "agents-changed" -> tell(new WorkspaceEvent.AgentsChanged());
      case "freeze-changed" -> tell(new WorkspaceEvent.FreezeChanged());
      case "session-ended" -> end(push.reason());
      case "resync" -> {
        // Messages were missed: a link that comes back makes every screen ask anew.
        link(false);
        link(true);
      }
      default -> {
        // A kind of a newer server.
      }
    }
  }

  private void link(boolean now) {
    if (online != now) {
      online = now;
      tell(new WorkspaceEvent.LinkChanged(now));
    }
  }

  private void end(String reason) {
    if (!closed) {
      closed = true;
      session.end();
      tell(new WorkspaceEvent.SessionEnded(reason));
    }
  }

  private void tell(WorkspaceEvent event) {
    listener.accept(event);
  }

  /// Waits before the next attempt.
  ///
  /// @return false when it was interrupted
  private boolean rest() {
    try {
      Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
      pause = Math.min(LONGEST_PAUSE, pause * 2);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    InputStream body = open;
    if (body != null) {
      try {
        body.close();
      } catch (IOException e) {
        // It is closed either way.
      }
    }
  }
}
