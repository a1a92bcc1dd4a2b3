package dev.sluice.app.administration;

/// Ids of the controls of the administration screen, for tests and the guided tour.
public final class AdministrationIds {

  public static final String NAVIGATE = "nav-administration";
  public static final String TABS = "admin-tabs";
  public static final String MESSAGE = "admin-message";
  public static final String CONNECTIONS = "admin-connections";
  public static final String CONNECTION_TEST = "admin-connection-test";
  public static final String CONNECTION_ROTATE = "admin-connection-rotate";
  public static final String CONNECTION_PASSWORD = "admin-connection-password";
  public static final String DIAGNOSIS = "admin-diagnosis";
  public static final String ENFORCEMENT_REVIEW = "admin-enforcement-review";
  public static final String ENFORCEMENT_APPLY = "admin-enforcement-apply";
  public static final String ENFORCEMENT_VERIFY = "admin-enforcement-verify";
  public static final String ENFORCEMENT = "admin-enforcement";
  public static final String ENFORCEMENT_SQL = "admin-enforcement-sql";
  public static final String PEOPLE = "admin-people";
  public static final String PERSON_FORM = "admin-person";
  public static final String PERSON_ADD = "admin-person-add";
  public static final String PERSON_DISABLE = "admin-person-disable";
  public static final String ROLES = "admin-roles";
  public static final String ROLE_ADD = "admin-role-add";
  public static final String SERVICES = "admin-services";
  public static final String SERVICE_ADD = "admin-service-add";
  public static final String SERVICE_SECRET = "admin-service-secret";
  public static final String SERVICE_REVOKE = "admin-service-revoke";

  public static final String RECEIVERS = "admin-receivers";
  public static final String RECEIVER_ADD = "admin-receiver-add";
  public static final String RECEIVER_TEST = "admin-receiver-test";
  public static final String RECEIVER_REMOVE = "admin-receiver-remove";
  public static final String DEAD_LETTERS = "admin-dead-letters";
  public static final String LETTER_AGAIN = "admin-letter-again";

  private AdministrationIds() {}
}
