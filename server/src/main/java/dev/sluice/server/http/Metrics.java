package dev.sluice.server.http;

import dev.sluice.server.Problems;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Figures for Prometheus, in its text format 0.0.4. Labels are routes and status codes, never
/// names of people, connections or anything they typed.
public final class Metrics {

  private static final double NANOS = 1e9;

  private final Optional<String> token;
  private final Map<String, LongSupplier> gauges = new LinkedHashMap<>();
  private final Map<String, Requests> requests = new ConcurrentHashMap<>();

  private static final class Requests {
    final LongAdder count = new LongAdder();
    final LongAdder nanos = new LongAdder();
  }

  /// @param token who shows it may read; without one, only this machine may
  public Metrics(Optional<String> token) {
    this.token = token;
  }

  /// A figure that is asked for when somebody reads.
  public Metrics gauge(String name, LongSupplier value) {
    gauges.put(name, value);
    return this;
  }

  void count(Route route, int status, long nanos) {
    String labels =
        String.format(
            Locale.ROOT,
            "method=\"%s\",route=\"%s\",status=\"%d\"",
            route.method().name(),
            route.path(),
            status);
    Requests seen = requests.computeIfAbsent(labels, key -> new Requests());
    seen.count.increment();
    seen.nanos.add(nanos);
  }

  void serve(Exchange exchange) {
    if (!mayRead(exchange)) {
      throw Problems.forbidden();
    }
    exchange.context().contentType("text/plain; version=0.0.4; charset=utf-8").result(text());
  }

  private boolean mayRead(Exchange exchange) {
    if (token.isPresent()) {
      return MessageDigest.isEqual(
          ("Bearer " + token.get()).getBytes(StandardCharsets.UTF_8),
          exchange.header("Authorization").getBytes(StandardCharsets.UTF_8));
    }
    try {
      // Through a proxy on this machine everybody would come from this machine.
      return InetAddress.getByName(exchange.remote()).isLoopbackAddress()
          && exchange.header("X-Forwarded-For").isEmpty()
          && exchange.header("Forwarded").isEmpty();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    gauges.forEach(
        (name, value) -> {
          text.append("# TYPE ").append(name).append(" gauge\n");
          text.append(name).append(' ').append(value.getAsLong()).append('\n');
        });
    text.append("# TYPE sluice_http_requests_seconds summary\n");
    new TreeMap<>(requests)
        .forEach(
            (labels, seen) -> {
              text.append("sluice_http_requests_seconds_count{")
                  .append(labels)
                  .append("} ")
                  .append(seen.count.sum())
                  .append('\n');
              text.append("sluice_http_requests_seconds_sum{")
                  .append(labels)
                  .append("} ")
                  .append(seen.nanos.sum() / NANOS)
                  .append('\n');
            });
    return text.toString();
  }
}
