package dev.sluice.server;

import dev.sluice.governance.audit.SigningKeys;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Base64;
import javax.crypto.SecretKey;

/// The server's own keys: one signs policies, one the audit log, one seals secrets in the store.
///
/// @param policy Ed25519
/// @param log Ed25519
/// @param seal 32 bytes
public record ServerKeys(KeyPair policy, KeyPair log, @Sensitive byte[] seal) {

  /// Reads the key file, or makes one that only its owner can read.
  public static ServerKeys loadOrCreate(Path file) {
    try {
      if (Files.exists(file)) {
        return read(Files.readString(file));
      }
      ServerKeys keys = generate();
      keys.write(file);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + file + " cannot be used.", e);
    }
  }

  /// Reads what a key file holds, from elsewhere.
  ///
  /// @throws IllegalArgumentException when it is not that; the message is fit for people
  public static ServerKeys of(String keyFile) {
    try {
      return read(keyFile);
    } catch (IOException e) {
      throw new IllegalArgumentException("It does not hold what a key file holds.", e);
    }
  }

  /// Reads a PKCS #12 store with two Ed25519 key pairs, `policy` and `log`, and a secret key of 256
  /// bits, `seal`.
  ///
  /// @throws IllegalArgumentException when it has not these; the message is fit for people
  public static ServerKeys pkcs12(Path file, String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, password.toCharArray());
      }
      if (!(store.getKey("seal", password.toCharArray()) instanceof SecretKey seal)
          || seal.getEncoded().length != 32) {
        throw new IllegalArgumentException(
            file + " holds no secret key of 256 bits by the name seal.");
      }
      return new ServerKeys(
          pair(store, "policy", password), pair(store, "log", password), seal.getEncoded());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " cannot be read, or the password is not the right one.", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " is not a PKCS #12 store of this platform.", e);
    }
  }

  private static KeyPair pair(KeyStore store, String name, String password)
      throws GeneralSecurityException {
    if (store.getKey(name, password.toCharArray()) instanceof EdECPrivateKey key
        && store.getCertificate(name) != null
        && store.getCertificate(name).getPublicKey() instanceof EdECPublicKey open) {
      return new KeyPair(open, key);
    }
    throw new IllegalArgumentException("There is no Ed25519 key pair by the name " + name + ".");
  }

  public static ServerKeys generate() {
    return new ServerKeys(ed25519(), ed25519(), Ids.bytes(32));
  }

  /// Names the policy key: the first 16 hex digits of the SHA-256 of its X.509 form.
  public String policyKeyId() {
    return DeviceProof.digest(policy.getPublic().getEncoded()).substring(0, 16);
  }

  private static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java platform has no Ed25519.", e);
    }
  }

  private static ServerKeys read(String json) throws IOException {
    try {
      KeyFile file = JsonCodec.read(json, KeyFile.class);
      return new ServerKeys(
          pair(file.policyPublic, file.policyPrivate),
          pair(file.logPublic, file.logPrivate),
          decode(file.seal));
    } catch (JsonCodec.MalformedJson | IllegalArgumentException e) {
      throw new IOException("It is not a key file of this version.", e);
    }
  }

  private void write(Path file) throws IOException {
    String json =
        JsonCodec.write(
            new KeyFile(
                encode(policy.getPublic().getEncoded()),
                encode(policy.getPrivate().getEncoded()),
                encode(log.getPublic().getEncoded()),
                encode(log.getPrivate().getEncoded()),
                encode(seal)));
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, json, StandardOpenOption.WRITE);
    } else {
      Files.writeString(file, json, StandardOpenOption.CREATE_NEW);
    }
  }

  private static KeyPair pair(String publicKey, String privateKey) {
    return new KeyPair(
        SigningKeys.publicKey(decode(publicKey)),
        SigningKeys.ed25519PrivateKey(decode(privateKey)));
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] decode(String text) {
    return Base64.getDecoder().decode(text);
  }

  @Override
  public String toString() {
    return "ServerKeys[" + policyKeyId() + "]";
  }

  private record KeyFile(
      String policyPublic,
      @Sensitive String policyPrivate,
      String logPublic,
      @Sensitive String logPrivate,
      @Sensitive String seal) {
    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }
}
