package dev.sluice.app.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.gateway.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SignInViewModelTest {

  private final FakeServer server = new FakeServer();
  private final List<Workspace> signedIn = new ArrayList<>();
  private final SignInViewModel model =
      new SignInViewModel(
          server, Background.direct(), Messages.in(Locale.ENGLISH), address -> true, signedIn::add);

  @Test
  void the_right_password_opens_a_workspace_and_is_wiped() {
    char[] password = FakeServer.PASSWORD.toCharArray();
    model.accountProperty().set(" analyst ");
    model.submit(password);

    assertThat(signedIn).hasSize(1);
    assertThat(password).containsOnly('\0');
  }

  @Test
  void a_wrong_password_names_the_next_step() {
    model.accountProperty().set("analyst");
    model.submit("nope".toCharArray());

    assertThat(signedIn).isEmpty();
    assertThat(model.problemProperty().get().orElseThrow().wayOut()).isNotBlank();
    assertThat(model.busyProperty().get()).isFalse();
  }

  @Test
  void empty_fields_ask_nobody() {
    server.away = true;
    model.submit(new char[0]);

    assertThat(model.problemProperty().get().orElseThrow().code()).isEqualTo("incomplete");
  }
}
