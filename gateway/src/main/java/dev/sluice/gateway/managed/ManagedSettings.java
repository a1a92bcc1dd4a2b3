package dev.sluice.gateway.managed;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an administrator laid down for every workbench of a machine. A person's own settings never
/// win against it.
///
/// @param source the file it was read from, empty for none
/// @param server the only server that the workbench opens by itself
/// @param trustRoots PEM files of certificate authorities, besides those of the Java runtime
/// @param keys by which the server is known, instead of trusting what it says at first contact
/// @param preferences locked, by name
/// @param updates whether and where new versions are looked for
public record ManagedSettings(
    Optional<Path> source,
    Optional<URI> server,
    List<Path> trustRoots,
    Optional<PinnedKeys> keys,
    Map<String, String> preferences,
    Updates updates) {

  /// The preference that says whether connections with logins of one's own are `allowed` or
  /// `forbidden`.
  public static final String OWN_CONNECTIONS = "own-connections";

  public ManagedSettings {
    trustRoots = List.copyOf(trustRoots);
    preferences = Map.copyOf(preferences);
  }

  /// Whether people may open connections with logins of their own. Any word but `allowed` forbids.
  public boolean ownConnectionsAllowed() {
    return preferences.getOrDefault(OWN_CONNECTIONS, "allowed").equals("allowed");
  }

  /// Nothing was laid down.
  public static ManagedSettings none() {
    return new ManagedSettings(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Map.of(),
        Updates.byDefault());
  }

  /// @param policy keys that sign policy bundles, X.509 in base64, by key id
  /// @param logOrigin name of the audit log
  /// @param log key that signs the log's checkpoints, X.509 in base64
  public record PinnedKeys(Map<String, String> policy, String logOrigin, String log) {
    public PinnedKeys {
      policy = Map.copyOf(policy);
    }
  }

  /// @param check whether to look at all
  /// @param channel such as `stable`
  /// @param manifest where the signed list of versions is, empty to look nowhere
  /// @param key the manifest's key, X.509 in base64
  /// @param floor the lowest version that may run, empty for any
  public record Updates(
      boolean check, String channel, Optional<URI> manifest, String key, String floor) {

    /// Looks nowhere: no address is built in.
    public static Updates byDefault() {
      return new Updates(true, "stable", Optional.empty(), "", "");
    }
  }
}
