package dev.sluice.gateway.managed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Makes the process trust an organisation's own certificate authorities, besides those of the Java
/// runtime. It adds and never turns a check off.
public final class TrustRoots {

  private TrustRoots() {}

  /// A root cannot be used; the message names its file.
  public static final class Unusable extends Exception {
    public Unusable(String message) {
      super(message);
    }
  }

  /// Puts the default TLS context of the process in place. Call it before the first connection.
  public static void install(List<Path> files) throws Unusable {
    if (!files.isEmpty()) {
      SSLContext.setDefault(context(files));
    }
  }

  /// A context that trusts the runtime's authorities and those of `files` (PEM, any number in one).
  public static SSLContext context(List<Path> files) throws Unusable {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int count = 0;
      for (X509Certificate authority : runtimeAuthorities()) {
        store.setCertificateEntry("runtime-" + count++, authority);
      }
      for (Path file : files) {
        for (Certificate authority : read(file)) {
          store.setCertificateEntry("managed-" + count++, authority);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new Unusable("The trust roots cannot be put in force: " + e.getMessage());
    }
  }

  /// The certificates of one file.
  public static List<Certificate> read(Path file) throws Unusable {
    try (InputStream in = Files.newInputStream(file)) {
      List<Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (found.isEmpty()) {
        throw new Unusable(file + " holds no certificate.");
      }
      return found;
    } catch (IOException e) {
      throw new Unusable(file + " cannot be read.");
    } catch (GeneralSecurityException e) {
      throw new Unusable(file + " is not a PEM file of certificates.");
    }
  }

  private static List<X509Certificate> runtimeAuthorities() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    List<X509Certificate> all = new ArrayList<>();
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) {
        all.addAll(List.of(trust.getAcceptedIssuers()));
      }
    }
    return all;
  }
}
