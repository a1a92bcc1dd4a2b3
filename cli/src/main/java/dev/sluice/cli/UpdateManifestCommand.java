package dev.sluice.cli;

import dev.sluice.gateway.updates.ProductVersion;
import dev.sluice.gateway.updates.UpdateManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice update-manifest`: what an administrator publishes so that workbenches know of new
/// versions.
@Command(
    name = "update-manifest",
    mixinStandardHelpOptions = true,
    description = "Signs what workbenches are told about new versions (administrators).")
final class UpdateManifestCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "keygen or sign is missing");
  }

  @Command(
      name = "keygen",
      mixinStandardHelpOptions = true,
      description = "Makes a key; prints the public half for updates.key of managed.yaml.")
  int keygen(@Parameters(paramLabel = "FILE", description = "For the private key.") Path file)
      throws GeneralSecurityException, IOException {
    if (Files.exists(file)) {
      throw new ParameterException(spec.commandLine(), file + " is there already.");
    }
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(
        file,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    System.out.println(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    return 0;
  }

  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Prints a signed manifest, to be put at updates.manifest of managed.yaml.")
  int sign(
      @Option(names = "--key", required = true, description = "The private key (PEM).") Path key,
      @Option(names = "--channel", defaultValue = "stable", description = "Such as stable.")
          String channel,
      @Option(names = "--newest", required = true, description = "The newest version.")
          String newest,
      @Option(names = "--floor", required = true, description = "The lowest that may run.")
          String floor,
      @Option(names = "--get-at", required = true, description = "An https page for people.")
          URI address,
      @Option(names = "--days", defaultValue = "90", description = "How long it holds.") int days)
      throws GeneralSecurityException, IOException {
    if (!"https".equals(address.getScheme())) {
      throw new ParameterException(spec.commandLine(), "--get-at begins with https://.");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    System.out.println(
        new UpdateManifest(
                channel,
                version(newest),
                version(floor),
                now,
                now.plus(Duration.ofDays(days)),
                address)
            .signed(read(key)));
    return 0;
  }

  private ProductVersion version(String text) {
    return ProductVersion.of(text)
        .orElseThrow(
            () ->
                new ParameterException(spec.commandLine(), text + " is no version such as 1.2.0."));
  }

  private PrivateKey read(Path file) throws GeneralSecurityException, IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(
              new PKCS8EncodedKeySpec(
                  Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), file + " is no Ed25519 key in PEM.");
    }
  }
}
