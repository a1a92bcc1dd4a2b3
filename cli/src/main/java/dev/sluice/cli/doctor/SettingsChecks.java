package dev.sluice.cli.doctor;

import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ManagedSettingsFile;
import dev.sluice.gateway.managed.TrustRoots;
import dev.sluice.gateway.updates.ProductVersion;
import dev.sluice.gateway.updates.UpdateCheck;
import dev.sluice.gateway.updates.UpdateNotice;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What an administrator laid down, and whether it can be in force.
final class SettingsChecks {

  private SettingsChecks() {}

  static List<Finding> all(ManagedSettings settings) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        settings
            .source()
            .map(file -> Finding.good("Managed settings", file + ": " + summary(settings)))
            .orElseGet(
                () ->
                    Finding.good(
                        "Managed settings",
                        "none (an administrator would put them in "
                            + ManagedSettingsFile.systemLocation()
                            + ")")));
    settings.trustRoots().forEach(file -> findings.addAll(root(file)));
    return findings;
  }

  /// Whether this version may run and what there is newer; asks the address that the settings name.
  static Finding updates(ManagedSettings settings, Path folder) {
    String channel = "channel " + settings.updates().channel() + ", ";
    String running = "version " + ProductVersion.CURRENT;
    UpdateCheck check = new UpdateCheck(settings.updates(), folder, ProductVersion.CURRENT);
    return switch (check.ask(Instant.now())) {
      case UpdateNotice.NotAsked not ->
          Finding.good("Updates", running + "; newer ones are not looked for: " + not.why());
      case UpdateNotice.Newest newest ->
          Finding.good("Updates", channel + running + " is the newest");
      case UpdateNotice.Newer newer ->
          Finding.note(
              "Updates",
              channel + newer.version() + " is there, this is " + ProductVersion.CURRENT,
              "Get it at " + newer.address() + ".");
      case UpdateNotice.TooOld old ->
          Finding.wrong(
              "Updates", running + " may not run; the lowest is " + old.floor(), old.wayOut());
      case UpdateNotice.Unknown unknown ->
          Finding.wrong("Updates", channel + unknown.reason(), unknown.wayOut());
    };
  }

  private static String summary(ManagedSettings settings) {
    List<String> parts = new ArrayList<>();
    settings.server().ifPresent(server -> parts.add("server " + server));
    settings.keys().ifPresent(keys -> parts.add("server keys pinned"));
    if (!settings.trustRoots().isEmpty()) {
      int roots = settings.trustRoots().size();
      parts.add(roots + (roots == 1 ? " trust root" : " trust roots"));
    }
    new TreeMap<>(settings.preferences())
        .forEach((name, value) -> parts.add(name + " locked to " + value));
    return parts.isEmpty() ? "nothing set" : String.join(", ", parts);
  }

  private static List<Finding> root(Path file) {
    List<Finding> findings = new ArrayList<>();
    try {
      for (Certificate certificate : TrustRoots.read(file)) {
        if (certificate instanceof X509Certificate authority) {
          findings.add(valid(file, authority));
        }
      }
    } catch (TrustRoots.Unusable e) {
      findings.add(
          Finding.wrong(
              "Trust root",
              String.valueOf(e.getMessage()),
              "Correct the file or its name in managed.yaml; until then nothing connects."));
    }
    return findings;
  }

  private static Finding valid(Path file, X509Certificate authority) {
    String name = authority.getSubjectX500Principal().getName();
    try {
      authority.checkValidity();
      return Finding.good("Trust root", name + " until " + authority.getNotAfter().toInstant());
    } catch (CertificateExpiredException e) {
      return Finding.wrong(
          "Trust root", name + " in " + file + " has expired", "Replace it in that file.");
    } catch (CertificateNotYetValidException e) {
      return Finding.wrong(
          "Trust root",
          name + " in " + file + " is not valid yet",
          "Look at this machine's clock, or replace the certificate.");
    }
  }
}
