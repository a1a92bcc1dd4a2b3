package dev.sluice.app.studio;

/// Ids of the controls of the policy studio, for tests and the guided tour.
public final class StudioIds {

  public static final String NAVIGATE = "nav-policy";
  public static final String VERSIONS = "policy-versions";
  public static final String EDITOR = "policy-editor";
  public static final String TITLE = "policy-title";
  public static final String PROBLEMS = "policy-problems";
  public static final String TABS = "policy-tabs";
  public static final String TESTS = "policy-tests";
  public static final String CHANGES = "policy-changes";
  public static final String WHAT_IF = "policy-what-if";
  public static final String WHAT_IF_DAYS = "policy-what-if-days";
  public static final String WHAT_IF_START = "policy-what-if-start";
  public static final String WHAT_IF_CANCEL = "policy-what-if-cancel";
  public static final String WHAT_IF_STATE = "policy-what-if-state";
  public static final String PROPOSALS = "policy-proposals";
  public static final String COMMENT = "policy-comment";
  public static final String PROPOSE = "policy-propose";
  public static final String PUBLISH = "policy-publish";
  public static final String DISCARD = "policy-discard";
  public static final String ROLLBACK = "policy-rollback";
  public static final String OBSERVE = "policy-observe";
  public static final String MESSAGE = "policy-message";

  public static final String FORM = "policy-form";
  public static final String FORM_EFFECT = "policy-form-effect-";
  public static final String FORM_OBSERVE = "policy-form-observe-";
  public static final String ATTACK = "policy-attack";
  public static final String ATTACK_CONNECTION = "policy-attack-connection";
  public static final String ATTACK_GROUPS = "policy-attack-groups";
  public static final String ATTACK_START = "policy-attack-start";
  public static final String ATTACK_CANCEL = "policy-attack-cancel";
  public static final String ATTACK_STATE = "policy-attack-state";

  private StudioIds() {}
}
