package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// RFC 5424 over TCP or TLS, one connection, each message led by its length.
final class SyslogCourier implements Courier {

  private static final int AUDIT = 13;
  private static final int PATIENCE = 10_000;

  private final String origin;
  private final Sink.Syslog sink;
  private Optional<Socket> open = Optional.empty();

  SyslogCourier(String origin, Sink.Syslog sink) {
    this.origin = origin;
    this.sink = sink;
  }

  @Override
  public void deliver(long sequence, AuditEvent event) throws IOException {
    byte[] message = message(sequence, event).getBytes(StandardCharsets.UTF_8);
    try {
      Socket socket = open.isPresent() ? open.get() : connect();
      open = Optional.of(socket);
      // A receiver that has gone is only noticed by reading: syslog never answers.
      socket.setSoTimeout(1);
      try {
        if (socket.getInputStream().read() < 0) {
          throw new IOException("The receiver closed the connection.");
        }
      } catch (java.net.SocketTimeoutException e) {
        // It is still there.
      }
      byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
      byte[] frame = java.util.Arrays.copyOf(length, length.length + message.length);
      System.arraycopy(message, 0, frame, length.length, message.length);
      socket.getOutputStream().write(frame);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  String message(long sequence, AuditEvent event) throws IOException {
    int severity = Ocsf.refused(event) ? 4 : 6;
    return "<"
        + (AUDIT * 8 + severity)
        + ">1 "
        + DateTimeFormatter.ISO_INSTANT.format(event.at().truncatedTo(ChronoUnit.MILLIS))
        + " "
        + InetAddress.getLocalHost().getHostName().replaceAll("[^\\x21-\\x7e]", "?")
        + " sluice "
        + ProcessHandle.current().pid()
        + " "
        + event.kind().replaceAll("[^\\x21-\\x7e]", "?")
        + " [sluice@32473 sequence=\""
        + sequence
        + "\" id=\""
        + event.id().replaceAll("[\\\\\"\\]]", "")
        + "\"] \ufeff"
        + Ocsf.line(origin, sequence, event);
  }

  private Socket connect() throws IOException {
    Socket plain = new Socket();
    plain.connect(new InetSocketAddress(sink.host(), sink.port()), PATIENCE);
    if (!sink.tls()) {
      return plain;
    }
    try {
      SSLSocket secure =
          (SSLSocket)
              context().getSocketFactory().createSocket(plain, sink.host(), sink.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.setSoTimeout(PATIENCE);
      secure.startHandshake();
      return secure;
    } catch (GeneralSecurityException e) {
      plain.close();
      throw new IOException("The certificates to trust cannot be used.", e);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private SSLContext context() throws GeneralSecurityException, IOException {
    if (sink.trust().isEmpty()) {
      return SSLContext.getDefault();
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(sink.trust().get())) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("trusted-" + number++, one);
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @Override
  public boolean putsAside() {
    return false;
  }

  @Override
  public void close() {
    try {
      if (open.isPresent()) {
        open.get().close();
      }
    } catch (IOException e) {
      // It is gone either way.
    }
    open = Optional.empty();
  }
}
