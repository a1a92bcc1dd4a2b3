package dev.sluice.server.execution;

import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.StatementGuard.Checked;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.policies.StoredBudget;
import dev.sluice.server.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/// Takes an announced statement: decides it anew, spends what it spends, writes it down.
public final class StatementIntake {

  private static final int STRIPES = 64;

  private final StatementGuard guard;
  private final Statements statements;
  private final StoredBudget budget;
  private final Ledger ledger;
  private final BiPredicate<Session, StatementIntent> confirmed;
  private final InstantSource clock;
  private final Object[] stripes = new Object[STRIPES];

  /// @param confirmed returns when whoever wants a word on the statement has given it, and whether
  ///     that was waited for; otherwise throws why not
  public StatementIntake(
      StatementGuard guard,
      Statements statements,
      StoredBudget budget,
      Ledger ledger,
      BiPredicate<Session, StatementIntent> confirmed,
      InstantSource clock) {
    this.guard = guard;
    this.statements = statements;
    this.budget = budget;
    this.ledger = ledger;
    this.confirmed = confirmed;
    this.clock = clock;
    java.util.Arrays.setAll(stripes, stripe -> new Object());
  }

  /// When this returns, the intent is durable.
  public Receipt take(Session session, StatementIntent intent) {
    return take(session, intent, transaction -> {});
  }

  /// @param with what else belongs into the same commit
  Receipt take(Session session, StatementIntent intent, Consumer<Transaction> with) {
    Checked checked = guard.check(session, intent);
    // Nobody is asked about what is refused anyway; what held before a wait is checked after it.
    if (intent.verdict().equals("allow")
        && session.actor() instanceof Actor.Agent
        && confirmed.test(session, intent)) {
      checked = guard.check(session, intent);
    }
    return record(session, intent, checked, with);
  }

  private Receipt record(
      Session session, StatementIntent intent, Checked checked, Consumer<Transaction> with) {
    if (checked.equalities().isEmpty()) {
      return statements.intent(
          session,
          intent,
          checked.effects(),
          transaction -> {
            with.accept(transaction);
            recordLifted(transaction, session, intent, checked);
          });
    }
    // One person's spending is decided and spent one after the other, or two at once could both
    // take the last of a budget.
    String subject = checked.equalities().getFirst().subject();
    synchronized (stripes[Math.floorMod(subject.hashCode(), STRIPES)]) {
      Checked now = guard.check(session, intent);
      return statements.intent(
          session,
          intent,
          now.effects(),
          transaction -> {
            with.accept(transaction);
            budget.spend(transaction, now.equalities());
            recordLifted(transaction, session, intent, now);
          });
    }
  }

  /// Each use of a grant that lifts masks is an entry of its own, in the same commit as the intent.
  private void recordLifted(
      Transaction transaction, Session session, StatementIntent intent, Checked checked) {
    Instant now = clock.instant();
    checked.lifted().values().stream()
        .distinct()
        .forEach(
            grant ->
                ledger.append(transaction, event(session, intent, grant, checked.lifted(), now)));
  }

  private static AuditEvent event(
      Session session,
      StatementIntent intent,
      UnmaskGrant grant,
      Map<ColumnRef, UnmaskGrant> lifted,
      Instant at) {
    List<String> columns =
        lifted.entrySet().stream()
            .filter(entry -> entry.getValue().equals(grant))
            .map(entry -> entry.getKey().dotted())
            .toList();
    // The same for an intent that is sent again: then it is not written twice.
    String id =
        DeviceProof.digest("unmask.used/" + grant.requestId() + "/" + intent.id()).substring(0, 32);
    return new AuditEvent(
        id,
        "unmask.used",
        1,
        at,
        session.principalKey(),
        session.actor().kind(),
        grant.requestId(),
        Map.of(
            "request", grant.requestId(),
            "intent", intent.id(),
            "connection", intent.connection(),
            "columnsUnmasked", columns,
            "until", grant.until().toString()));
  }
}
