package dev.sluice.gateway.direct;

import dev.sluice.gateway.direct.TunnelProblem.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/// A tunnel through one host to one database: a port of this machine's loopback leads there while
/// it is open. The host's key is checked before anything is shown to it; nothing of the person's
/// own SSH settings is read but the file of known hosts. A dead line is noticed by unanswered
/// heartbeats.
public final class SshTunnel implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int MISSED_HEARTBEATS = 3;

  private final SshClient client;
  private final ClientSession session;
  private final int port;

  private SshTunnel(SshClient client, ClientSession session, int port) {
    this.client = client;
    this.session = session;
    this.port = port;
  }

  /// Blocks for at most some twenty seconds.
  ///
  /// @param secret password or passphrase, empty where none is needed
  /// @param known file of known hosts, as `ssh` keeps it; made when a first key is agreed to
  /// @param agreed fingerprint of a new host's key that the person has compared, empty for none
  /// @param host of the database, as the other side knows it
  public static SshTunnel open(
      SshHop hop, String secret, Path known, String agreed, String host, int port)
      throws TunnelProblem {
    try {
      InetAddress.getByName(hop.host());
    } catch (UnknownHostException e) {
      throw new TunnelProblem(Kind.UNKNOWN_NAME, "");
    }
    HostKeys keys = new HostKeys(known, agreed);
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(keys);
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MISSED_HEARTBEATS);
    if (hop.proof() instanceof SshHop.Proof.Agent) {
      client.setAgentFactory(AgentSocket.factory(agentSocket()));
    }
    client.start();
    try {
      ClientSession session = session(client, hop, keys);
      prove(session, hop, secret);
      SshdSocketAddress bound =
          session.startLocalPortForwarding(
              new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(host, port));
      return new SshTunnel(client, session, bound.getPort());
    } catch (IOException e) {
      client.stop();
      throw new TunnelProblem(Kind.FAILED, keys.shown());
    } catch (TunnelProblem e) {
      client.stop();
      throw e;
    }
  }

  private static Path agentSocket() throws TunnelProblem {
    String socket = System.getProperty("sluice.ssh-agent", System.getenv("SSH_AUTH_SOCK"));
    if (socket == null || socket.isBlank() || !Files.exists(Path.of(socket))) {
      throw new TunnelProblem(Kind.NO_AGENT, "");
    }
    return Path.of(socket);
  }

  private static ClientSession session(SshClient client, SshHop hop, HostKeys keys)
      throws TunnelProblem {
    try {
      ClientSession session =
          client.connect(hop.user(), hop.host(), hop.port()).verify(PATIENCE).getSession();
      // The key is compared while the line is set up, before anybody signs in.
      session.waitFor(
          java.util.EnumSet.of(
              ClientSession.ClientSessionEvent.WAIT_AUTH, ClientSession.ClientSessionEvent.CLOSED),
          PATIENCE);
      if (session.isOpen() && !keys.shown().isEmpty()) {
        return session;
      }
    } catch (IOException | UnresolvedAddressException e) {
      if (keys.shown().isEmpty()) {
        throw new TunnelProblem(
            has(e, ConnectException.class) && !timedOut(e) ? Kind.REFUSED : Kind.NO_ANSWER, "");
      }
    }
    if (keys.shown().isEmpty()) {
      throw new TunnelProblem(Kind.NO_ANSWER, "");
    }
    throw new TunnelProblem(
        keys.isChanged() ? Kind.CHANGED_HOST_KEY : Kind.NEW_HOST_KEY, keys.shown());
  }

  private static void prove(ClientSession session, SshHop hop, String secret) throws TunnelProblem {
    switch (hop.proof()) {
      case SshHop.Proof.Agent agent -> {}
      case SshHop.Proof.Password password -> session.addPasswordIdentity(secret);
      case SshHop.Proof.KeyFile file -> addKeys(session, file.file(), secret);
    }
    try {
      session.auth().verify(PATIENCE);
    } catch (IOException e) {
      throw new TunnelProblem(Kind.NOT_LET_IN, "");
    }
  }

  private static void addKeys(ClientSession session, Path file, String secret)
      throws TunnelProblem {
    try (var in = Files.newInputStream(file)) {
      Iterable<KeyPair> pairs =
          SecurityUtils.loadKeyPairIdentities(
              session, file::toString, in, FilePasswordProvider.of(secret));
      if (pairs == null || !pairs.iterator().hasNext()) {
        throw new TunnelProblem(Kind.KEY_UNREADABLE, "");
      }
      pairs.forEach(session::addPublicKeyIdentity);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new TunnelProblem(Kind.KEY_UNREADABLE, "");
    }
  }

  private static boolean has(Throwable problem, Class<? extends Throwable> type) {
    for (Throwable at = problem; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean timedOut(Throwable problem) {
    return has(problem, java.util.concurrent.TimeoutException.class)
        || has(problem, java.net.SocketTimeoutException.class);
  }

  /// The port of 127.0.0.1 that leads to the database.
  public int port() {
    return port;
  }

  /// Whether the line still stands, as far as is known.
  public boolean isOpen() {
    return session.isOpen();
  }

  @Override
  public void close() {
    session.close(true);
    client.stop();
  }
}
