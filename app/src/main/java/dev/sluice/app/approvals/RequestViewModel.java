package dev.sluice.app.approvals;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The request of one tab: being written, waiting, decided. Learns of decisions by push.
public final class RequestViewModel {

  /// What the panel is about while it is open.
  public record Draft(
      WorkspaceConnection connection,
      StatementText statement,
      StatementAnalysis analysis,
      Decision decision) {}

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final StringProperty reason = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Optional<Draft>> draft =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<ApprovalRequest>> request =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<WorkspaceProblem>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final Runnable endListening;
  private Optional<Draft> lastDraft = Optional.empty();
  private Consumer<ApprovalRequest> onDecided = decided -> {};

  public RequestViewModel(Session session, Background background, Messages messages) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.endListening = session.onRequestChanged(event -> changed(event.request()));
  }

  /// Called once each time my request is decided.
  public void onDecided(Consumer<ApprovalRequest> listener) {
    onDecided = listener;
  }

  public StringProperty reasonProperty() {
    return reason;
  }

  /// Set while the panel is open.
  public ReadOnlyObjectProperty<Optional<Draft>> draftProperty() {
    return draft.getReadOnlyProperty();
  }

  /// The tab's request once it was sent.
  public ReadOnlyObjectProperty<Optional<ApprovalRequest>> requestProperty() {
    return request.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<WorkspaceProblem>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  public void open(Draft about) {
    problem.set(Optional.empty());
    draft.set(Optional.of(about));
  }

  public void closePanel() {
    draft.set(Optional.empty());
    problem.set(Optional.empty());
  }

  /// Sends the request. A blank reason is refused here already, with words.
  public void submit() {
    Optional<Draft> about = draft.get();
    if (about.isEmpty() || busy.get()) {
      return;
    }
    if (reason.get().isBlank()) {
      problem.set(
          Optional.of(
              new WorkspaceProblem(
                  "reason-missing",
                  WorkspaceProblem.Blame.USER,
                  messages.text("request.reason.missing"),
                  messages.text("request.reason.missing.way"))));
      return;
    }
    busy.set(true);
    String name = about.get().connection().context().name();
    String words = reason.get().strip();
    background.call(
        () -> session.workspace().requestApproval(name, about.get().statement(), words),
        sent -> {
          busy.set(false);
          lastDraft = about;
          note.set("");
          request.set(Optional.of(sent));
          reason.set("");
          closePanel();
        },
        failure -> {
          busy.set(false);
          problem.set(Optional.of(failure));
        });
  }

  /// What came of reminding, or of an emergency that was refused; empty when there is nothing.
  public ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }

  /// Reminds the people who decide.
  public void nudge() {
    request
        .get()
        .ifPresent(
            sent ->
                background.call(
                    () -> {
                      session.roads().requests().nudge(sent.id());
                      return sent;
                    },
                    done -> note.set(messages.text("request.nudged")),
                    failure -> note.set(Problems.wordsAndWayOut(failure))));
  }

  /// Goes ahead without approval; everybody who was skipped is told, and a review is owed.
  public void breakGlass(String words) {
    Optional<ApprovalRequest> sent = request.get();
    if (sent.isEmpty() || words.isBlank()) {
      return;
    }
    background.call(
        () -> session.roads().requests().breakGlass(sent.get().id(), words),
        broken -> {
          note.set("");
          changed(broken);
        },
        failure -> note.set(Problems.wordsAndWayOut(failure)));
  }

  /// Takes the request back and opens the panel with its words again, to ask for something else.
  public void edit() {
    Optional<Draft> last = lastDraft;
    String words = request.get().map(ApprovalRequest::reason).orElse("");
    withdraw();
    reason.set(words);
    last.ifPresent(this::open);
  }

  /// Takes a pending request back.
  public void withdraw() {
    request
        .get()
        .ifPresent(
            sent ->
                background.call(
                    () -> session.workspace().cancelRequest(sent.id()),
                    this::changed,
                    failure -> problem.set(Optional.of(failure))));
  }

  /// Asks the server how it stands, for example after it was run.
  public void refresh() {
    request
        .get()
        .ifPresent(
            known ->
                background.call(
                    () ->
                        session.workspace().myRequests().stream()
                            .filter(candidate -> candidate.id().equals(known.id()))
                            .findFirst(),
                    found -> found.ifPresent(this::changed),
                    failure -> problem.set(Optional.of(failure))));
  }

  /// Forgets a request that is over.
  public void dismiss() {
    request.set(Optional.empty());
  }

  public void close() {
    endListening.run();
  }

  private void changed(ApprovalRequest next) {
    Optional<ApprovalRequest> known = request.get();
    if (known.isEmpty()
        || !known.get().id().equals(next.id())
        || next.revision() < known.get().revision()) {
      return;
    }
    boolean decidedNow =
        known.get().state() == ApprovalState.PENDING && next.state() != ApprovalState.PENDING;
    request.set(Optional.of(next));
    if (decidedNow) {
      onDecided.accept(next);
    }
  }
}
