package dev.sluice.app.shell;

/// The ids of the controls that tests, the guided tour and assistive scripts look up. They do not
/// change between versions without a note. Each id is unique within one window: only the tab that
/// is shown is in the scene.
public final class ControlIds {

  private ControlIds() {}

  // Sign-in
  public static final String SIGN_IN_ACCOUNT = "sign-in-account";
  public static final String SIGN_IN_PASSWORD = "sign-in-password";
  public static final String SIGN_IN_SUBMIT = "sign-in-submit";
  public static final String SIGN_IN_PROVIDER_PREFIX = "sign-in-with-";
  public static final String SIGN_IN_WAITING = "sign-in-waiting";
  public static final String SIGN_IN_CODE = "sign-in-code";
  public static final String SIGN_IN_CODE_PREFIX = "sign-in-code-";
  public static final String SIGN_IN_CANCEL = "sign-in-cancel";
  public static final String SIGN_IN_COPY_LINK = "sign-in-copy-link";
  public static final String SIGN_IN_PROBLEM = "sign-in-problem";
  public static final String FRESH_SIGN_IN = "fresh-sign-in";
  public static final String FRESH_SIGN_IN_PASSWORD = "fresh-sign-in-password";
  public static final String FRESH_SIGN_IN_SUBMIT = "fresh-sign-in-submit";
  public static final String FRESH_SIGN_IN_CANCEL = "fresh-sign-in-cancel";
  public static final String FRESH_SIGN_IN_PROBLEM = "fresh-sign-in-problem";

  // Window
  public static final String NAVIGATE_QUERY = "navigate-query";
  public static final String NAVIGATE_INBOX = "navigate-inbox";
  public static final String NAVIGATE_TIMELINE = "navigate-timeline";
  public static final String NAVIGATE_SETTINGS = "navigate-settings";
  public static final String NAVIGATE_HELP = "navigate-help";
  public static final String INBOX_BADGE = "inbox-badge";
  public static final String IDENTITY_CHIP = "identity-chip";
  public static final String PALETTE_OPEN = "palette-open";
  public static final String PALETTE_FIELD = "palette-field";
  public static final String PALETTE_LIST = "palette-list";
  public static final String THEME_TOGGLE = "theme-toggle";
  public static final String STATUS_BAR = "status-bar";
  public static final String STATUS_TARGET = "status-target";
  public static final String STATUS_RUN = "status-run";
  public static final String STATUS_POLICY = "status-policy";
  public static final String STATUS_LINK = "status-link";
  public static final String AWAY_BANNER = "away-banner";
  public static final String TOAST = "toast";
  public static final String SESSION_BANNER = "session-banner";

  // Explorer
  public static final String EXPLORER_SEARCH = "explorer-search";
  public static final String EXPLORER_TREE = "explorer-tree";
  public static final String TABLE_PANE = "table-pane";
  public static final String EXPLORER_REFRESH = "explorer-refresh";

  // Query tabs
  public static final String TAB_STRIP = "tab-strip";
  public static final String TAB_NEW = "tab-new";
  public static final String CONNECTION_CHOICE = "connection-choice";
  public static final String RUN_STATEMENT = "run-statement";
  public static final String RUN_SCRIPT = "run-script";
  public static final String RUN_CANCEL = "run-cancel";
  public static final String FORMAT = "format";
  public static final String EDITOR_AREA = "editor-area";
  public static final String EDITOR_VERDICT = "editor-verdict";
  public static final String FIND_FIELD = "find-field";
  public static final String REPLACE_FIELD = "replace-field";
  public static final String COMPLETION_LIST = "completion-list";
  public static final String FIX_LIST = "fix-list";

  public static final String FILE_CHANGED = "file-changed";
  public static final String FILE_RELOAD = "file-reload";
  public static final String FILE_KEEP = "file-keep";
  public static final String TRANSACTION_PILL = "transaction-pill";
  public static final String TRANSACTION_MODE = "transaction-mode";
  public static final String TRANSACTION_COMMIT = "transaction-commit";
  public static final String TRANSACTION_ROLLBACK = "transaction-rollback";
  public static final String EXPLAIN = "explain";
  public static final String PLAN_TREE = "plan-tree";
  public static final String PARAMETERS = "parameters";

  // Results
  public static final String CELL_EDITOR = "cell-editor";
  public static final String EDIT_ROWS = "edit-rows";
  public static final String EDIT_BAR = "edit-bar";
  public static final String EDIT_WORDS = "edit-words";
  public static final String EDIT_ADD = "edit-add";
  public static final String EDIT_DELETE = "edit-delete";
  public static final String EDIT_NULL = "edit-null";
  public static final String EDIT_REVERT = "edit-revert";
  public static final String EDIT_DISCARD = "edit-discard";
  public static final String EDIT_PREVIEW = "edit-preview";
  public static final String EDIT_SUBMIT = "edit-submit";
  public static final String EDIT_SQL = "edit-sql";
  public static final String RESULT_COLUMN_MENU = "result-column-menu";
  public static final String RESULT_FIND = "result-find";
  public static final String RESULT_COMPARE = "result-compare";
  public static final String COMPARE_PANE = "compare-pane";
  public static final String COMPARE_COUNTS = "compare-counts";
  public static final String COMPARE_NOTES = "compare-notes";
  public static final String COMPARE_KEY = "compare-key";
  public static final String COMPARE_ALL = "compare-all";
  public static final String RESULT_CHART = "result-chart";
  public static final String CHART_PANEL = "chart-panel";
  public static final String EXPORT_PROGRESS = "export-progress";
  public static final String RESULT_PANE = "result-pane";
  public static final String RESULT_GRID = "result-grid";
  public static final String RESULT_STATE = "result-state";
  public static final String RESULT_ROWS = "result-rows";
  public static final String MASK_BANNER = "mask-banner";
  public static final String RESULT_NOTES = "result-notes";
  public static final String MASK_WHY = "mask-why";
  public static final String MASK_PANEL = "mask-panel";
  public static final String RESULT_FILTER = "result-filter";
  public static final String VALUE_PANEL = "value-panel";
  public static final String EXPORT_CSV = "export-csv";
  public static final String COPY_AS = "copy-as";
  public static final String BLOCKED_CARD = "blocked-card";
  public static final String BLOCKED_RULE = "blocked-rule";
  public static final String BLOCKED_REASON = "blocked-reason";
  public static final String APPROVAL_CARD = "approval-card";
  public static final String APPROVAL_ASK = "approval-ask";
  public static final String PROBLEM_CARD = "problem-card";
  public static final String WAY_OUT_PREFIX = "way-out-";

  // Asking
  public static final String REQUEST_PANEL = "request-panel";
  public static final String REQUEST_REASON = "request-reason";
  public static final String REQUEST_SUBMIT = "request-submit";
  public static final String REQUEST_CLOSE = "request-close";
  public static final String REQUEST_PROBLEM = "request-problem";
  public static final String REQUEST_WAITING = "request-waiting";
  public static final String REQUEST_WITHDRAW = "request-withdraw";
  public static final String RUN_APPROVED_BAR = "run-approved-bar";
  public static final String RUN_APPROVED = "run-approved";

  // Deciding
  public static final String INBOX_QUEUE = "inbox-queue";
  public static final String INBOX_STATEMENT = "inbox-statement";
  public static final String INBOX_COMMENT = "inbox-comment";
  public static final String INBOX_APPROVE = "inbox-approve";
  public static final String INBOX_REFUSE = "inbox-refuse";
  public static final String INBOX_MESSAGE = "inbox-message";

  // Timeline
  public static final String TIMELINE_LIST = "timeline-list";
  public static final String TIMELINE_SEARCH = "timeline-search";
  public static final String TIMELINE_VERIFY = "timeline-verify";
  public static final String TIMELINE_INTEGRITY = "timeline-integrity";
  public static final String TIMELINE_DETAIL = "timeline-detail";

  // Kept queries
  public static final String NAVIGATE_SAVED = "navigate-saved";
  public static final String SAVED_LIST = "saved-list";
  public static final String SAVED_SEARCH = "saved-search";
  public static final String SAVED_NAME = "saved-name";
  public static final String SAVED_FOLDER = "saved-folder";
  public static final String SAVED_TEXT = "saved-text";
  public static final String SAVED_KEEP = "saved-keep";
  public static final String SAVED_OPEN = "saved-open";
  public static final String SAVED_REMOVE = "saved-remove";

  // Settings
  public static final String SETTINGS_THEME = "settings-theme";
  public static final String SETTINGS_ZOOM = "settings-zoom";
  public static final String SETTINGS_LANGUAGE = "settings-language";
  public static final String SETTINGS_NOTICES = "settings-notices";
}
