package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.RefusedCall;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.Labelled;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// Takes what clients announce and report into the log. Whose it is comes from the session.
public final class Statements {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Set<String> VERDICTS = Set.of("allow", "needs-approval", "deny");
  private static final Set<String> STATES = Set.of("completed", "failed", "cancelled", "unknown");

  private final Store store;
  private final Ledger ledger;
  private final InstantSource clock;

  public Statements(Store store, Ledger ledger, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Writes an intent; when this returns, it is durable.
  ///
  /// @param effects of the statement as the server read it, none of one that does not run
  /// @param spending what else belongs into the same commit
  public Receipt intent(
      Session session,
      StatementIntent intent,
      Set<EffectKind> effects,
      Consumer<Transaction> spending) {
    checkId(intent.id());
    if (!VERDICTS.contains(intent.verdict())) {
      throw Problems.malformed("A verdict is allow, needs-approval or deny.");
    }
    Map<String, Object> fields = new TreeMap<>();
    session.actor().onBehalfOf().ifPresent(owner -> fields.put("owner", owner.key()));
    fields.put("actorName", session.actor().principal().displayName());
    fields.put("connection", intent.connection());
    fields.put("statement", intent.statement());
    fields.put("printed", intent.printed());
    fields.put("binds", intent.binds());
    fields.put("origin", intent.origin());
    fields.put(
        "labels", Labelled.actor(session.actor(), intent.labels(), intent.statement()).labels());
    fields.put("verdict", intent.verdict());
    fields.put("rule", intent.rule());
    fields.put("reason", intent.reason());
    fields.put("policyVersion", intent.policyVersion());
    fields.put("schemaFingerprint", intent.schemaFingerprint());
    fields.put("columnsTouched", intent.columnsTouched());
    fields.put("columnsMasked", intent.columnsMasked());
    fields.put("effects", effects.stream().map(EffectKind::name).sorted().toList());
    fields.put("lease", intent.leaseId());
    fields.put("session", session.id());
    fields.put("clientTime", intent.clientTime().toString());
    fields.put("seenSize", intent.lastSeen().size());
    fields.put("seenRoot", intent.lastSeen().root());
    String kind = intent.verdict().equals("allow") ? "statement.intent" : "statement.refused";
    AuditEvent event = event(session, intent.id(), kind, intent.correlation(), fields);
    return ledger.write(event, List.of(), spending);
  }

  /// Writes how a statement ended. It must be one of the same person.
  public Receipt outcome(Session session, StatementOutcome outcome) {
    checkId(outcome.id());
    if (!STATES.contains(outcome.state())) {
      throw Problems.malformed("A state is completed, failed, cancelled or unknown.");
    }
    // An intent is durable before its receipt is given: whoever reports the end can find it.
    AuditEvent intent =
        store
            .read(handle -> ledger.event(handle, outcome.intentId()))
            .filter(event -> event.subject().equals(session.principalKey()))
            .filter(event -> event.kind().equals("statement.intent"))
            .orElseThrow(() -> Problems.notFound("intent"));
    if ("".equals(intent.fields().get("lease")) && store.read(handle -> madeHere(handle, intent))) {
      // How that ended only this server knows.
      throw Problems.conflict();
    }
    Map<String, Object> fields = new TreeMap<>();
    // Whoever watches their agent hears how it ended.
    session.actor().onBehalfOf().ifPresent(owner -> fields.put("owner", owner.key()));
    fields.put("of", outcome.intentId());
    fields.put("state", outcome.state());
    fields.put("rows", outcome.rows());
    fields.put("milliseconds", outcome.milliseconds());
    fields.put("errorCode", outcome.errorCode());
    fields.put("clientTime", outcome.clientTime().toString());
    outcome.shown().ifPresent(shown -> fields.put("shown", ShownRows.kept(shown)));
    return ledger.write(
        event(session, outcome.id(), "statement.outcome", intent.correlation(), fields),
        List.of(outcome.intentId()),
        transaction -> {});
  }

  private static boolean madeHere(Handle handle, AuditEvent intent) {
    return handle
        .createQuery("SELECT count(*) FROM allowed_change WHERE intent_id = ?")
        .bind(0, intent.id())
        .mapTo(Long.class)
        .findOne()
        .filter(found -> found > 0)
        .isPresent();
  }

  /// Writes how a statement ended that the server ran itself.
  ///
  /// @param intent as it stands in the log
  public void ended(
      Transaction transaction,
      AuditEvent intent,
      String state,
      long rows,
      long milliseconds,
      String errorCode) {
    Map<String, Object> fields = new TreeMap<>();
    Object owner = intent.fields().get("owner");
    if (owner != null) {
      fields.put("owner", owner);
    }
    fields.put("of", intent.id());
    fields.put("state", state);
    fields.put("rows", rows);
    fields.put("milliseconds", milliseconds);
    fields.put("errorCode", errorCode);
    ledger.append(
        transaction,
        new AuditEvent(
            Ids.next(),
            "statement.outcome",
            1,
            clock.instant(),
            intent.subject(),
            intent.actorKind(),
            intent.correlation(),
            fields));
  }

  /// Writes a call that was refused before it came to a statement.
  public Receipt refusedCall(Session session, RefusedCall call) {
    checkId(call.id());
    if (call.tool().length() > 100 || call.code().length() > 100 || call.reason().length() > 1000) {
      throw Problems.malformed("A refused call is told in fewer words.");
    }
    Map<String, Object> fields = new TreeMap<>();
    session.actor().onBehalfOf().ifPresent(owner -> fields.put("owner", owner.key()));
    fields.put("actorName", session.actor().principal().displayName());
    fields.put("tool", call.tool());
    fields.put("rule", call.code());
    fields.put("reason", call.reason());
    fields.put("verdict", "deny");
    fields.put("clientTime", call.clientTime().toString());
    AuditEvent event = event(session, call.id(), "call.refused", call.id(), fields);
    return ledger.sign(store.write(transaction -> ledger.append(transaction, event)));
  }

  private AuditEvent event(
      Session session, String id, String kind, String correlation, Map<String, Object> fields) {
    if (correlation.length() > 100) {
      throw Problems.malformed("A correlation has at most 100 characters.");
    }
    return new AuditEvent(
        id,
        kind,
        1,
        clock.instant(),
        session.principalKey(),
        session.actor().kind(),
        correlation,
        fields);
  }

  private static void checkId(String id) {
    if (!ID.matcher(id).matches()) {
      throw Problems.malformed("An id is 32 hex digits in lower case.");
    }
  }
}
