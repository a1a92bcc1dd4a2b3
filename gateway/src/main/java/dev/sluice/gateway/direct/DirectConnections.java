package dev.sluice.gateway.direct;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.managed.ManagedSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A person's direct connections: described in files, opened with secrets that are in memory only.
/// One per window; safe for use by many threads. Its calls may block.
public final class DirectConnections implements AutoCloseable {

  private final Optional<DirectFiles> files;
  private final Path knownHosts;
  private final Map<String, DirectSecrets> secrets = new HashMap<>();
  private final Map<String, SshTunnel> tunnels = new HashMap<>();

  /// @param folder where they are described; made when the first is saved
  /// @param knownHosts the file of known SSH hosts
  public DirectConnections(Path folder, Path knownHosts) {
    this.files = Optional.of(new DirectFiles(folder));
    this.knownHosts = knownHosts;
  }

  private DirectConnections() {
    files = Optional.empty();
    knownHosts = Path.of("");
  }

  /// Below a state folder, with the person's own file of known hosts.
  public static DirectConnections in(Path state) {
    return new DirectConnections(
        state.resolve("direct"), Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
  }

  /// As above where the machine's administrator lets people have some; none otherwise.
  public static DirectConnections in(Path state, ManagedSettings settings) {
    return settings.ownConnectionsAllowed() ? in(state) : none();
  }

  /// For those who have none: agents and pipelines.
  public static DirectConnections none() {
    return new DirectConnections();
  }

  /// By name; what cannot be read is left out.
  public List<DirectConnection> list() {
    return files.map(DirectFiles::list).orElse(List.of());
  }

  public Optional<DirectConnection> find(String name) {
    return list().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /// Writes the description down and remembers the secrets until the window closes.
  ///
  /// @throws IOException when the disk does not take it
  public synchronized void save(DirectConnection connection, DirectSecrets given)
      throws IOException {
    described().save(connection);
    unlock(connection.name(), given);
  }

  /// Remembers the secrets until the window closes. What was open is opened anew.
  public synchronized void unlock(String name, DirectSecrets given) {
    secrets.put(name, given);
    closeTunnel(name);
  }

  public synchronized void remove(String name) throws IOException {
    described().remove(name);
    secrets.remove(name);
    closeTunnel(name);
  }

  private DirectFiles described() throws IOException {
    return files.orElseThrow(() -> new IOException("There are no direct connections here."));
  }

  /// Whether it can be opened without asking the person for something.
  public synchronized boolean isUnlocked(DirectConnection connection) {
    return connection.isFile() || secrets.containsKey(connection.name());
  }

  public DirectTrial.Result test(
      DirectConnection connection, DirectSecrets given, String agreedHostKey) {
    return DirectTrial.of(connection, given, knownHosts, agreedHostKey);
  }

  /// The password of the database login, as typed.
  public synchronized String password(String name) {
    return secrets.getOrDefault(name, DirectSecrets.NONE).database();
  }

  /// How the driver gets there now. A tunnel that is gone, as after sleep, is dug again.
  public synchronized ConnectionDefinition way(DirectConnection connection) throws TunnelProblem {
    Optional<SshHop> hop = connection.hop();
    if (hop.isEmpty()) {
      return connection.definition(0);
    }
    @Nullable SshTunnel open = tunnels.get(connection.name());
    if (open != null && open.isOpen()) {
      return connection.definition(open.port());
    }
    closeTunnel(connection.name());
    SshTunnel fresh =
        SshTunnel.open(
            hop.get(),
            secrets.getOrDefault(connection.name(), DirectSecrets.NONE).hop(),
            knownHosts,
            "",
            connection.host(),
            connection.port());
    tunnels.put(connection.name(), fresh);
    return connection.definition(fresh.port());
  }

  /// The next use digs the tunnel again.
  public synchronized void closeTunnel(String name) {
    @Nullable SshTunnel open = tunnels.remove(name);
    if (open != null) {
      open.close();
    }
  }

  /// Fills in the tunnels and forgets the secrets.
  @Override
  public synchronized void close() {
    List.copyOf(tunnels.keySet()).forEach(this::closeTunnel);
    secrets.clear();
  }
}
