package dev.sluice.app.fake;

import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.Integrity;
import dev.sluice.gateway.workspace.PolicyStatus;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.gateway.workspace.StatementSession;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.gateway.workspace.WorkspaceProblem.Blame;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A signed-in session without a server or a database.
public final class FakeWorkspace implements Workspace {

  private static final ConnectionContext SHOP =
      new ConnectionContext("shop", "production", Dialect.POSTGRESQL, "brokered", Map.of());
  private static final ConnectionContext DEV =
      new ConnectionContext("shop-dev", "development", Dialect.SQLITE, "brokered", Map.of());

  private final FakeServer server;
  private final Actor me;
  private volatile Optional<FreshSignInPrompt> prompt = Optional.empty();
  private final List<Consumer<WorkspaceEvent>> listeners = new CopyOnWriteArrayList<>();

  FakeWorkspace(FakeServer server, Actor me) {
    this.server = server;
    this.me = me;
  }

  void push(WorkspaceEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  private void reach() throws WorkspaceProblem {
    if (server.away) {
      throw FakeServer.unreachable();
    }
  }

  @Override
  public Actor me() {
    return me;
  }

  @Override
  public String server() {
    return "http://127.0.0.1:8484";
  }

  @Override
  public List<WorkspaceConnection> connections() throws WorkspaceProblem {
    reach();
    return List.of(
        new WorkspaceConnection(
            SHOP,
            "localhost/shop",
            "data-owners",
            "The server holds the password; the window never does."),
        new WorkspaceConnection(DEV, "shop-dev.db", "analysts", "Test data only."));
  }

  @Override
  public Optional<DirectConnections> direct() {
    return server.direct;
  }

  @Override
  public CatalogSnapshot catalog(String connection, boolean refresh) {
    return FakeCatalog.shop();
  }

  @Override
  public List<ColumnGovernance> columnGovernance(String connection) {
    String who = "Data owners see it; they can lift it for a task.";
    return List.of(
        new ColumnGovernance(FakeCatalog.EMAIL, "pii.email", "email", false, who),
        new ColumnGovernance(FakeCatalog.NATIONAL_ID, "pii.national-id", "keep-last", false, who),
        new ColumnGovernance(
            new ColumnRef(new TableRef("public", "payments"), "card_number"),
            "pci.card",
            "card",
            false,
            "Nobody sees whole card numbers here."),
        new ColumnGovernance(
            new ColumnRef(new TableRef("public", "employees"), "salary"),
            "hr.salary",
            "redact",
            false,
            "Only HR."));
  }

  @Override
  public List<StatementVerdict> decide(String connection, String script) {
    ConnectionContext context = connection.equals("shop-dev") ? DEV : SHOP;
    return SqlScript.cut(script, context.engine()).statements().stream()
        .map(statement -> FakeDecisions.decide(statement, context))
        .toList();
  }

  @Override
  public Run run(String connection, StatementText statement, Consumer<RunEvent> listener) {
    FakeRun run = new FakeRun();
    Thread.ofPlatform().daemon().start(() -> execute(connection, statement, listener, run));
    return run;
  }

  @Override
  public StatementSession session(String connection, Supplier<String> tab) {
    return new FakeSession(this, connection);
  }

  private void execute(
      String connection, StatementText statement, Consumer<RunEvent> listener, FakeRun run) {
    listener.accept(new RunEvent.StateChanged(RunEvent.State.DECIDING));
    if (server.away) {
      listener.accept(new RunEvent.Failed(FakeServer.unreachable()));
      return;
    }
    StatementVerdict verdict = decide(connection, statement.text()).getFirst();
    switch (verdict.decision()) {
      case Decision.Deny deny -> {
        log(
            connection,
            "deny",
            "Blocked",
            statement.text(),
            deny.proof().rule(),
            deny.proof().reason(),
            -1,
            -1,
            List.of());
        listener.accept(new RunEvent.Refused(verdict.analysis(), deny));
      }
      case Decision.NeedsApproval ask -> {
        log(
            connection,
            "needs-approval",
            "Needs approval",
            statement.text(),
            ask.proof().rule(),
            ask.proof().reason(),
            -1,
            -1,
            List.of());
        listener.accept(new RunEvent.Refused(verdict.analysis(), ask));
      }
      case Decision.Allow allow -> rows(connection, statement, verdict, allow, listener, run);
    }
  }

  private void rows(
      String connection,
      StatementText statement,
      StatementVerdict verdict,
      Decision.Allow allow,
      Consumer<RunEvent> listener,
      FakeRun run) {
    listener.accept(new RunEvent.StateChanged(RunEvent.State.RUNNING));
    if (statement.text().contains("pg_sleep")) {
      while (!run.cancelled.get()) {
        Thread.onSpinWait();
        sleep(5);
      }
      listener.accept(new RunEvent.Cancelled());
      return;
    }
    List<String> labels = allow.permit().plan().labels();
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      columns.add(
          new ResultColumn(labels.get(i), type(labels.get(i)), allow.permit().plan().maskAt(i)));
    }
    listener.accept(new RunEvent.ColumnsKnown(columns));
    listener.accept(new RunEvent.StateChanged(RunEvent.State.STREAMING));
    int total =
        statement.text().contains("million")
            ? 1_000_000
            : statement.text().contains("wide") ? 200 : 480;
    List<@Nullable Object[]> batch = new ArrayList<>();
    for (int row = 0; row < total && !run.cancelled.get(); row++) {
      batch.add(row(labels, row));
      if (batch.size() == 1000) {
        listener.accept(new RunEvent.Rows(batch));
        batch = new ArrayList<>();
      }
    }
    listener.accept(new RunEvent.Rows(batch));
    if (run.cancelled.get()) {
      listener.accept(new RunEvent.Cancelled());
      return;
    }
    List<String> masked =
        allow.permit().plan().masks().stream()
            .map(mask -> mask.sensitiveSources().iterator().next().dotted())
            .toList();
    log(
        connection,
        "allow",
        "Ran",
        statement.text(),
        allow.proof().rule(),
        allow.proof().reason(),
        total,
        24,
        masked);
    run.done.set(true);
    listener.accept(
        new RunEvent.Completed(
            -1,
            total,
            false,
            Duration.ofMillis(9),
            Duration.ofMillis(24),
            List.of(),
            "e" + server.sequence.get()));
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String type(String label) {
    return switch (label) {
      case "id", "customer_id", "order_id" -> "int8";
      case "credit_limit", "total", "amount" -> "numeric";
      case "created_at", "ordered_at", "paid_at" -> "timestamp";
      default -> "text";
    };
  }

  private static final String[] NAMES = {
    "Lena Fischer",
    "Tomás Ortega",
    "Mei Lin",
    "Sven Lindqvist",
    "Aïcha Benali",
    "John O'Neil",
    "Yuki Tanaka",
    "Zoë Müller"
  };
  private static final String[] CITIES = {
    "Hamburg", "Sevilla", "Taipei", "Malmö", "Lyon", "Cork", "Osaka", "Basel"
  };

  private static @Nullable Object[] row(List<String> labels, int row) {
    @Nullable Object[] values = new Object[labels.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(labels.get(i), row);
    }
    return values;
  }

  private static @Nullable Object value(String label, int row) {
    return switch (label) {
      case "id" -> 1000L + row;
      case "customer_id", "order_id" -> 1000L + row * 7L % 480;
      case "name" -> NAMES[row % NAMES.length];
      case "email", "x" ->
          NAMES[row % NAMES.length].substring(0, 1).toLowerCase(java.util.Locale.ROOT)
              + "•••@•••.example";
      case "national_id" -> row % 11 == 3 ? null : "•••••••" + (1000 + row * 37 % 9000);
      case "card_number" -> "•••• •••• •••• " + (1000 + row * 13 % 9000);
      case "city" -> CITIES[row * 3 % CITIES.length];
      case "segment" -> row % 5 == 0 ? "" : row % 3 == 0 ? "business" : "private";
      case "status" -> row % 4 == 0 ? "open" : "done";
      case "created_at", "ordered_at", "paid_at" ->
          java.time.LocalDateTime.of(2026, 1, 1, 8, 0).plusMinutes(row * 97L);
      case "credit_limit", "total", "amount" ->
          row % 7 == 2 ? null : new BigDecimal(row * 1234 % 900000).movePointLeft(2);
      case "note" ->
          row % 9 == 1
              ? "Called twice about the late parcel;\nwants a refund. " + "x".repeat(5000)
              : row % 4 == 0 ? null : "–";
      default -> row % 13 == 5 ? null : label + " " + row;
    };
  }

  @Override
  public ApprovalRequest requestApproval(String connection, StatementText statement, String reason)
      throws WorkspaceProblem {
    reach();
    Instant now = server.now();
    Capsule capsule =
        new Capsule(
            statement.text(),
            statement.text(),
            List.of(),
            connection,
            "production",
            "f00d",
            12,
            Map.of(),
            List.of("UPDATE public.orders"),
            Map.of("estimated-rows", "1", "tables", "public.orders"),
            10);
    ApprovalRequest request =
        new ApprovalRequest(
            UUID.randomUUID().toString(),
            me,
            capsule,
            List.of("writes-in-production"),
            FakeDecisions.OWNERS,
            reason,
            ApprovalState.PENDING,
            List.of(),
            0,
            now,
            now.plusSeconds(86_400),
            now.plusSeconds(86_400),
            1);
    log(
        connection,
        "",
        "Asked for approval",
        statement.text(),
        "writes-in-production",
        reason,
        -1,
        -1,
        List.of());
    server.put(request);
    return request;
  }

  @Override
  public List<ApprovalRequest> myRequests() {
    return server.all().stream()
        .filter(request -> request.requester().principal().isSameAs(me.principal()))
        .toList();
  }

  @Override
  public List<ApprovalRequest> inbox() throws WorkspaceProblem {
    reach();
    return me.principal().groups().contains("data-owners") ? server.all() : List.of();
  }

  @Override
  public ApprovalRequest review(String requestId, Review.Verdict verdict, String comment)
      throws WorkspaceProblem {
    reach();
    if (server.staleSignIn) {
      signInAgain();
    }
    ApprovalRequest request = server.requests.get(requestId);
    if (request.requester().principal().isSameAs(me.principal())) {
      throw new WorkspaceProblem(
          "four-eyes",
          Blame.POLICY,
          "You asked for this yourself.",
          "Somebody else of data-owners decides.");
    }
    List<Review> reviews = new ArrayList<>(request.reviews());
    reviews.add(new Review(me.principal(), verdict, comment, server.now()));
    ApprovalRequest next =
        with(
            request,
            verdict == Review.Verdict.APPROVE ? ApprovalState.APPROVED : ApprovalState.REJECTED,
            reviews,
            0);
    logFor(
        request.requester().principal().subject(),
        request.capsule().connection(),
        "",
        verdict == Review.Verdict.APPROVE ? "Approved by owner" : "Refused by owner",
        request.capsule().text(),
        "writes-in-production",
        comment,
        -1,
        -1,
        List.of());
    server.put(next);
    return next;
  }

  @Override
  public void onFreshSignInNeeded(FreshSignInPrompt asked) {
    prompt = Optional.of(asked);
  }

  private void signInAgain() throws WorkspaceProblem {
    FreshSignInPrompt asked = prompt.orElseThrow();
    Optional<WorkspaceProblem> refused = Optional.empty();
    try {
      while (server.staleSignIn) {
        Optional<char[]> given = asked.password(me.principal().subject(), refused);
        if (given.isEmpty()) {
          throw new WorkspaceProblem(
              "cancelled",
              Blame.USER,
              "Nothing was done: you did not sign in again.",
              "Repeat it when you want.");
        }
        server.staleSignIn = !new String(given.get()).equals(FakeServer.PASSWORD);
        refused =
            Optional.of(
                new WorkspaceProblem(
                    "wrong-password",
                    Blame.USER,
                    "Account and password do not match.",
                    "Try again."));
      }
    } finally {
      asked.over();
    }
  }

  private ApprovalRequest with(
      ApprovalRequest request, ApprovalState state, List<Review> reviews, int uses) {
    return new ApprovalRequest(
        request.id(),
        request.requester(),
        request.capsule(),
        request.ruleIds(),
        request.approvers(),
        request.reason(),
        state,
        reviews,
        uses,
        request.createdAt(),
        request.decideBy(),
        server.now().plusSeconds(1800),
        request.revision() + 1);
  }

  @Override
  public ApprovalRequest cancelRequest(String requestId) throws WorkspaceProblem {
    reach();
    ApprovalRequest request = server.requests.get(requestId);
    ApprovalRequest next = with(request, ApprovalState.CANCELLED, request.reviews(), 0);
    server.put(next);
    return next;
  }

  @Override
  public Run runApproved(String requestId, Consumer<RunEvent> listener) {
    FakeRun run = new FakeRun();
    Thread.ofPlatform().daemon().start(() -> redeem(requestId, listener, run));
    return run;
  }

  private void redeem(String requestId, Consumer<RunEvent> listener, FakeRun run) {
    ApprovalRequest request = server.requests.get(requestId);
    listener.accept(new RunEvent.StateChanged(RunEvent.State.RUNNING));
    if (request.state() != ApprovalState.APPROVED) {
      listener.accept(
          new RunEvent.Failed(
              new WorkspaceProblem(
                  "exhausted",
                  Blame.POLICY,
                  "The approval has been used.",
                  "Ask again for another run.")));
      return;
    }
    server.put(with(request, ApprovalState.EXHAUSTED, request.reviews(), 1));
    log(
        request.capsule().connection(),
        "allow",
        "Ran approved",
        request.capsule().text(),
        "writes-in-production",
        "Approved by Olga Owner.",
        1,
        12,
        List.of());
    run.done.set(true);
    listener.accept(
        new RunEvent.Completed(
            1, 0, false, Duration.ofMillis(10), Duration.ofMillis(12), List.of(), "e"));
  }

  private void log(
      String connection,
      String verdict,
      String title,
      String statement,
      String rule,
      String detail,
      long rows,
      long milliseconds,
      List<String> masked) {
    logFor(
        me.principal().subject(),
        connection,
        verdict,
        title,
        statement,
        rule,
        detail,
        rows,
        milliseconds,
        masked);
  }

  private void logFor(
      String who,
      String connection,
      String verdict,
      String title,
      String statement,
      String rule,
      String detail,
      long rows,
      long milliseconds,
      List<String> masked) {
    server.log(
        who,
        new TimelinePage.Entry(
            server.sequence.incrementAndGet(),
            server.now(),
            connection,
            verdict,
            title,
            statement,
            rule,
            detail,
            rows,
            milliseconds,
            masked,
            masked,
            "c"));
  }

  @Override
  public TimelinePage timeline(TimelineQuery query) throws WorkspaceProblem {
    reach();
    List<TimelinePage.Entry> found =
        server.timeline(me.principal().subject()).stream()
            .filter(entry -> entry.sequence() < query.before())
            .filter(
                entry ->
                    (entry.statement() + entry.title() + entry.rule())
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(query.text().toLowerCase(java.util.Locale.ROOT)))
            .toList();
    return new TimelinePage(
        found.stream().limit(query.limit()).toList(), found.size() > query.limit());
  }

  @Override
  public Integrity verifyTimeline() throws WorkspaceProblem {
    reach();
    return new Integrity(
        true,
        server.sequence.get(),
        "Verified to #" + String.format(java.util.Locale.ROOT, "%,d", server.sequence.get()));
  }

  @Override
  public Subscription subscribe(Consumer<WorkspaceEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public PolicyStatus policyStatus() {
    return new PolicyStatus(12, Instant.now().plusSeconds(3600), !server.away);
  }

  @Override
  public void close() {
    server.sessions.remove(this);
  }

  private static final class FakeRun implements Run {
    final AtomicBoolean cancelled = new AtomicBoolean();
    final AtomicBoolean done = new AtomicBoolean();

    @Override
    public void cancel() {
      cancelled.set(true);
    }

    @Override
    public boolean isDone() {
      return done.get();
    }
  }
}
