package dev.sluice.app.pairing;

/// Ids of the controls of the screen of one's agents, for tests and the guided tour.
public final class PairingIds {

  public static final String NAVIGATE = "nav-agents";
  public static final String AGENTS = "agents-list";
  public static final String STATE = "agent-state";
  public static final String PROBLEM = "agents-problem";
  public static final String STOP = "agent-stop";
  public static final String RESUME = "agent-resume";
  public static final String CONFIRM_EACH = "agent-confirm-each";
  public static final String WAITING = "agent-waiting";
  public static final String CONFIRM = "agent-confirm";
  public static final String DECLINE = "agent-decline";
  public static final String TAKE_OVER_WAITING = "agent-take-over-waiting";
  public static final String ACTIVITY = "agent-activity";
  public static final String STATEMENT = "agent-statement";
  public static final String ROWS = "agent-rows";
  public static final String TAKE_OVER = "agent-take-over";

  private PairingIds() {}
}
