package dev.sluice.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A line to PostgreSQL that breaks at a step of the store's writer that a test names: before what
/// the writer sends gets there, or after it got there and before the answer comes back. The line is
/// whole again at once.
final class FaultyLine implements AutoCloseable {

  /// Every commit of the log begins with it; afterwards its connection is known as the writer's.
  private static final String WRITER = "pg_advisory_xact_lock";

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private int steps;
  private int breakAt;
  private boolean afterwards;
  private boolean broke;

  FaultyLine(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// @param step from 1
  /// @param reached whether what is sent in this step still gets there
  synchronized void breakAt(int step, boolean reached) {
    steps = 0;
    breakAt = step;
    afterwards = reached;
    broke = false;
  }

  /// Breaks no more.
  ///
  /// @return whether it broke
  synchronized boolean mend() {
    breakAt = 0;
    return broke;
  }

  private enum Fate {
    PASSES,
    IS_LOST,
    LOSES_ITS_ANSWER
  }

  private synchronized Fate fate() {
    steps++;
    if (steps != breakAt) {
      return Fate.PASSES;
    }
    broke = true;
    return afterwards ? Fate.LOSES_ITS_ANSWER : Fate.IS_LOST;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket("127.0.0.1", target);
        open.add(client);
        open.add(server);
        Thread.startVirtualThread(() -> send(client, server));
        Thread.startVirtualThread(() -> answer(server, client));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void send(Socket client, Socket server) {
    boolean writer = false;
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] buffer = new byte[1 << 20];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        writer =
            writer || new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(WRITER);
        switch (writer ? fate() : Fate.PASSES) {
          case PASSES -> out.write(buffer, 0, read);
          case IS_LOST -> {
            return;
          }
          case LOSES_ITS_ANSWER -> {
            client.shutdownOutput();
            out.write(buffer, 0, read);
            out.flush();
            // What was sent is done before the line is gone.
            Thread.sleep(150);
            return;
          }
        }
        out.flush();
      }
    } catch (IOException e) {
      // Broken.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(Socket server, Socket client) {
    try (server;
        client) {
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // Broken.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
