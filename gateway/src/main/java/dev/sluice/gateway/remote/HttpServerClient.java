package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.Integrity;
import dev.sluice.gateway.workspace.ServerRoads;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.audit.SigningKeys;
import dev.sluice.governance.codec.CompactJws;
import dev.sluice.governance.codec.wire.ApprovalList;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.ChangeSet;
import dev.sluice.governance.codec.wire.ChangeSetRun;
import dev.sluice.governance.codec.wire.ConnectionInfo;
import dev.sluice.governance.codec.wire.ConnectionList;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.codec.wire.LogHead;
import dev.sluice.governance.codec.wire.LogProof;
import dev.sluice.governance.codec.wire.LogVerification;
import dev.sluice.governance.codec.wire.MaskKey;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.NewReview;
import dev.sluice.governance.codec.wire.PolicyDocument;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.RefusedCall;
import dev.sluice.governance.codec.wire.Revocation;
import dev.sluice.governance.codec.wire.ServerInfo;
import dev.sluice.governance.codec.wire.SignInProvider;
import dev.sluice.governance.codec.wire.SignInProviders;
import dev.sluice.governance.codec.wire.SignedPolicy;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.governance.codec.wire.Timeline;
import dev.sluice.governance.codec.wire.UnmaskGrantList;
import dev.sluice.governance.identity.Actor;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// [ServerClient] over HTTP.
public final class HttpServerClient implements ServerClient {

  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration OWNER_PATIENCE = Duration.ofMinutes(11);
  private static final Duration RUN_PATIENCE = Duration.ofMinutes(30);
  static final byte[] NOTHING = new byte[0];

  private final ServerTrust trust;
  private final TrustMemory memory;
  private final Transport transport;
  private final ClientSession session;
  private final LogWitness witness;
  private volatile boolean distrusted;

  private HttpServerClient(
      ServerTrust trust, TrustMemory memory, Transport transport, ClientSession session) {
    this.trust = trust;
    this.memory = memory;
    this.transport = transport;
    this.session = session;
    this.witness = new LogWitness(trust, memory);
  }

  /// What a server says of itself, before any trust.
  public static ServerInfo ask(URI address) throws WorkspaceProblem {
    try (Transport transport = new Transport(address)) {
      HttpResponse<String> answer =
          transport.send("GET", "/v1/server", NOTHING, Map.of(), Duration.ofSeconds(10));
      if (answer.statusCode() != 200) {
        throw RemoteProblems.of(answer.statusCode(), answer.body());
      }
      return Transport.read(answer.body(), ServerInfo.class);
    }
  }

  /// Signs in with a local account, and checks that the server's log still holds what this client
  /// has seen of it.
  ///
  /// @param password wiped before this returns
  /// @param client such as `workbench 1.0.0`, for the log
  public static HttpServerClient signIn(
      ServerTrust trust, TrustMemory memory, String account, char[] password, String client)
      throws WorkspaceProblem {
    Transport transport = new Transport(trust.address());
    try {
      DeviceSession session = DeviceSession.open(transport, account, new String(password), client);
      HttpServerClient signedIn = new HttpServerClient(trust, memory, transport, session);
      signedIn.witnessLog();
      return signedIn;
    } catch (WorkspaceProblem e) {
      transport.close();
      throw e;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /// The identity providers that a server offers.
  public static List<SignInProvider> providers(URI address) throws WorkspaceProblem {
    try (Transport transport = new Transport(address)) {
      HttpResponse<String> answer =
          transport.send("GET", "/v1/sign-in", NOTHING, Map.of(), Duration.ofSeconds(10));
      if (answer.statusCode() != 200) {
        throw RemoteProblems.of(answer.statusCode(), answer.body());
      }
      return Transport.read(answer.body(), SignInProviders.class).providers();
    }
  }

  /// Signs in with an identity provider, and checks the server's log likewise.
  ///
  /// @param provider id of one the server offers
  public static HttpServerClient signIn(
      ServerTrust trust, TrustMemory memory, String provider, IdTokenSource source, String client)
      throws WorkspaceProblem {
    Transport transport = new Transport(trust.address());
    try {
      HttpServerClient signedIn =
          new HttpServerClient(
              trust, memory, transport, DeviceSession.open(transport, provider, source, client));
      signedIn.witnessLog();
      return signedIn;
    } catch (WorkspaceProblem e) {
      transport.close();
      throw e;
    }
  }

  /// Lets an agent or a pipeline in, and checks the server's log likewise.
  public static HttpServerClient signIn(
      ServerTrust trust, TrustMemory memory, ServiceCredentials credentials)
      throws WorkspaceProblem {
    Transport transport = new Transport(trust.address());
    try {
      HttpServerClient signedIn =
          new HttpServerClient(
              trust, memory, transport, BearerSession.open(transport, credentials));
      signedIn.witnessLog();
      return signedIn;
    } catch (WorkspaceProblem e) {
      transport.close();
      throw e;
    }
  }

  /// Shows the server anew who is here, without waiting for a call that needs it.
  public void showAgain(FreshSignInPrompt prompt) throws WorkspaceProblem {
    if (session instanceof DeviceSession device) {
      device.showAgain(prompt);
    } else {
      throw RemoteProblems.sessionEnded();
    }
  }

  /// The server's service identities, for an administrator.
  public ServiceIdentityAdmin identities() {
    return new ServiceIdentityAdmin(this);
  }

  @Override
  public Actor me() {
    return session.me();
  }

  @Override
  public ServerTime time() {
    return session.time();
  }

  @Override
  public String address() {
    return trust.address().toString();
  }

  @Override
  public VerifiedPolicy policy() throws WorkspaceProblem {
    return verified(get("/v1/policy", SignedPolicy.class));
  }

  @Override
  public VerifiedPolicy publishPolicy(String yaml, String comment) throws WorkspaceProblem {
    return verified(post("/v1/policy", new PolicyDocument(yaml, comment), SignedPolicy.class));
  }

  VerifiedPolicy verified(SignedPolicy signed) throws WorkspaceProblem {
    CompactJws.Verified jws =
        CompactJws.verify(signed.jws(), trust::policyKey)
            .filter(found -> "sluice-policy+yaml".equals(found.header().get("typ")))
            .orElseThrow(
                () ->
                    RemoteProblems.notTrusted(
                        "The policy is not signed by the server's known key."));
    if (!(jws.header().get("version") instanceof Number version)
        || !(jws.header().get("kid") instanceof String keyId)) {
      throw RemoteProblems.oddAnswer();
    }
    long seen = memory.policyVersion(trust.logOrigin());
    if (version.longValue() < seen) {
      throw RemoteProblems.notTrusted(
          "The server gave policy version " + version + " after version " + seen + ".");
    }
    memory.keepPolicyVersion(trust.logOrigin(), version.longValue());
    return new VerifiedPolicy(
        version.longValue(), keyId, new String(jws.payload(), StandardCharsets.UTF_8));
  }

  @Override
  public byte[] maskKey(String name) throws WorkspaceProblem {
    return Base64.getDecoder().decode(get("/v1/mask-keys/" + encoded(name), MaskKey.class).key());
  }

  @Override
  public List<ConnectionInfo> connections() throws WorkspaceProblem {
    return get("/v1/connections", ConnectionList.class).connections();
  }

  @Override
  public Lease lease(String connection) throws WorkspaceProblem {
    return post("/v1/connections/" + encoded(connection) + "/leases", Map.of(), Lease.class);
  }

  @Override
  public Lease renew(Lease lease) throws WorkspaceProblem {
    Lease renewed = post("/v1/leases/" + encoded(lease.id()) + "/renewal", Map.of(), Lease.class);
    return lease.until(renewed.expiresAt());
  }

  @Override
  public void release(String leaseId) throws WorkspaceProblem {
    send("DELETE", "/v1/leases/" + encoded(leaseId), NOTHING, PATIENCE);
  }

  @Override
  public Receipt intent(StatementIntent intent) throws WorkspaceProblem {
    if (distrusted) {
      throw RemoteProblems.notTrusted(
          "The server's audit log no longer holds what was seen of it.");
    }
    // An agent's statement may wait for its owner's word.
    Duration patience = me() instanceof Actor.Agent ? OWNER_PATIENCE : PATIENCE;
    return receipt(
        intent.id(),
        Transport.read(
            send("POST", "/v1/intents", Transport.json(intent), patience).body(), Receipt.class));
  }

  @Override
  public Receipt outcome(StatementOutcome outcome) throws WorkspaceProblem {
    return receipt(outcome.id(), post("/v1/outcomes", outcome, Receipt.class));
  }

  @Override
  public Receipt refusedCall(RefusedCall call) throws WorkspaceProblem {
    return receipt(call.id(), post("/v1/refused-calls", call, Receipt.class));
  }

  private Receipt receipt(String eventId, Receipt receipt) throws WorkspaceProblem {
    try {
      boolean holds =
          receipt.eventId().equals(eventId)
              && SigningKeys.verify(
                  trust.logKey(),
                  receipt.signedText().getBytes(StandardCharsets.UTF_8),
                  Base64.getDecoder().decode(receipt.signature()));
      if (holds) {
        return receipt;
      }
    } catch (IllegalArgumentException e) {
      throw RemoteProblems.oddAnswer();
    }
    throw RemoteProblems.notTrusted("A receipt is not signed by the server's known key.");
  }

  @Override
  public ApprovalRequest requestApproval(NewApproval approval) throws WorkspaceProblem {
    return post("/v1/approvals", approval, ApprovalRequest.class);
  }

  @Override
  public List<ApprovalRequest> myRequests() throws WorkspaceProblem {
    return get("/v1/approvals", ApprovalList.class).requests();
  }

  @Override
  public List<ApprovalRequest> inbox() throws WorkspaceProblem {
    return get("/v1/approvals/inbox", ApprovalList.class).requests();
  }

  @Override
  public ApprovalRequest request(String id) throws WorkspaceProblem {
    return get("/v1/approvals/" + encoded(id), ApprovalRequest.class);
  }

  @Override
  public ApprovalRequest review(String id, Review.Verdict verdict, String comment)
      throws WorkspaceProblem {
    return post(
        "/v1/approvals/" + encoded(id) + "/reviews",
        new NewReview(verdict, comment),
        ApprovalRequest.class);
  }

  @Override
  public ApprovalRequest cancel(String id) throws WorkspaceProblem {
    return post("/v1/approvals/" + encoded(id) + "/cancellation", Map.of(), ApprovalRequest.class);
  }

  @Override
  public ApprovalRequest revoke(String id, String reason) throws WorkspaceProblem {
    return post(
        "/v1/approvals/" + encoded(id) + "/revocation",
        new Revocation(reason),
        ApprovalRequest.class);
  }

  @Override
  public List<Execution> executions(String id) throws WorkspaceProblem {
    return List.of(get("/v1/approvals/" + encoded(id) + "/executions", Execution[].class));
  }

  @Override
  public ChangeSetRun change(ChangeSet set) throws WorkspaceProblem {
    HttpResponse<String> answer = send("POST", "/v1/changes", Transport.json(set), RUN_PATIENCE);
    return Transport.read(answer.body(), ChangeSetRun.class);
  }

  @Override
  public ApprovedRun runApproved(String id) throws WorkspaceProblem {
    HttpResponse<String> answer =
        send(
            "POST",
            "/v1/approvals/" + encoded(id) + "/executions",
            Transport.json(Map.of()),
            RUN_PATIENCE);
    return Transport.read(answer.body(), ApprovedRun.class);
  }

  @Override
  public TimelinePage timeline(TimelineQuery query) throws WorkspaceProblem {
    Timeline timeline =
        get(
            "/v1/timeline?text="
                + encoded(query.text())
                + "&before="
                + query.before()
                + "&limit="
                + query.limit(),
            Timeline.class);
    return TimelinePage.of(timeline);
  }

  @Override
  public Integrity verify() throws WorkspaceProblem {
    Optional<String> rewritten = takeNewestHead();
    if (rewritten.isPresent()) {
      return new Integrity(false, witness.seen().size(), rewritten.get());
    }
    LogVerification read = post("/v1/log/verification", Map.of(), LogVerification.class);
    return new Integrity(
        read.intact() && read.upTo() >= witness.seen().size(), read.upTo(), read.message());
  }

  @Override
  public LogHead lastSeen() {
    return witness.seen();
  }

  private void witnessLog() throws WorkspaceProblem {
    Optional<String> rewritten = takeNewestHead();
    if (rewritten.isPresent()) {
      throw RemoteProblems.notTrusted(rewritten.get());
    }
  }

  private Optional<String> takeNewestHead() throws WorkspaceProblem {
    LogHead before = witness.seen();
    Optional<String> problem;
    try {
      problem = witness.take(before, get("/v1/log/proof?since=" + before.size(), LogProof.class));
    } catch (WorkspaceProblem e) {
      if (!e.code().equals("not-found")) {
        throw e;
      }
      problem =
          Optional.of(
              "The audit log is shorter than the " + before.size() + " entries already seen.");
    }
    if (problem.isPresent()) {
      distrusted = true;
    }
    return problem;
  }

  @Override
  public void onFreshSignInNeeded(FreshSignInPrompt prompt) {
    if (session instanceof DeviceSession device) {
      device.onFreshSignInNeeded(prompt);
    }
  }

  @Override
  public Optional<URI> browserSignOut() {
    return session instanceof DeviceSession device ? device.browserSignOut() : Optional.empty();
  }

  @Override
  public Workspace.Subscription subscribe(Consumer<WorkspaceEvent> listener) {
    return new PushStream(transport, session, listener);
  }

  @Override
  public Optional<ServerRoads> roads() {
    return Optional.of(
        new ServerRoads(
            requests(),
            policies(),
            oversight(),
            administration(),
            identities(),
            pairing(),
            trail()));
  }

  /// Administering the server with this session.
  public AdminClient administration() {
    return new AdminClient(this);
  }

  @Override
  public List<UnmaskGrant> unmaskGrants() throws WorkspaceProblem {
    return get("/v1/unmask-grants", UnmaskGrantList.class).grants();
  }

  /// Unmasking, emergencies, comments and delegates with this session.
  public RequestClient requests() {
    return new RequestClient(this);
  }

  /// Looking at my own trail again with this session.
  public TrailClient trail() {
    return new TrailClient(this);
  }

  /// Watching over the server with this session.
  public OversightClient oversight() {
    return new OversightClient(this);
  }

  /// Watching over one's own agents with this session.
  public PairingClient pairing() {
    return new PairingClient(this);
  }

  /// Drafting and publishing policies with this session.
  public PolicyClient policies() {
    return new PolicyClient(this);
  }

  /// Says something that is answered with nothing.
  void tell(String method, String path, @Nullable Object body) throws WorkspaceProblem {
    send(method, path, body == null ? NOTHING : Transport.json(body), PATIENCE);
  }

  <T> T get(String path, Class<T> type) throws WorkspaceProblem {
    return Transport.read(send("GET", path, NOTHING, PATIENCE).body(), type);
  }

  <T> T post(String path, Object body, Class<T> type) throws WorkspaceProblem {
    return Transport.read(send("POST", path, Transport.json(body), PATIENCE).body(), type);
  }

  HttpResponse<String> send(String method, String path, byte[] body, Duration patience)
      throws WorkspaceProblem {
    HttpResponse<String> answer = session.send(method, path, body, patience);
    if (answer.statusCode() >= 300) {
      throw RemoteProblems.of(answer.statusCode(), answer.body());
    }
    return answer;
  }

  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    try {
      if (!session.isEnded()) {
        session.send("DELETE", "/v1/sessions/current", NOTHING, Duration.ofSeconds(3));
      }
    } catch (WorkspaceProblem e) {
      // The server ends sessions that nobody renews by itself.
    } finally {
      session.end();
      transport.close();
    }
  }
}
