package dev.sluice.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// One open stream of server-sent events, read by a thread of its own.
final class StreamReader implements AutoCloseable {

  private static final String PATH = "/v1/events";

  private final Socket socket;

  /// @param listener takes every data line
  StreamReader(DeviceClient client, Consumer<String> listener) throws IOException {
    socket = new Socket(client.address().getHost(), client.address().getPort());
    socket.setTcpNoDelay(true);
    StringBuilder request = new StringBuilder("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n");
    client
        .headers("GET", PATH, "")
        .forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    socket
        .getOutputStream()
        .write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    if (!String.valueOf(lines.readLine()).contains("200")) {
      throw new IOException("The stream was refused.");
    }
    Thread.startVirtualThread(() -> read(lines, listener));
  }

  private static void read(BufferedReader lines, Consumer<String> listener) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          listener.accept(line);
        }
      }
    } catch (IOException e) {
      // The benchmark closed it.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
