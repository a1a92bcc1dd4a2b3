package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.DeadLetterList;
import dev.sluice.governance.codec.wire.EnforcementApproval;
import dev.sluice.governance.codec.wire.EnforcementCheck;
import dev.sluice.governance.codec.wire.EnforcementReview;
import dev.sluice.governance.codec.wire.FirstAdministrator;
import dev.sluice.governance.codec.wire.GroupRole;
import dev.sluice.governance.codec.wire.GroupRoleList;
import dev.sluice.governance.codec.wire.ManagedConnection;
import dev.sluice.governance.codec.wire.ManagedConnectionList;
import dev.sluice.governance.codec.wire.NewConnection;
import dev.sluice.governance.codec.wire.NewPassword;
import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.governance.codec.wire.NewWebhook;
import dev.sluice.governance.codec.wire.NoticeTrial;
import dev.sluice.governance.codec.wire.PersonChange;
import dev.sluice.governance.codec.wire.PersonInfo;
import dev.sluice.governance.codec.wire.PersonList;
import dev.sluice.governance.codec.wire.ReceiverList;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Administering a server, over a signed-in client. Calls block; what the server refuses is a
/// [WorkspaceProblem] with code, blame and way out.
public final class AdminClient {

  private static final String RECEIVERS = "/v1/admin/receivers";
  private static final String DEAD_LETTERS = "/v1/dead-letters";

  private final HttpServerClient client;

  AdminClient(HttpServerClient client) {
    this.client = client;
  }

  /// Makes the first account of a new server. Needs no session.
  public static void firstAdministrator(URI address, FirstAdministrator wanted)
      throws WorkspaceProblem {
    try (Transport transport = new Transport(address)) {
      HttpResponse<String> answer =
          transport.send(
              "POST", "/v1/bootstrap", Transport.json(wanted), Map.of(), Duration.ofSeconds(30));
      if (answer.statusCode() >= 300) {
        throw RemoteProblems.of(answer.statusCode(), answer.body());
      }
    }
  }

  public List<ManagedConnection> connections() throws WorkspaceProblem {
    return client.get("/v1/admin/connections", ManagedConnectionList.class).connections();
  }

  public void addConnection(NewConnection connection) throws WorkspaceProblem {
    client.tell("POST", "/v1/admin/connections", connection);
  }

  public ConnectionDiagnosis testConnection(String name) throws WorkspaceProblem {
    return client.post(connection(name) + "/test", Map.of(), ConnectionDiagnosis.class);
  }

  public void rotateConnection(String name, ConnectionSecrets secrets) throws WorkspaceProblem {
    client.tell("POST", connection(name) + "/secrets", secrets);
  }

  public void removeConnection(String name) throws WorkspaceProblem {
    client.tell("DELETE", connection(name), null);
  }

  /// What a database would be made to enforce, and who reads around it. Changes nothing.
  public EnforcementReview enforcement(String name) throws WorkspaceProblem {
    return client.get(connection(name) + "/enforcement", EnforcementReview.class);
  }

  /// Applies the plan that was reviewed, and verifies it.
  ///
  /// @param plan the hash that was reviewed
  public EnforcementCheck applyEnforcement(String name, String plan) throws WorkspaceProblem {
    return client.post(
        connection(name) + "/enforcement/application",
        new EnforcementApproval(plan),
        EnforcementCheck.class);
  }

  /// Logs in with a lease and tries what it must not be able to do.
  public EnforcementCheck verifyEnforcement(String name) throws WorkspaceProblem {
    return client.post(
        connection(name) + "/enforcement/verification", Map.of(), EnforcementCheck.class);
  }

  public List<PersonInfo> people() throws WorkspaceProblem {
    return client.get("/v1/admin/people", PersonList.class).people();
  }

  public PersonInfo addPerson(NewPerson person) throws WorkspaceProblem {
    return client.post("/v1/admin/people", person, PersonInfo.class);
  }

  public PersonInfo changePerson(String account, PersonChange change) throws WorkspaceProblem {
    return client.post(
        "/v1/admin/people/" + HttpServerClient.encoded(account), change, PersonInfo.class);
  }

  public void resetPassword(String account, String password) throws WorkspaceProblem {
    client.tell(
        "POST",
        "/v1/admin/people/" + HttpServerClient.encoded(account) + "/password",
        new NewPassword(password));
  }

  public List<GroupRole> groupRoles() throws WorkspaceProblem {
    return client.get("/v1/admin/group-roles", GroupRoleList.class).roles();
  }

  public void mapRole(GroupRole role) throws WorkspaceProblem {
    client.tell("POST", "/v1/admin/group-roles", role);
  }

  public void unmapRole(GroupRole role) throws WorkspaceProblem {
    client.tell("POST", "/v1/admin/group-roles/removal", role);
  }

  /// Who is told of what happens besides the log.
  public List<ReceiverList.Receiver> receivers() throws WorkspaceProblem {
    return client.get(RECEIVERS, ReceiverList.class).receivers();
  }

  /// Has the server tell a web address of what happens from now on.
  public void addReceiver(NewWebhook webhook) throws WorkspaceProblem {
    client.post(RECEIVERS, webhook, ReceiverList.class);
  }

  public void removeReceiver(String name) throws WorkspaceProblem {
    client.tell("DELETE", RECEIVERS + "/" + HttpServerClient.encoded(name), null);
  }

  /// Sends one message that says who tries it.
  public NoticeTrial tryReceiver(String name) throws WorkspaceProblem {
    return client.post(
        RECEIVERS + "/" + HttpServerClient.encoded(name) + "/test", Map.of(), NoticeTrial.class);
  }

  /// What receivers would not take, oldest first.
  public List<DeadLetterList.DeadLetter> deadLetters() throws WorkspaceProblem {
    return client.get(DEAD_LETTERS, DeadLetterList.class).letters();
  }

  /// Sends it once more; it stays when it does not arrive.
  public List<DeadLetterList.DeadLetter> redeliver(String id) throws WorkspaceProblem {
    return client
        .post(
            DEAD_LETTERS + "/" + HttpServerClient.encoded(id) + "/redelivery",
            Map.of(),
            DeadLetterList.class)
        .letters();
  }

  public void discardDeadLetter(String id) throws WorkspaceProblem {
    client.tell("DELETE", DEAD_LETTERS + "/" + HttpServerClient.encoded(id), null);
  }

  private static String connection(String name) {
    return "/v1/admin/connections/" + HttpServerClient.encoded(name);
  }
}
