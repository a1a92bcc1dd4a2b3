package dev.sluice.governance.identity;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Somebody or something whose identity a trusted party has verified.
///
/// People are the same person when `issuer` and `subject` are equal; e-mail and display name are
/// words for the eye and never compared. Groups and roles are what the issuer (or the local
/// directory) said at the last verification, not what a client claims.
///
/// @param issuer who verified it: an OIDC issuer URL, or `local` for accounts of the server itself
/// @param subject stable identifier within the issuer
/// @param email address for display, if known
/// @param displayName name for display, never empty
/// @param groups group names as the policy writes them
/// @param roles product roles: `analyst`, `auditor`, `policy-admin`, `server-admin`
public record Principal(
    String issuer,
    String subject,
    @Nullable String email,
    String displayName,
    Set<String> groups,
    Set<String> roles) {

  public Principal {
    if (subject.isBlank()) {
      throw new IllegalArgumentException("A principal needs a subject.");
    }
    groups = java.util.Collections.unmodifiableSet(new TreeSet<>(groups));
    roles = java.util.Collections.unmodifiableSet(new TreeSet<>(roles));
  }

  /// Whether both are the same person or service, whatever address or name they show.
  public boolean isSameAs(Principal other) {
    return issuer.equals(other.issuer) && subject.equals(other.subject);
  }

  /// The one string that names this principal in records: `issuer|subject`.
  public String key() {
    return issuer + "|" + subject;
  }
}
