package dev.sluice.gateway.direct;

import java.nio.file.Path;

/// The host that a tunnel goes through.
///
/// @param host name or address
/// @param port 22 as a rule
/// @param user account there
/// @param proof how the person shows who they are there
public record SshHop(String host, int port, String user, Proof proof) {

  public SshHop {
    if (!host.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})|[0-9A-Fa-f:.]{2,45}")) {
      throw new IllegalArgumentException("Not a host name or address: " + host);
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("Not a port: " + port);
    }
    if (!user.matches("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}")) {
      throw new IllegalArgumentException("Not an account name: " + user);
    }
  }

  /// How the person shows who they are.
  public sealed interface Proof {
    /// The keys that the agent of this machine holds; they never leave it.
    record Agent() implements Proof {}

    /// A private key in a file; its passphrase is asked for, not kept.
    record KeyFile(Path file) implements Proof {}

    /// A password; asked for, not kept.
    record Password() implements Proof {}
  }
}
