package dev.sluice.app.timeline;

/// Ids of the controls of a replay.
public final class ReplayIds {

  public static final String PANE = "replay";
  public static final String DECIDED = "replay-decided";
  public static final String SHOWN = "replay-shown";
  public static final String CHAIN = "replay-chain";
  public static final String READERS = "replay-readers";
  public static final String SCRUBBER = "replay-scrubber";
  public static final String STEP = "replay-step";
  public static final String BACK = "replay-back";
  public static final String FORWARD = "replay-forward";
  public static final String NOT_ME = "replay-not-me";
  public static final String NOT_ME_COMMENT = "replay-not-me-comment";
  public static final String NOT_ME_END = "replay-not-me-end";
  public static final String NOT_ME_CONFIRM = "replay-not-me-confirm";
  public static final String MESSAGE = "replay-message";

  private ReplayIds() {}
}
