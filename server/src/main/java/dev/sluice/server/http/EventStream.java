package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Push;
import dev.sluice.server.approvals.Approvals;
import dev.sluice.server.directory.Session;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.push.Outbox;
import dev.sluice.server.push.Streams;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/// Writes one stream of server-sent events, on the request's own (virtual) thread, until the reader
/// goes, the session ends or the server stops.
final class EventStream {

  private static final long HEARTBEAT = 10_000;

  private final Streams streams;
  private final Sessions sessions;
  private final Approvals approvals;

  EventStream(Streams streams, Sessions sessions, Approvals approvals) {
    this.streams = streams;
    this.sessions = sessions;
    this.approvals = approvals;
  }

  void serve(Exchange exchange) {
    Session session = exchange.session();
    OptionalLong lastSeen = lastSeen(exchange.header("Last-Event-ID"));
    HttpServletResponse response = exchange.context().res();
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    try (Streams.Stream stream =
        streams.open(session.id(), session.principalKey(), row -> meant(row, session), lastSeen)) {
      ServletOutputStream out = response.getOutputStream();
      write(out, "id: " + stream.place() + "\n: open\n\n");
      boolean going = true;
      while (going) {
        Streams.Batch batch = stream.next(HEARTBEAT);
        going = send(out, batch, stream.place(), session);
      }
    } catch (IOException e) {
      // The reader went away; it will come back with the last id it saw.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean send(ServletOutputStream out, Streams.Batch batch, long place, Session session)
      throws IOException {
    if (batch.rows().size() == 1 && batch.timeline() == 0 && batch.ended().isEmpty()) {
      out.write(batch.rows().getFirst().message());
      out.flush();
      return !batch.closed();
    }
    StringBuilder text = new StringBuilder();
    if (batch.resync()) {
      append(text, OptionalLong.empty(), new Push("resync", Optional.empty(), 0, ""));
    }
    for (Outbox.Row row : batch.rows()) {
      text.append("id: ").append(row.sequence()).append("\ndata: ").append(row.json());
      text.append("\n\n");
    }
    if (batch.timeline() > 0) {
      append(
          text,
          OptionalLong.empty(),
          new Push("timeline-grew", Optional.empty(), batch.timeline(), ""));
    }
    String ended = batch.ended();
    if (ended.isEmpty() && text.isEmpty() && !sessions.isLive(session.id())) {
      ended = "The session expired.";
    }
    if (!ended.isEmpty()) {
      append(text, OptionalLong.empty(), new Push("session-ended", Optional.empty(), 0, ended));
    }
    write(out, text.isEmpty() ? "id: " + place + "\n: still here\n\n" : text.toString());
    return ended.isEmpty() && !batch.closed();
  }

  private boolean meant(Outbox.Row row, Session session) {
    return switch (row.audience()) {
      case Outbox.EVERYBODY -> true;
      case Outbox.REQUEST ->
          row.request().filter(request -> approvals.visible(request, session.actor())).isPresent();
      default -> row.audience().equals(session.principalKey());
    };
  }

  private static void append(StringBuilder text, OptionalLong id, Push push) {
    id.ifPresent(number -> text.append("id: ").append(number).append('\n'));
    text.append("data: ").append(JsonCodec.write(push)).append("\n\n");
  }

  private static OptionalLong lastSeen(String header) {
    return header.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(header))
        : OptionalLong.empty();
  }

  private static void write(ServletOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
