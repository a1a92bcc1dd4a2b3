package dev.sluice.gateway.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.gateway.TestPostgres;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.direct.TunnelProblem.Kind;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real SSH server with a real PostgreSQL behind it.
class SshTunnelTest {

  @TempDir Path folder;

  private SshServer server = SshServer.setUpDefaultServer();
  private Path known = Path.of("");

  @BeforeEach
  void start() throws Exception {
    known = folder.resolve("known_hosts");
    server = serve(0, folder.resolve("host-key-1"));
  }

  private SshServer serve(int port, Path hostKey) throws Exception {
    key(hostKey);
    SshServer fresh = SshServer.setUpDefaultServer();
    fresh.setHost("127.0.0.1");
    fresh.setPort(port);
    fresh.setKeyPairProvider(
        KeyPairProvider.wrap(
            org.apache.sshd.common.util.security.SecurityUtils.loadKeyPairIdentities(
                null, hostKey::toString, Files.newInputStream(hostKey), null)));
    fresh.setPasswordAuthenticator((user, word, session) -> word.equals("let me in"));
    fresh.setPublickeyAuthenticator(
        new AuthorizedKeysAuthenticator(folder.resolve("authorized_keys")));
    fresh.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    fresh.start();
    return fresh;
  }

  /// Ed25519, as people have them today.
  private static void key(Path file, String... passphrase) throws Exception {
    KeyPair pair = KeyUtils.generateKeyPair("ssh-ed25519", 256);
    OpenSSHKeyEncryptionContext seal = null;
    if (passphrase.length > 0) {
      seal = new OpenSSHKeyEncryptionContext();
      seal.setPassword(passphrase[0]);
      seal.setCipherType("256");
    }
    var writer = OpenSSHKeyPairResourceWriter.INSTANCE;
    try (var out = Files.newOutputStream(file)) {
      writer.writePrivateKey(pair, "ann", seal, out);
    }
    try (var out = Files.newOutputStream(Path.of(file + ".pub"))) {
      writer.writePublicKey(pair, "ann", out);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop(true);
  }

  private SshHop hop(SshHop.Proof proof) {
    return new SshHop("127.0.0.1", server.getPort(), "ann", proof);
  }

  private SshTunnel open(SshHop.Proof proof, String secret, ConnectionDefinition database)
      throws TunnelProblem {
    String agreed = "";
    try {
      SshTunnel.open(hop(proof), secret, known, "", database.host(), database.port()).close();
    } catch (TunnelProblem e) {
      assertThat(e.kind()).isEqualTo(Kind.NEW_HOST_KEY);
      agreed = e.fingerprint();
    }
    return SshTunnel.open(hop(proof), secret, known, agreed, database.host(), database.port());
  }

  private static int answer(SshTunnel tunnel, ConnectionDefinition database) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + tunnel.port() + "/" + database.database(),
                "postgres",
                "postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 41 + 1")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void a_new_host_is_trusted_only_with_its_fingerprint_and_known_afterwards() throws Exception {
    ConnectionDefinition database = TestPostgres.database("tunnel_first");
    try (SshTunnel tunnel = open(new SshHop.Proof.Password(), "let me in", database)) {
      assertThat(answer(tunnel, database)).isEqualTo(42);
      assertThat(tunnel.isOpen()).isTrue();
    }
    // No fingerprint is asked for any more.
    try (SshTunnel tunnel =
        SshTunnel.open(
            hop(new SshHop.Proof.Password()),
            "let me in",
            known,
            "",
            database.host(),
            database.port())) {
      assertThat(answer(tunnel, database)).isEqualTo(42);
    }
    assertThat(Files.readString(known)).contains("ssh-ed25519");
  }

  @Test
  void a_changed_host_key_is_refused_whatever_was_agreed_to() throws Exception {
    ConnectionDefinition database = TestPostgres.database("tunnel_changed");
    open(new SshHop.Proof.Password(), "let me in", database).close();
    int port = server.getPort();
    server.stop(true);
    server = serve(port, folder.resolve("host-key-2"));
    assertThatThrownBy(
            () ->
                SshTunnel.open(
                    hop(new SshHop.Proof.Password()), "let me in", known, "", "127.0.0.1", 5432))
        .isInstanceOfSatisfying(
            TunnelProblem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Kind.CHANGED_HOST_KEY);
              assertThatThrownBy(
                      () ->
                          SshTunnel.open(
                              hop(new SshHop.Proof.Password()),
                              "let me in",
                              known,
                              problem.fingerprint(),
                              "127.0.0.1",
                              5432))
                  .isInstanceOf(TunnelProblem.class);
            });
  }

  @Test
  void a_key_with_a_passphrase_and_a_key_of_the_agent_open_the_way() throws Exception {
    ConnectionDefinition database = TestPostgres.database("tunnel_keys");
    Path mine = folder.resolve("id");
    key(mine, "correct horse");
    Files.copy(folder.resolve("id.pub"), folder.resolve("authorized_keys"));
    try (SshTunnel tunnel = open(new SshHop.Proof.KeyFile(mine), "correct horse", database)) {
      assertThat(answer(tunnel, database)).isEqualTo(42);
    }
    assertThatThrownBy(
            () ->
                SshTunnel.open(
                    hop(new SshHop.Proof.KeyFile(mine)), "wrong", known, "", "127.0.0.1", 5432))
        .isInstanceOfSatisfying(
            TunnelProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(Kind.KEY_UNREADABLE));
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-agent")), "no agent here");
    Path plain = folder.resolve("plain");
    key(plain);
    Files.copy(
        folder.resolve("plain.pub"),
        folder.resolve("authorized_keys"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Path socket = folder.resolve("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (!Files.exists(socket)) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", plain.toString());
      add.environment().put("SSH_AUTH_SOCK", socket.toString());
      assertThat(add.start().waitFor()).isZero();
      System.setProperty("sluice.ssh-agent", socket.toString());
      try (SshTunnel tunnel = open(new SshHop.Proof.Agent(), "", database)) {
        assertThat(answer(tunnel, database)).isEqualTo(42);
      }
    } finally {
      System.clearProperty("sluice.ssh-agent");
      agent.destroy();
    }
  }

  @Test
  void what_stands_in_the_way_is_told_apart() throws Exception {
    ConnectionDefinition database = TestPostgres.database("tunnel_odd");
    open(new SshHop.Proof.Password(), "let me in", database).close();
    assertThat(kindOf("127.0.0.1", server.getPort(), "wrong")).isEqualTo(Kind.NOT_LET_IN);
    assertThat(kindOf("nobody.invalid", 22, "x")).isEqualTo(Kind.UNKNOWN_NAME);
    int free;
    try (ServerSocket taken = new ServerSocket(0)) {
      free = taken.getLocalPort();
    }
    assertThat(kindOf("127.0.0.1", free, "x")).isEqualTo(Kind.REFUSED);
    try (ServerSocket silent = new ServerSocket(0)) {
      assertThat(kindOf("127.0.0.1", silent.getLocalPort(), "x")).isEqualTo(Kind.NO_ANSWER);
    }
  }

  private Kind kindOf(String host, int port, String word) {
    try {
      SshTunnel.open(
              new SshHop(host, port, "ann", new SshHop.Proof.Password()),
              word,
              known,
              "",
              "127.0.0.1",
              5432)
          .close();
      throw new AssertionError("It is open.");
    } catch (TunnelProblem e) {
      return e.kind();
    }
  }
}
