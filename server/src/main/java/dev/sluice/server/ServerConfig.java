package dev.sluice.server;

import dev.sluice.server.directory.AccountSeed;
import dev.sluice.server.directory.IdentityConfig;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Everything a server is started with. Make one with [#inFolder] and the `with` methods, or read
/// one from a file with [#load].
///
/// @param name shown to people
/// @param host address to listen on
/// @param port 0 for any; when it is taken, the next free one is used and said
/// @param store where the server's data lives
/// @param keyFile the server's own keys; made at the first start, readable by its owner only
/// @param targets governed databases
/// @param policy bundle to publish at start when its version is higher than the one in force
/// @param accounts local accounts to create or replace at start
/// @param identity whom it believes besides its own accounts
/// @param timings how long things hold
/// @param operations how it is run
/// @param clock the server's time
public record ServerConfig(
    String name,
    String host,
    int port,
    StoreConfig store,
    Path keyFile,
    List<Target> targets,
    Optional<String> policy,
    List<AccountSeed> accounts,
    IdentityConfig identity,
    Timings timings,
    Operations operations,
    InstantSource clock) {

  public ServerConfig {
    targets = List.copyOf(targets);
    accounts = List.copyOf(accounts);
  }

  /// A server on this machine only, any port, with its data in a folder.
  public static ServerConfig inFolder(Path folder) {
    return new ServerConfig(
        "Sluice",
        "127.0.0.1",
        0,
        new StoreConfig.Sqlite(folder.resolve("sluice-server.db")),
        folder.resolve("sluice-server.keys"),
        List.of(),
        Optional.empty(),
        List.of(),
        IdentityConfig.localOnly(),
        Timings.standard(),
        Operations.standard(),
        InstantSource.system());
  }

  /// Reads a configuration file; see [ServerConfigFile] for its form.
  ///
  /// @throws ServerConfigFile.Unreadable naming line, column and what was expected
  public static ServerConfig load(Path file) throws ServerConfigFile.Unreadable {
    return ServerConfigFile.read(file, System.getenv());
  }

  public ServerConfig withPort(int other) {
    return new ServerConfig(
        name,
        host,
        other,
        store,
        keyFile,
        targets,
        policy,
        accounts,
        identity,
        timings,
        operations,
        clock);
  }

  public ServerConfig withName(String other) {
    return new ServerConfig(
        other,
        host,
        port,
        store,
        keyFile,
        targets,
        policy,
        accounts,
        identity,
        timings,
        operations,
        clock);
  }

  public ServerConfig withStore(StoreConfig other) {
    return new ServerConfig(
        name,
        host,
        port,
        other,
        keyFile,
        targets,
        policy,
        accounts,
        identity,
        timings,
        operations,
        clock);
  }

  public ServerConfig withTargets(List<Target> others) {
    return new ServerConfig(
        name,
        host,
        port,
        store,
        keyFile,
        others,
        policy,
        accounts,
        identity,
        timings,
        operations,
        clock);
  }

  public ServerConfig withPolicy(String yaml) {
    return new ServerConfig(
        name,
        host,
        port,
        store,
        keyFile,
        targets,
        Optional.of(yaml),
        accounts,
        identity,
        timings,
        operations,
        clock);
  }

  public ServerConfig withAccounts(List<AccountSeed> others) {
    return new ServerConfig(
        name,
        host,
        port,
        store,
        keyFile,
        targets,
        policy,
        others,
        identity,
        timings,
        operations,
        clock);
  }

  public ServerConfig withIdentity(IdentityConfig other) {
    return new ServerConfig(
        name,
        host,
        port,
        store,
        keyFile,
        targets,
        policy,
        accounts,
        other,
        timings,
        operations,
        clock);
  }

  public ServerConfig withTimings(Timings others) {
    return new ServerConfig(
        name,
        host,
        port,
        store,
        keyFile,
        targets,
        policy,
        accounts,
        identity,
        others,
        operations,
        clock);
  }

  public ServerConfig withClock(InstantSource other) {
    return new ServerConfig(
        name,
        host,
        port,
        store,
        keyFile,
        targets,
        policy,
        accounts,
        identity,
        timings,
        operations,
        other);
  }

  public ServerConfig withOperations(Operations other) {
    return new ServerConfig(
        name, host, port, store, keyFile, targets, policy, accounts, identity, timings, other,
        clock);
  }

  /// The server's own keys; made and written to [#keyFile] where there are none.
  public ServerKeys keys() {
    return operations.keys().orElseGet(() -> ServerKeys.loadOrCreate(keyFile));
  }
}
