package dev.sluice.app.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.StatementText;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimelineViewModelTest {

  private final FakeServer server = new FakeServer();
  private Workspace workspace;
  private TimelineViewModel model;

  @BeforeEach
  void open() throws WorkspaceProblem {
    Background background = Background.direct();
    workspace = server.withPassword("analyst", FakeServer.PASSWORD.toCharArray());
    model =
        new TimelineViewModel(
            new Session(workspace, background),
            background,
            Messages.in(Locale.ENGLISH),
            ZoneOffset.UTC);
  }

  private void run(String statement) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    workspace.run(
        "shop",
        StatementText.of(statement),
        event -> {
          if (event instanceof RunEvent.Completed || event instanceof RunEvent.Refused) {
            ended.countDown();
          }
        });
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void entries_stand_under_their_day_newest_first() throws InterruptedException {
    run("SELECT * FROM orders");
    run("DROP TABLE orders");
    model.load();

    assertThat(model.rows().getFirst()).isInstanceOf(TimelineRow.Day.class);
    assertThat(model.entries())
        .extracting(entry -> entry.title())
        .containsExactly("Blocked", "Ran");
  }

  @Test
  void a_filter_hides_and_shows_without_asking_again() throws InterruptedException {
    run("SELECT * FROM orders");
    run("DROP TABLE orders");
    model.load();
    server.away = true;
    model.filterProperty().set(TimelineViewModel.Filter.BLOCKED);

    assertThat(model.rows()).hasSize(2);
    model.filterProperty().set(TimelineViewModel.Filter.ALL);
    assertThat(model.rows()).hasSize(3);
  }

  @Test
  void the_search_asks_the_server() throws InterruptedException {
    run("SELECT * FROM orders");
    run("SELECT * FROM payments");
    model.load();
    model.searchProperty().set("payments");

    assertThat(model.entries()).hasSize(1);
  }

  @Test
  void a_check_that_cannot_be_made_is_not_called_verified() {
    server.away = true;
    model.verify();

    assertThat(model.integrityProperty().get().orElseThrow().verified()).isFalse();
    assertThat(model.integrityProperty().get().orElseThrow().message())
        .startsWith("Could not be checked");
  }
}
