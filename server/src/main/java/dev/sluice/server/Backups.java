package dev.sluice.server;

import dev.sluice.governance.codec.wire.LogVerification;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.push.Streams;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Copies of a server: its store and its key file, in one folder. Without the keys a store is worth
/// nothing: what is sealed in it does not open. Keys that come from elsewhere stay there.
public final class Backups {

  private static final String STORE = "store.db";
  private static final String KEYS = "server.keys";

  private Backups() {}

  /// A copy cannot be made or used. The message is fit for people.
  public static final class Impossible extends Exception {
    Impossible(String message) {
      super(message);
    }
  }

  /// Copies a server that may be running.
  ///
  /// @param folder made anew; readable by its owner only
  /// @return what was found when the copy's log was read from its first entry
  public static LogVerification backup(ServerConfig config, Path folder) throws Impossible {
    StoreConfig.Sqlite source = oneFile(config);
    boolean ownKeys = config.operations().keys().isEmpty();
    if (!Files.exists(source.file()) || (ownKeys && !Files.exists(config.keyFile()))) {
      throw new Impossible("There is no server yet: " + source.file() + " does not exist.");
    }
    if (Files.exists(folder)) {
      throw new Impossible("The folder " + folder + " exists; name one that does not.");
    }
    try {
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      try (Store store = Store.open(source)) {
        store.backup(folder.resolve(STORE));
      }
      if (ownKeys) {
        Files.copy(config.keyFile(), folder.resolve(KEYS), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new Impossible("The folder " + folder + " cannot be written.");
    }
    return verify(folder, config);
  }

  /// Puts a copy in the place of a server that is not running. What is there already is moved
  /// aside, never overwritten.
  ///
  /// @return what was found when the copy's log was read from its first entry
  public static LogVerification restore(ServerConfig config, Path folder) throws Impossible {
    StoreConfig.Sqlite target = oneFile(config);
    boolean ownKeys = config.operations().keys().isEmpty();
    if (!Files.exists(folder.resolve(STORE)) || (ownKeys && !Files.exists(folder.resolve(KEYS)))) {
      throw new Impossible("The folder " + folder + " holds no copy of a server.");
    }
    LogVerification found = verify(folder, config);
    if (!found.intact()) {
      return found;
    }
    String aside = ".before-" + config.clock().instant().getEpochSecond();
    try {
      for (Path file :
          new Path[] {
            target.file(),
            beside(target.file(), "-wal"),
            beside(target.file(), "-shm"),
            config.keyFile()
          }) {
        if (Files.exists(file)) {
          Files.move(file, beside(file, aside));
        }
      }
      Files.copy(folder.resolve(STORE), target.file(), StandardCopyOption.COPY_ATTRIBUTES);
      if (ownKeys) {
        Files.copy(folder.resolve(KEYS), config.keyFile(), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new Impossible("The server's files cannot be written.");
    }
    return found;
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static LogVerification verify(Path folder, ServerConfig config) throws Impossible {
    ServerKeys keys =
        config.operations().keys().orElseGet(() -> ServerKeys.loadOrCreate(folder.resolve(KEYS)));
    try (Store store = Store.open(new StoreConfig.Sqlite(folder.resolve(STORE)));
        Streams streams = new Streams(store)) {
      return new Ledger(
              store,
              keys.log(),
              new Sealer(keys.seal()),
              "sluice/" + keys.policyKeyId(),
              config.clock(),
              streams)
          .verify();
    }
  }

  private static StoreConfig.Sqlite oneFile(ServerConfig config) throws Impossible {
    return switch (config.store()) {
      case StoreConfig.Sqlite file -> file;
      case StoreConfig.PostgreSql server ->
          throw new Impossible(
              "This server keeps its data in PostgreSQL: copy that database with pg_dump"
                  + " --format=custom, and the key file "
                  + config.keyFile()
                  + " with it (see docs/operations.md).");
    };
  }
}
