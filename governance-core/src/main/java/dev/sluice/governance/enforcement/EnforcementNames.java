package dev.sluice.governance.enforcement;

import java.util.List;

/// The names of what a plan makes in a database server. Roles belong to a whole server, so they
/// carry the database's name.
///
/// @param database the database enforced
public record EnforcementNames(String database) {

  /// Every leased login begins with this.
  public static final String LEASE_PREFIX = "slu_";

  /// Owns the masked views; cannot log in.
  public String viewOwner() {
    return "sluice_" + database + "_views";
  }

  /// Owns the functions that issue and revoke leases; the only one that may create roles; cannot
  /// log in.
  public String leaseOwner() {
    return "sluice_" + database + "_leases";
  }

  /// The server's own login: may call the two functions and read its own state, nothing else.
  public String broker() {
    return "sluice_" + database + "_broker";
  }

  /// SQLSTATEs by which a database says why it gives no lease: nothing was applied, it changed
  /// since, or what was applied is another policy's.
  public static final String NOT_APPLIED = "SL001";

  public static final String DRIFTED = "SL002";
  public static final String OTHER_POLICY = "SL003";

  /// Every login of an approved change begins with this.
  public static final String CHANGE_PREFIX = "slu_change_";

  /// The server's other login: may begin and end approved changes, nothing else.
  public String changer() {
    return "sluice_" + database + "_changer";
  }

  /// May pass on what approved changes need; cannot log in.
  public String changeOwner() {
    return "sluice_" + database + "_changes";
  }

  /// The group that logins of approved changes are members of; holds no table.
  public String changeGroup() {
    return "sluice_" + database + "_change";
  }

  /// Holds what PUBLIC held before, with every login there was as a member, so that applications
  /// keep what they had while leased logins do not get it.
  public String formerPublic() {
    return "sluice_" + database + "_former_public";
  }

  /// The group that leases of a profile are members of.
  public String reader(AccessProfile profile) {
    return "sluice_"
        + database
        + "_reader"
        + (profile.name().isEmpty() ? "" : "_" + profile.name());
  }

  /// Whether a role or account is one that a plan for this database makes. Those of a database
  /// whose name begins with this one's are not.
  public boolean owns(String role) {
    String reader = "sluice_" + database + "_reader";
    return List.of(
                viewOwner(),
                leaseOwner(),
                broker(),
                changer(),
                changeOwner(),
                changeGroup(),
                formerPublic(),
                reader)
            .contains(role)
        || (role.startsWith(reader + "_")
            && role.substring(reader.length() + 1).matches("[a-z0-9_]{1,20}"));
  }

  /// Where the lease functions and the applied state are.
  public String brokerSchema() {
    return "sluice_broker";
  }

  /// Where the masked views of a base schema are (MySQL: of the base database).
  public String viewSchema(AccessProfile profile, String baseSchema) {
    return profile.prefix() + "_" + baseSchema;
  }

  /// Whether a schema is one of ours.
  public static boolean ours(String schema) {
    return schema.startsWith("sluice_");
  }
}
