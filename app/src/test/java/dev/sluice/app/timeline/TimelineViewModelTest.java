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
  void older_entries_come_at_the_end_and_stay_when_something_new_arrives() throws Exception {
    for (int i = 0; i < 450; i++) {
      run("DROP TABLE t" + i);
    }
    model.load();
    assertThat(model.entries()).hasSize(200);
    model.endSeen();
    assertThat(model.entries()).hasSize(400);
    TimelineRow place = model.rows().get(350);

    run("DROP TABLE newest");
    model.load();
    assertThat(model.entries()).hasSize(401);
    assertThat(model.entries().getFirst().statement()).isEqualTo("DROP TABLE newest");
    assertThat(model.rows().get(351)).isEqualTo(place);
    model.endSeen();
    assertThat(model.entries()).hasSize(451).doesNotHaveDuplicates();
    model.endSeen();
    assertThat(model.entries()).hasSize(451);
  }

  /// A filter may leave out everything: then the end is always in sight.
  @Test
  void the_log_is_not_read_to_its_end_behind_a_filter() throws Exception {
    for (int i = 0; i < 250; i++) {
      run("DROP TABLE t" + i);
    }
    model.load();
    model.filterProperty().set(TimelineViewModel.Filter.ALLOWED);
    model.endSeen();
    assertThat(model.entries()).hasSize(200);
    model.loadMore();
    assertThat(model.entries()).hasSize(250);
  }

  @Test
  void a_search_shows_nothing_of_what_was_there_before() throws Exception {
    for (int i = 0; i < 250; i++) {
      run("DROP TABLE " + (i % 2 == 0 ? "even" : "odd") + i);
    }
    model.load();
    model.endSeen();
    model.searchProperty().set("even");
    assertThat(model.entries()).hasSize(125).allMatch(e -> e.statement().contains("even"));
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
