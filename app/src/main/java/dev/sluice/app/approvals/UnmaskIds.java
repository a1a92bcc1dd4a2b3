package dev.sluice.app.approvals;

/// Ids of the controls for seeing masked values and for emergencies, for tests and the tour.
public final class UnmaskIds {

  public static final String PANEL = "unmask-panel";
  public static final String REASON = "unmask-reason";
  public static final String MINUTES = "unmask-minutes";
  public static final String SUBMIT = "unmask-submit";
  public static final String PROBLEM = "unmask-problem";
  public static final String BAR = "unmask-bar";
  public static final String RUN_AGAIN = "unmask-run-again";
  public static final String NUDGE = "request-nudge";
  public static final String EMERGENCY = "request-emergency";
  public static final String EMERGENCY_PANEL = "emergency-panel";
  public static final String EMERGENCY_REASON = "emergency-reason";
  public static final String EMERGENCY_CONFIRM = "emergency-confirm";
  public static final String REQUEST_NOTE = "request-note";
  public static final String INBOX_UNDO = "inbox-undo";
  public static final String INBOX_COMMENTS = "inbox-comments";
  public static final String INBOX_SAY = "inbox-say";
  public static final String INBOX_SAY_SEND = "inbox-say-send";
  public static final String DELEGATE_OPEN = "delegate-open";
  public static final String DELEGATE_ACCOUNT = "delegate-account";
  public static final String DELEGATE_SET = "delegate-set";
  public static final String DELEGATE_STATE = "delegate-state";

  private UnmaskIds() {}
}
