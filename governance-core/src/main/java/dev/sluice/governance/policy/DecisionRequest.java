package dev.sluice.governance.policy;

import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.sql.StatementAnalysis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything a decision depends on. Same request, same bundle: same decision.
///
/// @param analysis the statement as understood
/// @param catalog the snapshot it was analysed against
/// @param actor who asks
/// @param connection where it would run
/// @param at the instant of asking, server time where there is a server
/// @param origin `window`, `mcp`, `cli`, `driver`
/// @param ticket the person's reference, empty when none
/// @param inTransaction whether the session has an open transaction
/// @param rowsTouched rows written so far in the session
/// @param binds bind values as text, in order
/// @param grant a consumed grant, when running what was approved
/// @param unmaskGrants grants that lift masks; what does not hold for this actor, connection and
///     instant is ignored
public record DecisionRequest(
    StatementAnalysis analysis,
    CatalogSnapshot catalog,
    Actor actor,
    ConnectionContext connection,
    Instant at,
    String origin,
    String ticket,
    boolean inTransaction,
    long rowsTouched,
    List<String> binds,
    Optional<Grant> grant,
    List<UnmaskGrant> unmaskGrants) {
  public DecisionRequest {
    binds = List.copyOf(binds);
    unmaskGrants = List.copyOf(unmaskGrants);
  }

  /// A request of somebody for whom no mask was lifted.
  public DecisionRequest(
      StatementAnalysis analysis,
      CatalogSnapshot catalog,
      Actor actor,
      ConnectionContext connection,
      Instant at,
      String origin,
      String ticket,
      boolean inTransaction,
      long rowsTouched,
      List<String> binds,
      Optional<Grant> grant) {
    this(
        analysis,
        catalog,
        actor,
        connection,
        at,
        origin,
        ticket,
        inTransaction,
        rowsTouched,
        binds,
        grant,
        List.of());
  }

  /// The same question with grants that lift masks.
  public DecisionRequest withUnmaskGrants(List<UnmaskGrant> others) {
    return new DecisionRequest(
        analysis,
        catalog,
        actor,
        connection,
        at,
        origin,
        ticket,
        inTransaction,
        rowsTouched,
        binds,
        grant,
        others);
  }
}
