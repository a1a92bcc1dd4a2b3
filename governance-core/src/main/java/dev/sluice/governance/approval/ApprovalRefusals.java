package dev.sluice.governance.approval;

import java.util.Locale;

/// The words of every refusal, in one place: what stands in the way and what to do.
public final class ApprovalRefusals {

  private ApprovalRefusals() {}

  /// Why a request in a final state takes no more events.
  ///
  /// @param state not PENDING or APPROVED
  public static Transition.Refused closed(ApprovalState state) {
    String again = "Ask again with a new request.";
    return switch (state) {
      case EXHAUSTED ->
          refused("exhausted", "This approval has been used as often as it allowed.", again);
      case REJECTED ->
          refused("rejected", "This request was rejected.", "Read the comment. " + again);
      case CANCELLED -> refused("cancelled", "This request was cancelled.", again);
      case EXPIRED_PENDING ->
          refused("expired", "Nobody decided this request in time, so it expired.", again);
      case EXPIRED_UNUSED ->
          refused("expired", "This approval was not used in time, so it expired.", again);
      case STALE ->
          refused(
              "stale",
              "The database, the policy or the statement changed after the approval, so it no"
                  + " longer holds.",
              again);
      case REVOKED -> refused("revoked", "This approval was taken back.", again);
      case PENDING, APPROVED -> refused("open", "This request is still open.", "Try again.");
    };
  }

  static Transition.Refused reasonMissing() {
    return refused(
        "reason-missing", "A request needs a reason.", "Say why the statement is needed.");
  }

  static Transition.Refused commentMissing() {
    return refused(
        "comment-missing",
        "Saying no needs a comment.",
        "Write what is wrong, so that the requester knows what to change.");
  }

  static Transition.Refused onlyPeopleReview() {
    return refused(
        "only-people-review",
        "Agents and pipelines never decide requests.",
        "A person who is named by the rule must sign in and decide.");
  }

  static Transition.Refused fourEyes(ApproverRule rule) {
    return refused(
        "four-eyes",
        "Nobody decides their own request or one of their own agent.",
        "Somebody else must decide: " + names(rule) + ".");
  }

  static Transition.Refused notAnApprover(ApproverRule rule) {
    return refused(
        "not-an-approver",
        "The rule does not name you for this request.",
        "It is decided by: " + names(rule) + ".");
  }

  static Transition.Refused oneSeat() {
    return refused(
        "one-seat",
        "You have decided this request already; one person fills one seat.",
        "Wait for the other people that the rule asks for.");
  }

  static Transition.Refused nobodyToPassTo() {
    return refused(
        "nobody-to-pass-to",
        "The policy names nobody to whom this request could be passed on.",
        "Decide it, say in a comment what you would need, or name a delegate while you are away.");
  }

  static Transition.Refused passedOnAlready(String to) {
    return refused(
        "passed-on",
        "This request has been passed on already: " + to + " may decide it too.",
        "Wait for them, or decide it.");
  }

  static Transition.Refused decided() {
    return refused(
        "decided",
        "This request is approved already.",
        "To take the approval back, revoke it with a reason.");
  }

  static Transition.Refused notYours() {
    return refused(
        "not-yours",
        "Only the one who asked can do this.",
        "Make a request of your own for the same statement.");
  }

  static Transition.Refused notApprovedYet(ApprovalRequest request) {
    int missing = Math.max(1, request.approvers().quorum() - request.reviews().size());
    return refused(
        "pending",
        String.format(
            Locale.ROOT,
            "This request is not approved yet; %d more %s needed.",
            missing,
            missing == 1 ? "approval is" : "approvals are"),
        "Wait for: " + names(request.approvers()) + ".");
  }

  static Transition.Refused onlyPeopleUnmask() {
    return refused(
        "only-people-unmask",
        "Masks are never lifted for agents and pipelines.",
        "The person whom it acts for must sign in and ask for themselves.");
  }

  static Transition.Refused nothingToRun() {
    return refused(
        "nothing-to-run",
        "This approval lifts masks for a while; there is nothing to run.",
        "Run your own statements on the connection while it holds.");
  }

  static Transition.Refused glassOnlyForRunning() {
    return refused(
        "glass-masks-stay",
        "Breaking the glass never lifts a mask and never exports.",
        "Wait for approval, or ask those who decide it directly: they were told of the request.");
  }

  static Transition.Refused glassNotYours(ApproverRule rule) {
    return refused(
        "glass-not-yours",
        "The policy does not let you go ahead without approval.",
        "Wait for " + names(rule) + ", or call somebody who is on duty.");
  }

  static Transition.Refused glassOwed() {
    return refused(
        "glass-owed",
        "An earlier emergency of yours has not been reviewed yet, so there is no second one.",
        "Ask somebody who decides such requests to review it; until then, wait for approval.");
  }

  static Transition.Refused glassReasonMissing() {
    return refused(
        "reason-missing",
        "Breaking the glass needs a reason.",
        "Write what is broken and why it cannot wait: your reviewer reads it.");
  }

  static Transition.Refused noEmergency() {
    return refused(
        "no-emergency",
        "Nobody broke the glass on this request, so there is nothing to review afterwards.",
        "Decide the request itself.");
  }

  static Transition.Refused emergencyReviewed() {
    return refused(
        "decided", "This emergency has been reviewed already.", "There is nothing left to do.");
  }

  static Transition.Refused conditionsOfNo() {
    return refused(
        "conditions-of-no",
        "Only an approval has conditions.",
        "Refuse without them, and say in the comment what you would approve.");
  }

  static Transition.Refused conditionTooLow() {
    return refused(
        "condition-too-low",
        "A condition leaves nothing that could be done: each bound is at least 1.",
        "Set a bound of 1 or more, or refuse the request.");
  }

  /// @param what the bound, as a person calls it
  /// @param most what was asked for
  static Transition.Refused conditionTooWide(String what, String most) {
    return refused(
        "condition-too-wide",
        "Conditions only narrow what was asked for: " + what + " " + most + ".",
        "Set a lower bound, or leave it out to approve what was asked for.");
  }

  static Transition.Refused conditionOfAnother(String what) {
    return refused(
        "condition-not-of-this",
        "An approval that lifts masks has no number of " + what + ".",
        "Leave it out; how long the masks are lifted can be narrowed.");
  }

  private static String names(ApproverRule rule) {
    return String.join(", ", rule.anyOf());
  }

  private static Transition.Refused refused(String code, String message, String wayOut) {
    return new Transition.Refused(code, message, wayOut);
  }
}
