package dev.sluice.gateway.managed;

import dev.sluice.gateway.managed.ManagedSettings.PinnedKeys;
import dev.sluice.gateway.managed.ManagedSettings.Updates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads `managed.yaml`. Unknown keys are refused, so that a misspelt lock is noticed instead of
/// missing.
///
/// ```yaml
/// server: https://sluice.acme.test
/// trust-roots: [acme-root.pem]            # beside this file, or absolute
/// keys:
///   policy: {k1: MCowBQYDK2VwAyEA...}     # what `sluice doctor` prints of the server
///   log-origin: sluice.acme.test/log
///   log: MCowBQYDK2VwAyEA...
/// preferences: {theme: dark, language: de}
/// updates: {check: true, channel: stable, manifest: https://..., key: MCow..., floor: 1.0.0}
/// ```
public final class ManagedSettingsFile {

  private ManagedSettingsFile() {}

  /// The file is there and is not one. The message is fit for people.
  public static final class Unreadable extends Exception {
    public Unreadable(String message) {
      super(message);
    }
  }

  /// Where an administrator puts the file on this system.
  public static Path systemLocation() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      String folder = System.getenv("ProgramData");
      return Path.of(folder == null ? "C:\\ProgramData" : folder, "Sluice", "managed.yaml");
    }
    if (system.startsWith("mac")) {
      return Path.of("/Library/Application Support/Sluice/managed.yaml");
    }
    return Path.of("/etc/sluice/managed.yaml");
  }

  /// The system's file; without one, the file that `SLUICE_MANAGED` names; without that, none.
  ///
  /// The variable is a person's own, so it can add settings where the administrator has laid down
  /// nothing, and never replace them.
  public static ManagedSettings inForce(Map<String, String> environment) throws Unreadable {
    Path system = systemLocation();
    if (Files.exists(system)) {
      return read(system);
    }
    String own = environment.getOrDefault("SLUICE_MANAGED", "");
    return own.isBlank() ? ManagedSettings.none() : read(Path.of(own));
  }

  /// Reads one file.
  public static ManagedSettings read(Path file) throws Unreadable {
    Object content = load(file);
    try {
      return settings(file, new Fields(file, "", content));
    } catch (Fields.Problem e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static ManagedSettings settings(Path file, Fields root) {
    Optional<URI> server = root.optional("server").map(text -> root.uri("server", text));
    List<Path> roots = new ArrayList<>();
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    for (String name : root.texts("trust-roots")) {
      roots.add(folder.resolve(name));
    }
    Fields keys = root.section("keys");
    Fields updates = root.section("updates");
    ManagedSettings settings =
        new ManagedSettings(
            Optional.of(file.toAbsolutePath()),
            server,
            roots,
            keys.isEmpty() ? Optional.empty() : Optional.of(keys(keys)),
            root.section("preferences").all(),
            updates(updates));
    root.nothingElse();
    return settings;
  }

  private static PinnedKeys keys(Fields keys) {
    PinnedKeys pinned =
        new PinnedKeys(keys.section("policy").all(), keys.text("log-origin"), keys.text("log"));
    keys.nothingElse();
    return pinned;
  }

  private static Updates updates(Fields updates) {
    Updates none = Updates.byDefault();
    Optional<URI> manifest =
        updates.optional("manifest").map(text -> updates.uri("manifest", text));
    Updates read =
        new Updates(
            updates.flag("check", none.check()),
            updates.optional("channel").orElse(none.channel()),
            manifest,
            manifest.isPresent() ? updates.text("key") : updates.optional("key").orElse(""),
            updates.optional("floor").orElse(""));
    updates.nothingElse();
    return read;
  }

  private static Object load(Path file) throws Unreadable {
    try {
      Object value =
          new Load(
                  LoadSettings.builder()
                      .setAllowDuplicateKeys(false)
                      .setMaxAliasesForCollections(0)
                      .setLabel(file.toString())
                      .build())
              .loadFromString(Files.readString(file));
      return value == null ? Map.of() : value;
    } catch (MarkedYamlEngineException e) {
      String place =
          e.getProblemMark()
              .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
              .orElse("");
      throw new Unreadable(file + place + ": this is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new Unreadable(file + ": this is not YAML.");
    } catch (IOException e) {
      throw new Unreadable(file + ": the file cannot be read.");
    }
  }
}
