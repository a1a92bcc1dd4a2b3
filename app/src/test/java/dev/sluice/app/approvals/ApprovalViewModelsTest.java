package dev.sluice.app.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The person who asks and the person who decides, each with their own session.
class ApprovalViewModelsTest {

  private static final String UPDATE = "UPDATE orders SET status = 'void' WHERE id = 7";

  private final FakeServer server = new FakeServer();
  private final Background background = Background.direct();
  private final Messages messages = Messages.in(Locale.ENGLISH);
  private Workspace analyst;
  private RequestViewModel request;
  private InboxViewModel inbox;

  @BeforeEach
  void open() throws WorkspaceProblem {
    analyst = server.withPassword("analyst", FakeServer.PASSWORD.toCharArray());
    Workspace owner = server.withPassword("owner", FakeServer.PASSWORD.toCharArray());
    request = new RequestViewModel(new Session(analyst, background), background, messages);
    inbox = new InboxViewModel(new Session(owner, background), background, messages);
    StatementText statement = StatementText.of(UPDATE);
    var verdict = analyst.decide("shop", UPDATE).getFirst();
    request.open(
        new RequestViewModel.Draft(
            analyst.connections().getFirst(), statement, verdict.analysis(), verdict.decision()));
  }

  private void ask() {
    request.reasonProperty().set("Ticket 4711");
    request.submit();
  }

  private ApprovalState state() {
    return request.requestProperty().get().orElseThrow().state();
  }

  @Test
  void without_a_reason_nothing_is_sent() {
    request.reasonProperty().set("  ");
    request.submit();

    assertThat(request.problemProperty().get().orElseThrow().wayOut()).contains("why");
    assertThat(inbox.queue()).isEmpty();
  }

  @Test
  void a_request_reaches_the_approver_by_push_and_closes_the_panel() {
    ask();

    assertThat(request.draftProperty().get()).isEmpty();
    assertThat(inbox.waitingProperty().get()).isEqualTo(1);
    assertThat(inbox.selectedProperty().get().orElseThrow().capsule().text()).isEqualTo(UPDATE);
  }

  @Test
  void the_decision_reaches_the_asker_once() {
    List<ApprovalRequest> decided = new ArrayList<>();
    request.onDecided(decided::add);
    ask();
    inbox.approve();

    assertThat(state()).isEqualTo(ApprovalState.APPROVED);
    assertThat(decided).hasSize(1);
    assertThat(inbox.waitingProperty().get()).isZero();
  }

  @Test
  void a_refusal_needs_words() {
    ask();
    inbox.reject();
    assertThat(inbox.messageProperty().get()).contains("why");
    assertThat(state()).isEqualTo(ApprovalState.PENDING);

    inbox.commentProperty().set("Use the refund flow.");
    inbox.reject();
    assertThat(state()).isEqualTo(ApprovalState.REJECTED);
    assertThat(RequestWords.lastReview(request.requestProperty().get().orElseThrow(), messages))
        .isEqualTo("Refused by Olga Owner “Use the refund flow.”");
  }

  @Test
  void nobody_decides_on_what_they_asked_for() throws WorkspaceProblem {
    InboxViewModel own = new InboxViewModel(new Session(analyst, background), background, messages);
    ask();
    own.selectedProperty().set(request.requestProperty().get());
    own.approve();

    assertThat(own.messageProperty().get()).contains("yourself");
    assertThat(state()).isEqualTo(ApprovalState.PENDING);
  }

  @Test
  void what_was_taken_back_can_no_longer_be_decided() {
    ask();
    request.withdraw();
    inbox.approve();

    assertThat(state()).isEqualTo(ApprovalState.CANCELLED);
    assertThat(inbox.messageProperty().get()).contains("has been decided");
  }

  @Test
  void a_server_that_is_away_keeps_the_reason() {
    server.away = true;
    ask();

    assertThat(request.problemProperty().get()).isPresent();
    assertThat(request.reasonProperty().get()).isEqualTo("Ticket 4711");
    assertThat(request.draftProperty().get()).isPresent();
  }
}
