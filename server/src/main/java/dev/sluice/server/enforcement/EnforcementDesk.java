package dev.sluice.server.enforcement;

import dev.sluice.governance.codec.wire.EnforcementCheck;
import dev.sluice.governance.codec.wire.EnforcementReview;
import dev.sluice.governance.enforcement.AccessFinding;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.AdminProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.Target;
import dev.sluice.server.Targets;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.store.Store;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/// Where an administrator reviews, applies and verifies what a database enforces. What is applied
/// is exactly what was reviewed, and who applied it stands in the log before it is tried and after.
public final class EnforcementDesk {

  private final Targets targets;
  private final EnforcedDatabases databases;
  private final Policies policies;
  private final Store store;
  private final Ledger ledger;
  private final InstantSource clock;

  public EnforcementDesk(
      Targets targets,
      EnforcedDatabases databases,
      Policies policies,
      Store store,
      Ledger ledger,
      InstantSource clock) {
    this.targets = targets;
    this.databases = databases;
    this.policies = policies;
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Plans and audits, and changes nothing.
  public EnforcementReview review(String connection) {
    EnforcedDatabase database = database(connection);
    Policies.InForce policy = policies.inForce();
    try {
      EnforcedDatabase.Reviewed reviewed = database.review(policy);
      EnforcementPlan plan = reviewed.plan();
      Standing standing = database.standing();
      return new EnforcementReview(
          connection,
          standing.ring(),
          standing.sentence(),
          plan.hash(),
          reviewed.inForce(),
          database.administered(),
          reviewed.drift().summary(),
          plan.problems().stream()
              .map(each -> remark(each.object(), each.message(), each.wayOut()))
              .toList(),
          plan.notes().stream().map(each -> remark(each.object(), each.message(), "")).toList(),
          plan.steps().stream()
              .map(each -> new EnforcementReview.Step(each.object(), each.why(), each.sql()))
              .toList(),
          reviewed.findings().stream().map(each -> finding(database, each)).toList());
    } catch (EnforcementProblem problem) {
      throw refused(connection, problem);
    }
  }

  private static EnforcementReview.Remark remark(String object, String message, String wayOut) {
    return new EnforcementReview.Remark(object, message, wayOut);
  }

  private static EnforcementReview.Finding finding(EnforcedDatabase database, AccessFinding each) {
    return new EnforcementReview.Finding(
        each.name(), each.message(), each.closing(), database.accepts(each.name()));
  }

  /// Applies the plan that was reviewed, over whatever somebody changed by hand, and verifies it.
  ///
  /// @param reviewed the hash that was reviewed
  public EnforcementCheck apply(Actor by, String connection, String reviewed) {
    EnforcedDatabase database = administered(connection);
    Policies.InForce policy = policies.inForce();
    // Said before it is tried: whatever comes of it, who wanted it is known.
    note("enforcement.ordered", by, connection, Map.of("plan", reviewed));
    try {
      int profiles = database.applyReviewed(policy, reviewed);
      note("enforcement.applied", by, connection, Map.of("plan", reviewed, "profiles", profiles));
    } catch (EnforcementProblem problem) {
      note("enforcement.failed", by, connection, Map.of("plan", reviewed, "on", problem.object()));
      throw refused(connection, problem);
    }
    return verified(by, database, policy, reviewed);
  }

  /// Logs in with a lease of its own and tries what it must not be able to do.
  public EnforcementCheck verify(Actor by, String connection) {
    return verified(by, administered(connection), policies.inForce(), "");
  }

  private EnforcementCheck verified(
      Actor by, EnforcedDatabase database, Policies.InForce policy, String applied) {
    String connection = database.target().name();
    try {
      EnforcedDatabase.Verified verified = database.verify(policy);
      note(
          "enforcement.verified",
          by,
          connection,
          Map.of("profiles", verified.profiles(), "wrong", verified.wrong().size()));
      return new EnforcementCheck(connection, applied, verified.profiles(), verified.wrong());
    } catch (EnforcementProblem problem) {
      throw refused(connection, problem);
    }
  }

  private EnforcedDatabase database(String connection) {
    Target target = targets.find(connection).orElseThrow(() -> Problems.notFound("connection"));
    return databases
        .find(target)
        .orElseThrow(
            () ->
                AdminProblems.refused(
                    "not-to-be-enforced",
                    "The database of \"" + connection + "\" is not to enforce the policy itself.",
                    "Add the connection again with the ring \"enforced\" and an administrator of"
                        + " the database."));
  }

  private EnforcedDatabase administered(String connection) {
    EnforcedDatabase database = database(connection);
    if (!database.administered()) {
      throw AdminProblems.refused(
          "administrator-missing",
          "The server holds no administrator's login for \"" + connection + "\".",
          "Run `sluice enforce apply --connection "
              + connection
              + " --plan HASH` with an administrator's login of the database, or give the server"
              + " one.");
    }
    return database;
  }

  private static RuntimeException refused(String connection, EnforcementProblem problem) {
    return switch (problem.kind()) {
      case UNREACHABLE -> Problems.databaseAway(connection);
      case NOT_APPLIED, DRIFTED, OTHER_POLICY, OTHER ->
          AdminProblems.refused(
              "enforcement-refused",
              problem.object() + ": " + problem.getMessage(),
              "Nothing else was changed. Read the plan again; it says what stands in the way.");
    };
  }

  private void note(String kind, Actor by, String connection, Map<String, Object> more) {
    Map<String, Object> fields = new TreeMap<>(more);
    fields.put("connection", connection);
    store.write(
        transaction ->
            ledger.append(
                transaction,
                AdminEvents.of(kind, by, clock.instant(), "enforcement/" + connection, fields)));
  }
}
