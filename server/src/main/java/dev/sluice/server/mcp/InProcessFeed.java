package dev.sluice.server.mcp;

import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Push;
import dev.sluice.server.approvals.Approvals;
import dev.sluice.server.directory.Session;
import dev.sluice.server.push.Outbox;
import dev.sluice.server.push.Streams;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// The server's pushes for a workspace inside the server, on one virtual thread until closed.
final class InProcessFeed implements Workspace.Subscription {

  private static final long PATIENCE = 60_000;

  private final Streams.Stream stream;
  private final Consumer<WorkspaceEvent> listener;
  private final Thread reader;
  private volatile boolean closed;

  InProcessFeed(
      Streams streams, Approvals approvals, Session session, Consumer<WorkspaceEvent> listener) {
    this.listener = listener;
    this.stream =
        streams.open(
            session.id(),
            session.principalKey(),
            row -> meant(row, session, approvals),
            OptionalLong.empty());
    this.reader = Thread.ofVirtual().name("sluice-agent-feed").start(this::read);
  }

  private static boolean meant(Outbox.Row row, Session session, Approvals approvals) {
    return switch (row.audience()) {
      case Outbox.EVERYBODY -> true;
      case Outbox.REQUEST ->
          row.request().filter(request -> approvals.visible(request, session.actor())).isPresent();
      default -> row.audience().equals(session.principalKey());
    };
  }

  private void read() {
    try (stream) {
      boolean going = true;
      while (going && !closed) {
        Streams.Batch batch = stream.next(PATIENCE);
        batch.rows().forEach(row -> tell(row.json()));
        going = batch.ended().isEmpty() && !batch.closed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String json) {
    Push push;
    try {
      push = JsonCodec.read(json, Push.class);
    } catch (JsonCodec.MalformedJson e) {
      return;
    }
    switch (push.kind()) {
      case "request-changed" ->
          push.request()
              .ifPresent(
                  request ->
                      listener.accept(new WorkspaceEvent.RequestChanged(request, push.reason())));
      case "policy-changed" -> listener.accept(new WorkspaceEvent.PolicyChanged(push.number()));
      default -> {
        // The rest is for windows.
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
  }
}
