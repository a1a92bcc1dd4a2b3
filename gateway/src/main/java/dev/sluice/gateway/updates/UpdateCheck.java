package dev.sluice.gateway.updates;

import dev.sluice.gateway.managed.ManagedSettings.Updates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// Asks for the manifest that the managed settings name, and keeps the last one that was signed by
/// the pinned key. Sends nothing about this machine or person.
public final class UpdateCheck {

  private static final int MOST_BYTES = 65_536;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String ASK = "Ask whoever looks after the managed settings of this machine.";

  private final Updates settings;
  private final Path kept;
  private final ProductVersion running;

  /// @param folder for what was last seen
  /// @param running the version that runs
  public UpdateCheck(Updates settings, Path folder, ProductVersion running) {
    this.settings = settings;
    this.kept = folder.resolve("update.jws");
    this.running = running;
  }

  /// What is known without asking anybody: whether this version may run, and what was last seen.
  public UpdateNotice known(Instant now) {
    Optional<UpdateNotice> tooOld = below(settings.floor());
    if (tooOld.isPresent()) {
      return tooOld.get();
    }
    Optional<UpdateNotice> silent = silent();
    if (silent.isPresent()) {
      return silent.get();
    }
    Optional<UpdateManifest> last = lastSeen();
    return last.isEmpty() ? new UpdateNotice.NotAsked("not asked yet") : notice(last.get(), now);
  }

  /// Asks. Blocks for at most some seconds.
  public UpdateNotice ask(Instant now) {
    Optional<UpdateNotice> already = below(settings.floor()).or(this::silent);
    if (already.isPresent()) {
      return already.get();
    }
    URI address = settings.manifest().orElseThrow();
    Optional<PublicKey> key = key();
    if (key.isEmpty()) {
      return new UpdateNotice.Unknown("updates.key in the managed settings is no Ed25519 key", ASK);
    }
    try {
      Optional<UpdateManifest> found =
          UpdateManifest.verified(fetch(address), key.get())
              .filter(manifest -> manifest.channel().equals(settings.channel()));
      if (found.isEmpty()) {
        return new UpdateNotice.Unknown(
            "what " + address + " says is not signed by the pinned key for this channel",
            "Believe nothing of it. " + ASK);
      }
      Optional<UpdateManifest> last = lastSeen();
      if (last.isPresent() && found.get().issued().isBefore(last.get().issued())) {
        return new UpdateNotice.Unknown(
            address + " says something older than it said before", "Believe nothing of it. " + ASK);
      }
      return notice(found.get(), now);
    } catch (IOException e) {
      return new UpdateNotice.Unknown(
          address + " did not answer as a manifest does", "It is asked again next time. " + ASK);
    }
  }

  private Optional<UpdateNotice> silent() {
    if (!settings.check()) {
      return Optional.of(new UpdateNotice.NotAsked("the administrator switched it off"));
    }
    return settings.manifest().isEmpty()
        ? Optional.of(new UpdateNotice.NotAsked("no address is set"))
        : Optional.empty();
  }

  /// A floor that cannot be read counts as one that this version is below: a misspelt lock must not
  /// be a missing one.
  private Optional<UpdateNotice> below(String floor) {
    if (floor.isBlank()) {
      return Optional.empty();
    }
    Optional<ProductVersion> lowest = ProductVersion.of(floor);
    if (lowest.isEmpty()) {
      return Optional.of(
          new UpdateNotice.TooOld(
              new ProductVersion(0, 0, 0),
              "The managed settings name \""
                  + floor
                  + "\" as lowest version; that is none. "
                  + ASK));
    }
    return running.isOlderThan(lowest.get())
        ? Optional.of(new UpdateNotice.TooOld(lowest.get(), ASK))
        : Optional.empty();
  }

  private UpdateNotice notice(UpdateManifest manifest, Instant now) {
    if (running.isOlderThan(manifest.floor())) {
      return new UpdateNotice.TooOld(manifest.floor(), "Get it at " + manifest.address() + ".");
    }
    if (manifest.expires().isBefore(now)) {
      return new UpdateNotice.Unknown(
          "the last manifest has run out on " + manifest.expires(), ASK);
    }
    return running.isOlderThan(manifest.version())
        ? new UpdateNotice.Newer(manifest.version(), manifest.address())
        : new UpdateNotice.Newest();
  }

  /// The file is verified anew each time: who can write it cannot make it say anything.
  private Optional<UpdateManifest> lastSeen() {
    try {
      return Files.isRegularFile(kept) && Files.size(kept) <= MOST_BYTES
          ? key()
              .flatMap(
                  key -> {
                    try {
                      return UpdateManifest.verified(Files.readString(kept), key);
                    } catch (IOException e) {
                      return Optional.empty();
                    }
                  })
              .filter(manifest -> manifest.channel().equals(settings.channel()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<PublicKey> key() {
    try {
      return Optional.of(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(settings.key()))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String fetch(URI address) throws IOException {
    if (!isSafe(address)) {
      throw new IOException("not https");
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (answer.statusCode() != 200 || bytes.length > MOST_BYTES) {
          throw new IOException("no manifest");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        keep(text);
        return text;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Kept only when it is signed, for this channel, and not older than what is kept.
  private void keep(String text) throws IOException {
    Optional<UpdateManifest> next =
        key()
            .flatMap(key -> UpdateManifest.verified(text, key))
            .filter(manifest -> manifest.channel().equals(settings.channel()));
    Optional<UpdateManifest> last = lastSeen();
    if (next.isPresent()
        && (last.isEmpty() || !next.get().issued().isBefore(last.get().issued()))) {
      Files.createDirectories(kept.toAbsolutePath().getParent());
      Path fresh = kept.resolveSibling("update.jws.new");
      Files.writeString(fresh, text);
      Files.move(fresh, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Over https, or from this machine.
  private static boolean isSafe(URI address) {
    if ("https".equals(address.getScheme())) {
      return true;
    }
    try {
      String host = address.getHost();
      return "http".equals(address.getScheme())
          && host != null
          && host.matches("[0-9.]+|\\[[0-9a-fA-F:]+\\]")
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }
}
