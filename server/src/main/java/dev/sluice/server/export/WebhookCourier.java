package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Posts to a web address. Follows no redirect and, unless told so, goes nowhere inside: an address
/// in the configuration must not become a way to the machines beside the server.
final class WebhookCourier implements Courier {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String origin;
  private final Sink.Webhook sink;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  WebhookCourier(String origin, Sink.Webhook sink) {
    this.origin = origin;
    this.sink = sink;
  }

  @Override
  public void deliver(long sequence, AuditEvent event)
      throws IOException, Refused, InterruptedException {
    checkAddress();
    String body =
        switch (sink.format()) {
          case GENERIC -> Ocsf.line(origin, sequence, event);
          case SLACK -> Notice.slack(Notice.words(event));
          case TEAMS -> Notice.teams(Notice.words(event));
        };
    HttpRequest.Builder request =
        HttpRequest.newBuilder(sink.address())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (sink.secret().isPresent()) {
      long now = Instant.now().getEpochSecond();
      request
          .header("Sluice-Timestamp", Long.toString(now))
          .header("Sluice-Delivery", event.id())
          .header("Sluice-Signature", "v1=" + sign(sink.secret().get(), now + "." + body));
    }
    int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      throw new IOException("The receiver answered " + status + ".");
    }
    throw new Refused("The receiver answered " + status + ".");
  }

  /// Hex HMAC-SHA-256.
  static String sign(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
    }
  }

  private void checkAddress() throws IOException, Refused {
    if (sink.inside()) {
      return;
    }
    // The platform remembers what it looked up for longer than it takes to connect.
    for (InetAddress address : InetAddress.getAllByName(sink.address().getHost())) {
      if (isInside(address)) {
        throw new Refused(
            "The address leads to this machine or a private network; only the server's"
                + " configuration file can allow that (inside: true).");
      }
    }
  }

  static boolean isInside(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    boolean carrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
    boolean reserved = bytes.length == 4 && (bytes[0] & 0xf0) == 0xf0;
    boolean benchmark = bytes.length == 4 && bytes[0] == (byte) 198 && (bytes[1] & 0xfe) == 18;
    // 64:ff9b::/96 and 2002::/16 carry an IPv4 address that is reached through a translator.
    boolean translated =
        bytes.length == 16
            && ((bytes[0] == 0 && bytes[1] == 0x64) || (bytes[0] == 0x20 && bytes[1] == 0x02));
    return uniqueLocal
        || carrier
        || thisNetwork
        || reserved
        || benchmark
        || translated
        || address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress();
  }

  @Override
  public boolean putsAside() {
    return true;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
