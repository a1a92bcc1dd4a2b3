package dev.sluice.governance.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Signs and checks with the two key kinds in use: Ed25519, and P-256 with SHA-256 (signatures of
/// 64 bytes, r then s). Keys travel as their X.509 encoding.
///
/// Ed25519 is Bouncy Castle's: the platform's own takes about a millisecond for each signature and
/// each check, and every statement that is announced takes four of either.
public final class SigningKeys {

  private static final int ED25519_PREFIX = 12;
  private static final int P256_FIELD_BITS = 256;

  private SigningKeys() {}

  /// The signature of a private key of either kind.
  public static byte[] sign(PrivateKey key, byte[] message) {
    if (key instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
      byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
      Ed25519.sign(ed.getBytes().get(), 0, message, 0, message.length, signature, 0);
      return signature;
    }
    // A key that stays where it is, such as in a module of its own.
    try {
      Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The signing key does not sign.", e);
    }
  }

  /// Whether the signature is the key's over the message; false for anything malformed.
  public static boolean verify(PublicKey key, byte[] message, byte[] signed) {
    if (key instanceof EdECPublicKey) {
      return signed.length == Ed25519.SIGNATURE_SIZE
          && Ed25519.verify(signed, 0, raw(key), 0, message, 0, message.length);
    }
    try {
      Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// Reads an X.509 encoded public key.
  ///
  /// @throws IllegalArgumentException when it is neither Ed25519 nor P-256
  public static PublicKey publicKey(byte[] x509) {
    try {
      PublicKey ed = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
      if (ed instanceof EdECPublicKey) {
        return ed;
      }
    } catch (GeneralSecurityException e) {
      // Not that kind; the other is tried next, and what is neither is refused below.
    }
    try {
      PublicKey ec = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(x509));
      if (ec instanceof ECPublicKey key
          && key.getParams().getCurve().getField().getFieldSize() == P256_FIELD_BITS) {
        return ec;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("A key is Ed25519 or P-256.", e);
    }
    throw new IllegalArgumentException("A key is Ed25519 or P-256.");
  }

  /// Reads a PKCS #8 encoded Ed25519 private key.
  ///
  /// @throws IllegalArgumentException when it is not one
  public static PrivateKey ed25519PrivateKey(byte[] pkcs8) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not an Ed25519 private key.", e);
    }
  }

  /// The 32 bytes of an Ed25519 public key.
  static byte[] raw(PublicKey ed25519) {
    byte[] encoded = ed25519.getEncoded();
    if (!(ed25519 instanceof EdECPublicKey) || encoded.length != ED25519_PREFIX + 32) {
      throw new IllegalArgumentException("Not an Ed25519 key.");
    }
    return Arrays.copyOfRange(encoded, ED25519_PREFIX, encoded.length);
  }

  private static String algorithm(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "EdDSA", "Ed25519" -> "Ed25519";
      case "EC" -> "SHA256withECDSAinP1363Format";
      default -> throw new IllegalArgumentException("A key is Ed25519 or P-256.");
    };
  }
}
