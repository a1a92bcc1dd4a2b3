package dev.sluice.server.enforcement;

import java.time.Instant;
import java.util.List;

/// Issues and ends leases of one database, with a login that cannot do anything else.
public interface LeaseBroker {

  /// @throws EnforcementProblem when the database is not as the plan left it, or refuses
  Lease issue(LeaseTerms terms) throws EnforcementProblem;

  /// Lets a lease live longer; its password stays.
  ///
  /// @throws EnforcementProblem when there is no such lease any more, or the database drifted
  Lease renew(Lease lease, LeaseTerms terms) throws EnforcementProblem;

  /// Ends a lease and its sessions at once. To end one that has ended is no problem.
  ///
  /// @throws EnforcementProblem when the database could not do it; try again
  void revoke(String login) throws EnforcementProblem;

  /// Every lease the database knows, this server's or not.
  List<Outstanding> outstanding() throws EnforcementProblem;

  /// Lets a lease live longer whose password nobody keeps.
  ///
  /// @throws EnforcementProblem when there is no such lease any more, or the database drifted
  void prolong(String login, LeaseTerms terms) throws EnforcementProblem;

  /// The profiles that the database enforces, see
  /// [dev.sluice.governance.enforcement.EnforcementPlan#profileLines()].
  String appliedProfiles() throws EnforcementProblem;

  /// What changed since the plan was applied.
  Drift drift() throws EnforcementProblem;

  /// @param validUntil by the database's clock
  /// @param overdue whether that has passed, by the database's clock
  record Outstanding(String login, Instant validUntil, boolean overdue) {}
}
