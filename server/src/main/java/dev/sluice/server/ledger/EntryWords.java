package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an entry is called where a person reads it.
public final class EntryWords {

  private EntryWords() {}

  /// A few words for what happened, where it is said beside them who did it.
  public static String title(AuditEvent event) {
    return switch (event.kind()) {
      case "approval.reviewed" -> reviewed(event);
      case "statement.intent" -> "Runs";
      case "grant.redeemed" -> "Runs what was approved";
      default -> title(event, Optional.empty(), true);
    };
  }

  private static String reviewed(AuditEvent event) {
    return EventFields.orEmpty(event, "verdict").equals("REJECT") ? "Rejected" : "Approved";
  }

  static Timeline.Entry describe(
      long sequence, AuditEvent event, Optional<AuditEvent> outcome, String reader) {
    boolean mine = event.subject().equals(reader);
    String words =
        outcome
            .map(EntryWords::endDetail)
            .filter(text -> !text.isEmpty())
            .orElseGet(() -> detail(event));
    String labels = String.join(", ", EventFields.labels(event));
    String detail = labels.isEmpty() ? words : (words + " (" + labels + ")").strip();
    return new Timeline.Entry(
        sequence,
        event.at(),
        event.kind(),
        EventFields.orEmpty(event, "connection"),
        EventFields.orEmpty(event, "verdict"),
        title(event, outcome, mine),
        EventFields.orEmpty(event, "statement"),
        EventFields.orEmpty(event, "rule"),
        detail,
        outcome.map(end -> EventFields.number(end, "rows")).orElse(-1L),
        outcome.map(end -> EventFields.number(end, "milliseconds")).orElse(-1L),
        EventFields.texts(event, "columnsTouched"),
        EventFields.texts(event, "columnsMasked"),
        event.correlation());
  }

  static Timeline.Entry erased(long sequence) {
    return new Timeline.Entry(
        sequence,
        Instant.EPOCH,
        "erased",
        "",
        "",
        "Erased",
        "",
        "",
        "The content of this entry was erased; its place in the log is still proven.",
        -1,
        -1,
        List.of(),
        List.of(),
        "");
  }

  private static String title(AuditEvent event, Optional<AuditEvent> outcome, boolean mine) {
    String who = EventFields.text(event, "actorName").orElse("somebody");
    return switch (event.kind()) {
      case "statement.intent" -> by(mine, who, ran(outcome, "Ran", "Started"));
      case "statement.outcome" -> "Statement ended";
      case "statement.refused" ->
          by(
              mine,
              who,
              EventFields.orEmpty(event, "verdict").equals("needs-approval")
                  ? "Needs approval"
                  : "Blocked");
      case "call.refused" -> by(mine, who, "Call refused");
      case "statement.disowned" -> mine ? "Said: not me" : who + ": this was not me";
      case "approval.requested" -> mine ? "Asked for approval" : who + " asked for approval";
      case "approval.reviewed" -> reviewed(event) + (mine ? " by me" : " by " + who);
      case "approval.cancelled" -> "Request cancelled";
      case "approval.revoked" -> "Approval taken back";
      case "approval.tried" -> by(mine, who, "Tried a request without keeping the change");
      case "approval.emergency" -> by(mine, who, "Went ahead without approval (emergency)");
      case "approval.emergency-reviewed" -> "Emergency reviewed" + (mine ? " by me" : " by " + who);
      case "approval.commented" -> by(mine, who, "Commented on a request");
      case "approval.change-proposed" -> by(mine, who, "Proposed another text");
      case "approval.nudged" -> by(mine, who, "Reminded the approvers");
      case "approval.escalated" ->
          event.actorKind().equals("server")
              ? "Request passed on to more people"
              : by(mine, who, "Passed a request on to more people");
      case "execution.ended" -> "Approved statement ended";
      case "approval.expired" -> "Request expired";
      case "approval.stale" -> "Approval no longer holds";
      case "grant.redeemed" -> ran(outcome, "Ran approved statement", "Running approved statement");
      case "agent.confirmation" -> by(mine, who, confirmation(event));
      case "agent.stopped" -> "Stopped the agent " + EventFields.orEmpty(event, "agentName");
      case "agent.resumed" -> "Let the agent " + EventFields.orEmpty(event, "agentName") + " go on";
      case "agent.confirm-each" ->
          (EventFields.number(event, "seconds") > 0 ? "Confirms" : "No longer confirms")
              + " each statement of the agent "
              + EventFields.orEmpty(event, "agentName");
      case "session.opened" -> "Signed in";
      case "session.ended" -> "Signed out";
      case "session.refused" -> "Sign-in failed";
      case "policy.published" -> "Policy published";
      case "policy.drafted" -> "Policy drafted";
      case "policy.draft-changed" -> "Policy draft changed";
      case "policy.draft-discarded" -> "Policy draft discarded";
      case "policy.rollback-drafted" -> "Going back to an earlier policy drafted";
      case "policy.what-if" -> "Policy tried on recorded statements";
      case "delegate.named" -> by(mine, who, "Named a delegate");
      case "delegate.removed" -> by(mine, who, "Took a delegate back");
      case "identity.created" -> "Service identity created";
      case "identity.revoked" -> "Service identity revoked";
      case "enforcement.applied" -> "Rules applied inside the database";
      case "enforcement.ordered" -> by(mine, who, "Had a reviewed plan applied to a database");
      case "enforcement.failed" -> by(mine, who, "A reviewed plan could not be applied");
      case "enforcement.verified" -> by(mine, who, "Tried what logins of a database can do");
      case "lease.issued" -> by(mine, who, "Got a database login");
      case "lease.refused" -> by(mine, who, "Was given no database login");
      case "lease.dropped" -> "Database login removed";
      case "ledger.erasure-asked" -> "Asked to erase content of the log";
      case "ledger.erased" -> "Content of the log erased";
      case "ledger.expired" -> "Content of the log expired";
      case "connection.added" -> "Connection added";
      case "connection.rotated" -> "Connection's password replaced";
      case "connection.removed" -> "Connection removed";
      case "person.added" -> "Person added";
      case "person.changed" -> "Person changed";
      case "person.disabled" -> "Person disabled";
      case "person.password-reset" -> "Password set anew";
      case "role.mapped" -> "Role given to a group";
      case "role.unmapped" -> "Role taken from a group";
      case "schema.changed" ->
          EventFields.text(event, "actorName")
              .map(maker -> "Schema changed by " + maker)
              .orElse("Schema changed outside Sluice");
      case "server.initialised" -> "Server initialised";
      case "webhook.added" -> "Receiver of notices added";
      case "webhook.removed" -> "Receiver of notices removed";
      case "webhook.tried" -> "Receiver of notices tried";
      case "writes.frozen" -> "Writes frozen";
      case "writes.thawed" -> "Freeze of writes lifted";
      case "unmask.used" -> "Saw unmasked values";
      default -> event.kind();
    };
  }

  private static String confirmation(AuditEvent event) {
    return switch (EventFields.orEmpty(event, "answer")) {
      case "confirm" -> "Confirmed by the owner";
      case "take-over" -> "Taken over by the owner";
      case "none" -> "Waited in vain for the owner";
      default -> "Declined by the owner";
    };
  }

  /// What my agent did stands in my trail under its name.
  private static String by(boolean mine, String who, String what) {
    return mine ? what : who + ": " + what;
  }

  private static String ran(Optional<AuditEvent> outcome, String done, String open) {
    if (outcome.isEmpty()) {
      return open;
    }
    return switch (EventFields.orEmpty(outcome.get(), "state")) {
      case "completed" -> done;
      case "failed" -> "Failed";
      case "cancelled" -> "Cancelled";
      default -> "Outcome unknown";
    };
  }

  private static String detail(AuditEvent event) {
    String words =
        EventFields.text(event, "comment")
            .filter(comment -> !comment.isBlank())
            .orElseGet(() -> EventFields.orEmpty(event, "reason"));
    String conditions =
        EventFields.texts(event, "conditions").stream()
            .map(EntryWords::condition)
            .collect(Collectors.joining(", "));
    return conditions.isEmpty() ? words : ("At most " + conditions + ". " + words).strip();
  }

  /// @param told such as `rows 5`
  private static String condition(String told) {
    String number = told.substring(told.indexOf(' ') + 1);
    if (told.startsWith("seconds ")) {
      long seconds = Long.parseLong(number);
      return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
    String unit = told.startsWith("runs ") ? "run" : "row";
    return number + " " + unit + (number.equals("1") ? "" : "s");
  }

  private static String endDetail(AuditEvent outcome) {
    String code = EventFields.orEmpty(outcome, "errorCode");
    return EventFields.text(outcome, "message")
        .orElseGet(() -> code.isEmpty() ? "" : "The database answered " + code + ".");
  }
}
