package dev.sluice.governance.enforcement;

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
