package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.results.ResultViewModel.Phase;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.StatementText;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultsViewModelTest {

  private final FakeServer server = new FakeServer();
  private final CountDownLatch finished = new CountDownLatch(1);
  private ResultsViewModel model;
  private WorkspaceConnection connection;

  @BeforeEach
  void open() throws WorkspaceProblem {
    Background background = Background.direct();
    var workspace = server.withPassword("analyst", FakeServer.PASSWORD.toCharArray());
    connection = workspace.connections().getFirst();
    model =
        new ResultsViewModel(
            new Session(workspace, background),
            background,
            Messages.in(Locale.ENGLISH),
            () -> "Query 1");
    model.onFinished(finished::countDown);
  }

  private void run(String... statements) throws InterruptedException {
    List<StatementText> texts = Stream.of(statements).map(StatementText::of).toList();
    model.run(connection, texts);
    assertThat(finished.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private List<Phase> phases() {
    return model.results().stream().map(result -> result.phaseProperty().get()).toList();
  }

  @Test
  void rows_arrive_with_their_masks() throws InterruptedException {
    run("SELECT * FROM customers");
    ResultViewModel result = model.shownProperty().get().orElseThrow();

    assertThat(result.stateText()).isEqualTo("480 rows");
    assertThat(result.maskedColumns())
        .extracting(column -> column.label())
        .containsExactly("email", "national_id");
    assertThat(result.cell(0, 2)).contains("l•••@•••.example");
    assertThat(result.cell(3, 3)).isEmpty();
  }

  @Test
  void a_script_runs_in_order() throws InterruptedException {
    run("SELECT 1", "SELECT 2", "SELECT 3");

    assertThat(phases()).containsExactly(Phase.DONE, Phase.DONE, Phase.DONE);
    assertThat(model.runningProperty().get()).isFalse();
  }

  @Test
  void a_script_stops_at_the_first_refusal() throws InterruptedException {
    run("SELECT 1", "DROP TABLE orders", "SELECT 3");

    assertThat(phases()).containsExactly(Phase.DONE, Phase.REFUSED);
    assertThat(model.waiting()).isZero();
  }

  @Test
  void a_script_stops_when_the_server_is_away() throws InterruptedException {
    server.away = true;
    run("SELECT 1", "SELECT 2");

    assertThat(phases()).containsExactly(Phase.FAILED);
    assertThat(model.results().getFirst().problem().orElseThrow().wayOut()).isNotBlank();
  }

  @Test
  void what_was_cancelled_says_so() throws InterruptedException {
    model.run(
        connection,
        List.of(StatementText.of("SELECT pg_sleep(600)"), StatementText.of("SELECT 2")));
    model.cancel();

    assertThat(
            model.results().getFirst().cancellingProperty().get() || !model.runningProperty().get())
        .isTrue();
    assertThat(finished.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(phases()).containsExactly(Phase.CANCELLED);
  }

  @Test
  void abandoning_ends_at_once_without_the_database() {
    ResultViewModel result =
        new ResultViewModel(
            Background.direct(),
            Messages.in(Locale.ENGLISH),
            connection,
            StatementText.of("SELECT 1"));
    result.start(
        listener ->
            new dev.sluice.gateway.workspace.Run() {
              @Override
              public void cancel() {
                // A dead socket: no answer ever comes.
              }

              @Override
              public boolean isDone() {
                return false;
              }
            });
    result.cancel();
    result.abandon();

    assertThat(result.phaseProperty().get()).isEqualTo(Phase.CANCELLED);
  }

  private java.util.concurrent.CountDownLatch again() {
    var latch = new CountDownLatch(1);
    model.onFinished(latch::countDown);
    return latch;
  }

  @Test
  void in_manual_mode_the_first_statement_opens_a_transaction_that_lasts() throws Exception {
    model.manualProperty().set(true);
    run("SELECT 1");

    assertThat(model.transactionProperty().get().isHeld()).isTrue();
    assertThat(model.results()).hasSize(2);
    var latch = again();
    model.run(connection, List.of(StatementText.of("SELECT 2")));
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(model.results()).hasSize(1);
    assertThat(model.transactionProperty().get().statements()).isEqualTo(2);
    assertThat(model.transactionConnection()).isEqualTo("shop");
    latch = again();
    model.run(connection, List.of(StatementText.of("COMMIT")));
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(model.transactionProperty().get().isHeld()).isFalse();
  }

  @Test
  void a_pinned_result_stays_when_the_next_statement_runs() throws Exception {
    run("SELECT 1");
    ResultViewModel first = model.results().getFirst();
    first.pinnedProperty().set(true);
    var latch = again();
    model.run(connection, List.of(StatementText.of("SELECT 2")));
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(model.results()).hasSize(2).first().isSameAs(first);
    model.remove(first);
    assertThat(model.results()).hasSize(1);
  }
}
