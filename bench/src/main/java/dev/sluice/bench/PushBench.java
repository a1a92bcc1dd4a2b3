package dev.sluice.bench;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.NewReview;
import dev.sluice.server.SluiceServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How long a decision takes to reach the requester's open stream while many streams are open.
final class PushBench {

  private static final long PAUSE = 100;

  private PushBench() {}

  /// @param took milliseconds from sending the decision to reading it on the requester's stream,
  ///     sorted
  /// @param answered milliseconds until the decision itself was answered, sorted
  record Pushed(double[] took, double[] answered) {}

  /// @param deciding where the decision is made
  /// @param listening where the streams are open
  /// @param people that watch, the requester among them; further streams are theirs again
  static Pushed run(
      SluiceServer deciding, SluiceServer listening, int people, int streams, int decisions)
      throws Exception {
    Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
    AtomicLong arrived = new AtomicLong();
    DeviceClient requester = DeviceClient.signIn(deciding.address(), BenchServer.REQUESTER);
    DeviceClient approver = DeviceClient.signIn(deciding.address(), BenchServer.APPROVER);
    List<DeviceClient> watchers = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      watchers.add(DeviceClient.signIn(listening.address(), "watcher-" + i));
    }
    List<StreamReader> open = new ArrayList<>();
    try {
      for (int i = 0; i < streams; i++) {
        boolean measured = i == 0;
        open.add(
            new StreamReader(
                watchers.get(i % people),
                line -> {
                  int id = line.indexOf("\"id\":\"");
                  if (measured && line.contains("\"APPROVED\"") && id > 0) {
                    CountDownLatch latch = awaited.remove(line.substring(id + 6, id + 38));
                    if (latch != null) {
                      arrived.set(System.nanoTime());
                      latch.countDown();
                    }
                  }
                }));
      }
      while (listening.openStreams() < streams) {
        Thread.sleep(20);
      }
      double[] took = new double[decisions];
      double[] answered = new double[decisions];
      for (int i = 0; i < decisions; i++) {
        ApprovalRequest asked =
            JsonCodec.read(requester.post("/v1/approvals", wants(i)), ApprovalRequest.class);
        // Nobody decides in the same moment: the request has reached all streams by then.
        Thread.sleep(PAUSE);
        CountDownLatch latch = new CountDownLatch(1);
        awaited.put(asked.id(), latch);
        long sent = System.nanoTime();
        approver.post(
            "/v1/approvals/" + asked.id() + "/reviews",
            new NewReview(Verdict.APPROVE, "benchmark"));
        answered[i] = (System.nanoTime() - sent) / 1e6;
        if (!latch.await(20, TimeUnit.SECONDS)) {
          throw new IllegalStateException("A decision never arrived.");
        }
        took[i] = (arrived.get() - sent) / 1e6;
      }
      Arrays.sort(took);
      Arrays.sort(answered);
      return new Pushed(took, answered);
    } finally {
      open.forEach(StreamReader::close);
    }
  }

  private static NewApproval wants(int i) {
    return new NewApproval(
        "shop",
        "UPDATE orders SET status = 'x' WHERE id = " + i,
        List.of(),
        "a benchmark",
        "window",
        Map.of());
  }
}
