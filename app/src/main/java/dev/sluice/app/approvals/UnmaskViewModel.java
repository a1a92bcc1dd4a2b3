package dev.sluice.app.approvals;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.codec.wire.NewUnmask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One tab's wish to see masked columns as they are for a while: being written, waiting, holding,
/// over. Learns of decisions by push; when it ends, whoever shows values is told to take them away.
public final class UnmaskViewModel {

  /// What is asked for while the panel is open.
  public record Wish(String connection, Set<ColumnRef> columns) {
    public Wish {
      columns = Set.copyOf(columns);
    }

    List<String> dotted() {
      return new TreeSet<>(columns).stream().map(ColumnRef::dotted).toList();
    }
  }

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final Clock clock;
  private final ReadOnlyObjectWrapper<Optional<Wish>> wish =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<ApprovalRequest>> request =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final Runnable endListening;
  private Runnable onEnded = () -> {};
  private Runnable cancelEnd = () -> {};

  public UnmaskViewModel(Session session, Background background, Messages messages, Clock clock) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.clock = clock;
    this.endListening = session.onRequestChanged(event -> changed(event.request()));
  }

  /// Called when what was lifted is masked again: in time, or because it was taken back.
  public void onEnded(Runnable listener) {
    onEnded = listener;
  }

  public ReadOnlyObjectProperty<Optional<Wish>> wishProperty() {
    return wish.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<ApprovalRequest>> requestProperty() {
    return request.getReadOnlyProperty();
  }

  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  public void open(Wish wanted) {
    problem.set("");
    wish.set(Optional.of(wanted));
  }

  public void closePanel() {
    wish.set(Optional.empty());
  }

  /// Sends the request.
  ///
  /// @param minutes from the approval on; the policy says how many at most
  public void submit(long minutes, String reason) {
    if (wish.get().isEmpty() || busy.get()) {
      return;
    }
    if (reason.isBlank()) {
      problem.set(messages.text("unmask.reason.missing"));
      return;
    }
    Wish wanted = wish.get().get();
    busy.set(true);
    background.call(
        () ->
            session
                .roads()
                .requests()
                .unmask(
                    new NewUnmask(wanted.connection(), wanted.dotted(), minutes, reason.strip())),
        sent -> {
          busy.set(false);
          request.set(Optional.of(sent));
          closePanel();
        },
        failure -> {
          busy.set(false);
          problem.set(Problems.wordsAndWayOut(failure));
        });
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
                    failure -> problem.set(Problems.wordsAndWayOut(failure))));
  }

  public void dismiss() {
    request.set(Optional.empty());
  }

  /// Whether the columns are shown as they are now.
  public boolean holds() {
    return request
        .get()
        .filter(known -> known.state() == ApprovalState.APPROVED)
        .filter(known -> clock.instant().isBefore(known.useBy()))
        .isPresent();
  }

  /// The columns asked for, for the eye.
  public static String columns(ApprovalRequest request) {
    return request.right() instanceof Right.Unmask unmask
        ? String.join(", ", unmask.columns().stream().map(ColumnRef::dotted).toList())
        : "";
  }

  private void changed(ApprovalRequest next) {
    Optional<ApprovalRequest> known = request.get();
    if (known.isEmpty()
        || !known.get().id().equals(next.id())
        || next.revision() < known.get().revision()) {
      return;
    }
    boolean held = known.get().state() == ApprovalState.APPROVED;
    request.set(Optional.of(next));
    if (next.state() == ApprovalState.APPROVED) {
      endAt(next.useBy());
    } else if (held) {
      cancelEnd.run();
      onEnded.run();
    }
  }

  private void endAt(Instant end) {
    cancelEnd.run();
    Duration left = Duration.between(clock.instant(), end);
    cancelEnd =
        background.after(
            left.isNegative() ? Duration.ZERO : left.plusMillis(50),
            () ->
                background.deliver(
                    () -> {
                      request.set(request.get());
                      onEnded.run();
                    }));
  }

  public void close() {
    cancelEnd.run();
    endListening.run();
  }
}
