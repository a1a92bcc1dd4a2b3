package dev.sluice.server;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewReview;
import dev.sluice.server.store.StoreConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How long a decision takes to reach the requester's open stream while many streams are open.
final class PushBenchmark {

  private static final List<String> PEOPLE =
      List.of("analyst", "owner", "other", "second-owner", "auditor");

  private static final long PAUSE = 250;

  private PushBenchmark() {}

  /// One open stream, read by a thread of its own.
  private static final class Reader implements AutoCloseable {
    private final Socket socket;

    /// @param listener takes every data line
    Reader(URI server, RawClient client, java.util.function.Consumer<String> listener)
        throws Exception {
      socket = new Socket(server.getHost(), server.getPort());
      socket.setTcpNoDelay(true);
      StringBuilder request = new StringBuilder("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n");
      Map<String, String> headers = client.headers(client.proof("GET", "/v1/events", ""));
      headers.forEach(
          (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      if (!lines.readLine().contains("200")) {
        throw new IOException("The stream was refused.");
      }
      Thread.startVirtualThread(
          () -> {
            try {
              for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                  listener.accept(line);
                }
              }
            } catch (IOException e) {
              // The benchmark closed it.
            }
          });
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

  /// Milliseconds from sending the decision to reading it on the requester's stream, sorted.
  ///
  /// @param deciding where the decision is made
  /// @param listening where the streams are open
  static double[] run(TestServer deciding, TestServer listening, int streams, int decisions)
      throws Exception {
    Map<String, Long> arrived = new ConcurrentHashMap<>();
    Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
    RawClient requester = RawClient.signIn(deciding.server().address(), "analyst");
    RawClient approver = RawClient.signIn(deciding.server().address(), "owner");
    List<RawClient> listeners = new ArrayList<>();
    for (String person : PEOPLE) {
      listeners.add(RawClient.signIn(listening.server().address(), person));
    }
    List<Reader> open = new ArrayList<>();
    try {
      for (int i = 0; i < streams; i++) {
        boolean measured = i == 0;
        open.add(
            new Reader(
                listening.server().address(),
                listeners.get(i % listeners.size()),
                line -> {
                  int id = line.indexOf("\"id\":\"");
                  if (measured && line.contains("\"APPROVED\"") && id > 0) {
                    String request = line.substring(id + 6, id + 38);
                    arrived.putIfAbsent(request, System.nanoTime());
                    awaited.getOrDefault(request, new CountDownLatch(1)).countDown();
                  }
                }));
      }
      while (listening.server().openStreams() < streams) {
        Thread.sleep(20);
      }
      double[] took = new double[decisions];
      for (int i = 0; i < decisions; i++) {
        ApprovalRequest asked =
            JsonCodec.read(
                requester
                    .send(
                        "POST",
                        "/v1/approvals",
                        JsonCodec.write(
                            TestServer.wants("UPDATE orders SET status = 'x' WHERE id = " + i)))
                    .body(),
                ApprovalRequest.class);
        // Nobody decides in the same moment: the request has reached all streams by then.
        Thread.sleep(PAUSE);
        CountDownLatch latch = new CountDownLatch(1);
        awaited.put(asked.id(), latch);
        String body = JsonCodec.write(new NewReview(Verdict.APPROVE, "benchmark"));
        long sent = System.nanoTime();
        approver.send("POST", "/v1/approvals/" + asked.id() + "/reviews", body);
        if (!latch.await(20, TimeUnit.SECONDS)) {
          throw new IllegalStateException("A decision never arrived.");
        }
        took[i] = (arrived.get(asked.id()) - sent) / 1e6;
      }
      Arrays.sort(took);
      return took;
    } finally {
      open.forEach(Reader::close);
    }
  }

  /// `push [STREAMS [DECISIONS]]`.
  static void main(PrintStream out, String... arguments) throws Exception {
    int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int decisions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    Path folder = Files.createTempDirectory("sluice-bench");
    try (TestServer one = TestServer.start(folder)) {
      run(one, one, 10, 30);
      print(out, "one server, SQLite", streams, run(one, one, streams, decisions));
    }
    Path shared = Files.createTempDirectory("sluice-bench");
    StoreConfig store = TestServer.freshPostgreSqlStore();
    try (TestServer one = TestServer.start(shared, config -> config.withStore(store));
        TestServer two = TestServer.start(shared, config -> config.withStore(store))) {
      run(one, two, 10, 30);
      print(out, "one server, PostgreSQL", streams, run(one, one, streams, decisions));
      print(
          out,
          "decided on one server, streams on another",
          streams,
          run(one, two, streams, decisions));
    }
  }

  private static void print(PrintStream out, String name, int streams, double[] took) {
    out.printf(
        Locale.ROOT,
        "%s, %,d streams: decision to requester's stream p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
        name,
        streams,
        took[took.length / 2],
        took[(int) (took.length * 0.99)],
        took[took.length - 1]);
  }
}
