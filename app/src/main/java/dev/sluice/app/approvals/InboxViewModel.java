package dev.sluice.app.approvals;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Work;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Conditions;
import dev.sluice.governance.approval.PassingOn;
import dev.sluice.governance.approval.Review;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What waits for me to decide, oldest first, then what was decided lately. Grows by push.
public final class InboxViewModel {

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final ObservableList<ApprovalRequest> queue = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<ApprovalRequest>> selected =
      new SimpleObjectProperty<>(Optional.empty());
  private final ConditionsModel conditions = new ConditionsModel();
  private final StringProperty comment = new SimpleStringProperty("");
  private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final Runnable endListening;
  private final Set<String> calling = new HashSet<>();
  private Consumer<ApprovalRequest> onCall = request -> {};

  public InboxViewModel(Session session, Background background, Messages messages) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.endListening =
        session.onRequestChanged(
            event -> {
              if (event.calls()) {
                calling.add(event.request().id());
              }
              load();
            });
    selected.addListener((observed, before, now) -> forget(before, now));
  }

  Session session() {
    return session;
  }

  Background background() {
    return background;
  }

  public ObservableList<ApprovalRequest> queue() {
    return queue;
  }

  public ObjectProperty<Optional<ApprovalRequest>> selectedProperty() {
    return selected;
  }

  public StringProperty commentProperty() {
    return comment;
  }

  /// The bounds I set on what I approve next.
  ConditionsModel conditions() {
    return conditions;
  }

  /// How many wait for me.
  public ReadOnlyIntegerProperty waitingProperty() {
    return waiting.getReadOnlyProperty();
  }

  /// What came of the last thing I did, or why it was refused; empty when there is nothing to say.
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// Called when a request that I may decide came, or I was reminded of it. Not for those that
  /// others decide, whoever sees them.
  public void onCall(Consumer<ApprovalRequest> listener) {
    onCall = listener;
  }

  public void load() {
    background.call(
        () -> session.workspace().inbox(), this::show, problem -> message.set(words(problem)));
  }

  /// The next one below, or the previous one above.
  public void move(int by) {
    if (queue.isEmpty()) {
      return;
    }
    int at = selected.get().map(this::indexOf).orElse(-1);
    selected.set(Optional.of(queue.get(Math.clamp(at + by, 0, queue.size() - 1))));
  }

  /// Whether the selected request was asked for by me: then somebody else must decide.
  public boolean isMine(ApprovalRequest request) {
    var me = session.me().principal();
    boolean asked = request.requester().principal().isSameAs(me);
    boolean asksForMe =
        request.requester().onBehalfOf().map(owner -> owner.isSameAs(me)).orElse(false);
    return asked || asksForMe;
  }

  /// One sentence when I cannot decide the selected request, else empty.
  public String whyNot() {
    Optional<ApprovalRequest> request = selected.get();
    if (request.isEmpty()) {
      return messages.text("inbox.none");
    }
    if (owesReview(request.get())) {
      return isMine(request.get()) ? messages.text("inbox.emergency.mine") : "";
    }
    if (request.get().state() != ApprovalState.PENDING) {
      return messages.text("inbox.decided");
    }
    return isMine(request.get()) ? messages.text("inbox.four-eyes") : "";
  }

  /// Whether its requester broke the glass and nobody has looked at that yet.
  public static boolean owesReview(ApprovalRequest request) {
    return request.emergency().filter(dev.sluice.governance.approval.Emergency::owed).isPresent();
  }

  /// Whether I approved the selected request and it is not used up: then I can take that back.
  public boolean mayUndo() {
    return selected
        .get()
        .filter(request -> request.state() == ApprovalState.APPROVED)
        .filter(
            request ->
                request.reviews().stream()
                    .anyMatch(review -> review.reviewer().isSameAs(session.me().principal())))
        .isPresent();
  }

  /// Whom else I could let decide the selected request now; empty when nobody.
  public Optional<String> passableTo() {
    return selected
        .get()
        .filter(request -> whyNot().isEmpty())
        .flatMap(request -> PassingOn.to(request, session.clock().instant()));
  }

  /// Lets those decide now whom the rule names for later.
  public void passOn() {
    Optional<String> to = passableTo();
    if (busy.get()) {
      return;
    }
    if (to.isEmpty()) {
      message.set(whyNot().isEmpty() ? messages.text("inbox.pass-on.nobody") : whyNot());
      return;
    }
    String id = selected.get().orElseThrow().id();
    String words = comment.get().strip();
    act(
        () -> session.roads().requests().passOn(id, words),
        passed -> messages.text("inbox.passed-on", RequestWords.name(to.get())));
  }

  /// Takes my approval back.
  public void undo() {
    Optional<ApprovalRequest> request = selected.get();
    if (request.isEmpty() || busy.get()) {
      return;
    }
    String words = comment.get().isBlank() ? messages.text("inbox.undo.reason") : comment.get();
    act(
        () -> session.roads().requests().revoke(request.get().id(), words.strip()),
        revoked -> messages.text(revoked.uses() > 0 ? "inbox.undone.used" : "inbox.undone"));
  }

  public void approve() {
    review(Review.Verdict.APPROVE);
  }

  /// Needs words: the person who asked must know what to do differently.
  public void reject() {
    if (comment.get().isBlank()) {
      message.set(messages.text("inbox.comment.missing"));
      return;
    }
    review(Review.Verdict.REJECT);
  }

  public void close() {
    endListening.run();
  }

  private void review(Review.Verdict verdict) {
    String reason = whyNot();
    if (!reason.isEmpty()) {
      message.set(reason);
      return;
    }
    if (busy.get()) {
      return;
    }
    ApprovalRequest request = selected.get().orElseThrow();
    String words = comment.get().strip();
    Conditions set = verdict == Review.Verdict.APPROVE ? conditions.conditions() : Conditions.NONE;
    boolean emergency = owesReview(request);
    if (emergency && words.isBlank()) {
      message.set(messages.text("inbox.emergency.words"));
      return;
    }
    act(
        () ->
            emergency
                ? session.roads().requests().reviewEmergency(request.id(), verdict, words)
                : set.none()
                    ? session.workspace().review(request.id(), verdict, words)
                    : session.roads().requests().approve(request.id(), words, set),
        reviewed -> {
          conditions.clear();
          return messages.text(
              emergency
                  ? "inbox.emergency.reviewed"
                  : reviewed.state() == ApprovalState.PENDING
                      ? "inbox.more-needed"
                      : verdict == Review.Verdict.APPROVE ? "inbox.approved" : "inbox.rejected");
        });
  }

  /// Does one thing to the selected request, and nothing else meanwhile.
  ///
  /// @param said what came of it, in words
  private void act(Work<ApprovalRequest> work, Function<ApprovalRequest, String> said) {
    busy.set(true);
    background.call(
        work,
        done -> {
          busy.set(false);
          comment.set("");
          message.set(said.apply(done));
          replace(done);
          load();
        },
        problem -> {
          busy.set(false);
          message.set(words(problem));
        });
  }

  /// Bounds are meant for the request they were written beside, and so is what came of the last.
  private void forget(Optional<ApprovalRequest> before, Optional<ApprovalRequest> now) {
    if (!before.map(ApprovalRequest::id).equals(now.map(ApprovalRequest::id))) {
      conditions.clear();
      message.set("");
    }
  }

  private void show(List<ApprovalRequest> fresh) {
    Optional<String> known = selected.get().map(ApprovalRequest::id);
    List<ApprovalRequest> ordered = new ArrayList<>(fresh);
    queue.setAll(ordered);
    waiting.set(
        (int)
            ordered.stream()
                .filter(
                    request ->
                        (request.state() == ApprovalState.PENDING || owesReview(request))
                            && !isMine(request))
                .count());
    ordered.stream()
        .filter(request -> request.state() == ApprovalState.PENDING && !isMine(request))
        .filter(request -> calling.remove(request.id()))
        .forEach(onCall);
    Optional<ApprovalRequest> same =
        known.flatMap(id -> ordered.stream().filter(item -> item.id().equals(id)).findFirst());
    String said = message.get();
    selected.set(same.isPresent() ? same : ordered.stream().findFirst());
    if (same.isEmpty()) {
      // What I dealt with has left the list, not I it: what came of it still has to be read.
      message.set(said);
    }
  }

  private void replace(ApprovalRequest reviewed) {
    for (int i = 0; i < queue.size(); i++) {
      if (queue.get(i).id().equals(reviewed.id())) {
        queue.set(i, reviewed);
      }
    }
    selected.set(Optional.of(reviewed));
  }

  private int indexOf(ApprovalRequest request) {
    for (int i = 0; i < queue.size(); i++) {
      if (queue.get(i).id().equals(request.id())) {
        return i;
      }
    }
    return -1;
  }

  private static String words(WorkspaceProblem problem) {
    return Problems.wordsAndWayOut(problem);
  }
}
