package dev.sluice.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A line to a server that a test can cut.
final class CuttableProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean down;

  CuttableProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Cuts every open line, and refuses new ones until [#mend].
  void cut() throws IOException {
    down = true;
    for (Socket socket : open) {
      socket.close();
    }
  }

  void mend() {
    down = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        if (down) {
          client.close();
        } else {
          Socket server = new Socket("127.0.0.1", target);
          open.add(client);
          open.add(server);
          Thread.startVirtualThread(() -> copy(client, server));
          Thread.startVirtualThread(() -> copy(server, client));
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // Cut.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
