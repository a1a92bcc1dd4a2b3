package dev.sluice.gateway.remote;

import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ThisMachine;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.ServerInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What servers said of their keys at first contact. A server that says something else later is not
/// the same server.
public final class PinnedServers {

  private final Path folder;

  public PinnedServers(Path folder) {
    this.folder = folder;
  }

  /// The keys that an administrator of this machine pinned for its server; for another server those
  /// of the first contact, which are kept.
  public ServerTrust trust(URI address) throws WorkspaceProblem, IOException {
    ManagedSettings settings = ThisMachine.settings();
    Optional<ManagedSettings.PinnedKeys> managed =
        settings.server().filter(address::equals).flatMap(server -> settings.keys());
    if (managed.isPresent()) {
      return ServerTrust.pin(
          address, managed.get().policy(), managed.get().logOrigin(), managed.get().log());
    }
    Path file = folder.resolve(address.toString().replaceAll("[^A-Za-z0-9.-]+", "_") + ".json");
    if (Files.exists(file)) {
      try {
        String json = Files.readString(file, StandardCharsets.UTF_8);
        return ServerTrust.pin(address, JsonCodec.read(json, ServerInfo.class));
      } catch (JsonCodec.MalformedJson e) {
        throw new IOException("The pinned keys in " + file + " cannot be read.", e);
      }
    }
    ServerInfo info = HttpServerClient.ask(address);
    ServerTrust trust = ServerTrust.pin(address, info);
    Files.createDirectories(folder);
    Files.writeString(file, JsonCodec.write(info), StandardCharsets.UTF_8);
    return trust;
  }
}
