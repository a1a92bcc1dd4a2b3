package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Review;
import dev.sluice.server.http.Access;
import dev.sluice.server.http.Route;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deciding needs a recent sign-in; the person is asked for it in the middle of the decision.
class FreshSignInTest {

  private static final String CHANGE = "DELETE FROM customers WHERE id = 1";

  private static final Timings FIVE_MINUTES =
      new Timings(
          Duration.ofMinutes(15),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMillis(200));

  @TempDir Path folder;

  /// A person who types these answers, one after the other, and then gives up.
  private static final class Typing implements FreshSignInPrompt {
    private final List<String> answers;
    final List<String> refusals = new ArrayList<>();
    int asked;
    boolean over;

    Typing(String... answers) {
      this.answers = new ArrayList<>(List.of(answers));
    }

    @Override
    public Optional<char[]> password(String account, Optional<WorkspaceProblem> refused) {
      asked++;
      assertThat(account).isEqualTo("owner");
      refused.ifPresent(problem -> refusals.add(problem.code()));
      return answers.isEmpty()
          ? Optional.empty()
          : Optional.of(answers.removeFirst().toCharArray());
    }

    @Override
    public void inBrowser(URI address, Runnable cancel) {
      throw new AssertionError("Local accounts have no browser page.");
    }

    @Override
    public void over() {
      over = true;
    }
  }

  @Test
  void aDecisionGoesOnByItselfOnceThePersonHasSignedInAgain() throws Exception {
    MovableClock clock = new MovableClock();
    try (TestServer server =
        TestServer.start(folder, config -> config.withClock(clock).withTimings(FIVE_MINUTES))) {
      ApprovalRequest request = server.signIn("analyst").requestApproval(TestServer.wants(CHANGE));
      HttpServerClient owner = server.signIn("owner");
      clock.pass(Duration.ofMinutes(6));
      assertThat(codeOf(owner, request)).isEqualTo("fresh-sign-in");

      Typing gaveUp = new Typing();
      owner.onFreshSignInNeeded(gaveUp);
      assertThat(codeOf(owner, request)).isEqualTo("cancelled");
      assertThat(gaveUp.over).isTrue();
      assertThat(owner.request(request.id()).state()).isEqualTo(ApprovalState.PENDING);

      Typing typing = new Typing("a wrong guess", TestServer.PASSWORD);
      owner.onFreshSignInNeeded(typing);
      ApprovalRequest decided = owner.review(request.id(), Review.Verdict.APPROVE, "fine");
      assertThat(decided.state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(typing.asked).isEqualTo(2);
      assertThat(typing.refusals).containsExactly("wrong-password");
      assertThat(typing.over).isTrue();
      assertThat(decided.reviews()).hasSize(1);
    }
  }

  /// What changes who may do what, where data goes or what is enforced: never by a window that was
  /// left open.
  @Test
  void whatAdministratorsChangeNeedsAFreshSignInToo() throws Exception {
    MovableClock clock = new MovableClock();
    try (TestServer server =
        TestServer.start(folder, config -> config.withClock(clock).withTimings(FIVE_MINUTES))) {
      RawClient root = RawClient.signIn(server.server().address(), "root");
      RawClient admin = RawClient.signIn(server.server().address(), "admin");
      clock.pass(Duration.ofMinutes(6));
      // Nonces have a time of their own.
      root.send("GET", "/v1/admin/receivers", "");
      admin.send("GET", "/v1/policy", "");
      Set<String> refused = new TreeSet<>();
      for (Route route : server.server().routes()) {
        if (route.fresh()) {
          RawClient caller = route.access() == Access.POLICY_ADMIN ? admin : root;
          String path = route.path().replaceAll("\\{[a-z]+}", "shop");
          assertThat(RawClient.code(caller.send(route.method().name(), path, "{}")))
              .as(route.path())
              .isEqualTo("fresh-sign-in");
          refused.add(route.method().name() + " " + route.path());
        }
      }
      assertThat(refused)
          .contains(
              "POST /v1/admin/connections/{name}/enforcement/application",
              "POST /v1/admin/receivers",
              "POST /v1/admin/group-roles",
              "POST /v1/policy/drafts/{id}/publication")
          .hasSizeGreaterThan(12);
      assertThat(root.send("GET", "/v1/admin/receivers", "").statusCode()).isEqualTo(200);
    }
  }

  private static String codeOf(HttpServerClient owner, ApprovalRequest request) {
    return catchThrowableOfType(
            WorkspaceProblem.class,
            () -> owner.review(request.id(), Review.Verdict.APPROVE, "fine"))
        .code();
  }
}
