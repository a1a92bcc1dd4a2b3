package dev.sluice.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// The certificate and key that a server answers with.
///
/// @param keys one key entry
/// @param password of the entry
public record Tls(KeyStore keys, char[] password) {

  /// What was configured cannot be used. The message is fit for people.
  public static final class Unusable extends Exception {
    Unusable(String message) {
      super(message);
    }
  }

  /// From a PKCS #12 file.
  public static Tls pkcs12(Path file, String password) throws Unusable {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      if (java.util.Collections.list(store.aliases()).stream()
          .noneMatch(name -> key(store, name))) {
        throw new Unusable(file + ": there is no private key in it.");
      }
      return new Tls(store, password.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new Unusable(file + ": it cannot be opened as PKCS #12 with the password given.");
    }
  }

  private static boolean key(KeyStore store, String name) {
    try {
      return store.isKeyEntry(name);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// From PEM files.
  ///
  /// @param certificates the server's first, then those that vouch for it
  /// @param key PKCS #8, not encrypted
  public static Tls pem(Path certificates, Path key) throws Unusable {
    Collection<? extends Certificate> chain;
    try (InputStream in = Files.newInputStream(certificates)) {
      chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException | GeneralSecurityException e) {
      throw new Unusable(certificates + ": it holds no certificates in PEM form.");
    }
    if (chain.isEmpty()) {
      throw new Unusable(certificates + ": it holds no certificates in PEM form.");
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", privateKey(key), new char[0], chain.toArray(new Certificate[0]));
      return new Tls(store, new char[0]);
    } catch (IOException | GeneralSecurityException e) {
      throw new Unusable(key + ": the key does not fit the certificate.");
    }
  }

  private static PrivateKey privateKey(Path file) throws Unusable {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new Unusable(file + ": the key cannot be read.");
    }
    int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
    int end = text.indexOf("-----END PRIVATE KEY-----");
    if (begin < 0 || end < begin) {
      throw new Unusable(
          file
              + ": expected a PKCS #8 key (BEGIN PRIVATE KEY); convert it with"
              + " openssl pkcs8 -topk8 -nocrypt.");
    }
    byte[] encoded =
        Base64.getMimeDecoder().decode(text.substring(begin + 27, end).replaceAll("\\s", ""));
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        continue;
      } catch (GeneralSecurityException e) {
        throw new Unusable(file + ": this kind of key is not known.");
      }
    }
    throw new Unusable(file + ": this kind of key is not known.");
  }

  @Override
  public String toString() {
    return "Tls";
  }
}
