package dev.sluice.app.oversight;

/// Ids of the controls of the dashboard, for tests and the guided tour.
public final class OversightIds {

  public static final String NAVIGATE = "nav-live";
  public static final String TILES = "live-tiles";
  public static final String CHART = "live-chart";
  public static final String FEED = "live-feed";
  public static final String FEED_FILTER = "live-filter";
  public static final String FEED_PAUSE = "live-pause";
  public static final String FEED_STATE = "live-feed-state";
  public static final String TOUCHED = "live-touched";
  public static final String SESSIONS = "live-sessions";
  public static final String SESSION_END = "live-session-end";
  public static final String SESSION_REASON = "live-session-reason";
  public static final String SESSION_CONFIRM = "live-session-confirm";
  public static final String WAITING = "live-waiting";
  public static final String SCHEMA = "live-schema";
  public static final String DETAILS = "live-details";
  public static final String PROBLEM = "live-problem";
  public static final String FREEZE_OPEN = "freeze-open";
  public static final String FREEZE_PANEL = "freeze-panel";
  public static final String FREEZE_WHERE = "freeze-where";
  public static final String FREEZE_MINUTES = "freeze-minutes";
  public static final String FREEZE_REASON = "freeze-reason";
  public static final String FREEZE_WORD = "freeze-word";
  public static final String FREEZE_CONFIRM = "freeze-confirm";
  public static final String FREEZE_BANNER = "freeze-banner";
  public static final String FREEZE_LIFT = "freeze-lift";

  private OversightIds() {}
}
