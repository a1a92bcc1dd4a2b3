package dev.sluice.app.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fx.Background;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FreshSignInViewModelTest {

  private final FreshSignInViewModel model =
      new FreshSignInViewModel(Background.direct(), address -> false);

  private CompletableFuture<Optional<char[]>> asked(Optional<WorkspaceProblem> refused) {
    CountDownLatch shown = new CountDownLatch(1);
    model.questionProperty().addListener((observed, before, now) -> shown.countDown());
    CompletableFuture<Optional<char[]>> answer =
        CompletableFuture.supplyAsync(() -> model.password("olga", refused));
    try {
      assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return answer;
  }

  @Test
  void a_call_waits_until_the_password_is_given() {
    CompletableFuture<Optional<char[]>> answer = asked(Optional.empty());
    model.submit(new char[0]);
    assertThat(answer).isNotDone();

    model.submit("secret".toCharArray());
    assertThat(answer.join().orElseThrow()).containsExactly("secret".toCharArray());

    model.over();
    assertThat(model.questionProperty().get()).isEmpty();
  }

  @Test
  void giving_up_lets_the_call_go_on_without_a_password() {
    CompletableFuture<Optional<char[]>> answer = asked(Optional.empty());
    model.cancel();
    assertThat(answer.join()).isEmpty();
  }

  @Test
  void a_browser_that_did_not_start_is_said_and_can_be_given_up() {
    AtomicBoolean cancelled = new AtomicBoolean();
    model.inBrowser(URI.create("https://login.acme.test/auth"), () -> cancelled.set(true));

    assertThat(model.questionProperty().get().orElseThrow())
        .isInstanceOfSatisfying(
            FreshSignInViewModel.InBrowser.class, shown -> assertThat(shown.opened()).isFalse());
    model.cancel();
    assertThat(cancelled).isTrue();
  }
}
