package dev.sluice.governance.codec.wire;

import java.util.List;

/// A governed database, as an administrator describes it. Its passwords are never part of this.
///
/// @param name small letters, digits, `-` and `_`; what policies call it
/// @param engine dialect id, such as `postgresql`
/// @param host empty for a file
/// @param port 0 for a file
/// @param database its name, or the file's path on the server's machine
/// @param tls whether the line is encrypted and the certificate checked; false on this machine only
/// @param environment such as `production`; the policy's own word wins
/// @param owner team or person who answers for it
/// @param schemas that people may read, empty for the engine's usual one
/// @param user runs what was approved and reads the catalog; empty for a file
/// @param issuerUser makes the short-lived logins of people; empty when `user` does that too
/// @param rowCeiling an approved statement that changes more rows is rolled back
/// @param ring `direct` for files; `brokered`; or `enforced`: then `user` is an administrator of
///     the database, with whom the server makes the database enforce the policy
/// @param accepted names of findings of `sluice enforce audit` that somebody accepts
public record ConnectionSpec(
    String name,
    String engine,
    String host,
    int port,
    String database,
    boolean tls,
    String environment,
    String owner,
    List<String> schemas,
    String user,
    String issuerUser,
    long rowCeiling,
    String ring,
    List<String> accepted) {
  public ConnectionSpec {
    schemas = List.copyOf(schemas);
    accepted = List.copyOf(accepted);
  }

  /// A connection of whose access audit nothing was accepted.
  public ConnectionSpec(
      String name,
      String engine,
      String host,
      int port,
      String database,
      boolean tls,
      String environment,
      String owner,
      List<String> schemas,
      String user,
      String issuerUser,
      long rowCeiling,
      String ring) {
    this(
        name,
        engine,
        host,
        port,
        database,
        tls,
        environment,
        owner,
        schemas,
        user,
        issuerUser,
        rowCeiling,
        ring,
        List.of());
  }
}
