package dev.sluice.app;

import dev.sluice.app.approvals.InboxViewModel;
import dev.sluice.app.approvals.RequestWords;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.ShellView;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Right;

/// Calls a person to a request that they may decide, and says what became of their own: in the
/// window, and outside of it while they look elsewhere.
final class RequestNews {

  private static final int SHOWN = 80;

  private final WindowContext context;
  private final Messages messages;
  private final Notifications notifications;
  private final ShellView shell;
  private final InboxViewModel inbox;

  RequestNews(WindowContext context, ShellView shell, InboxViewModel inbox) {
    this.context = context;
    this.messages = context.messages();
    this.notifications = context.notifications();
    this.shell = shell;
    this.inbox = inbox;
  }

  /// @return ends it
  Runnable follow() {
    inbox.onCall(this::asked);
    Runnable end = context.session().onRequestChanged(event -> changed(event.request()));
    return () -> {
      inbox.onCall(request -> {});
      end.run();
    };
  }

  private void asked(ApprovalRequest request) {
    String title =
        messages.text("toast.asked", RequestWords.requester(request.requester(), messages));
    notifications.callOutside(
        title, messages.text("outside.asked", request.capsule().connection()));
    if (!shell.shown().equals("inbox")) {
      notifications.show(
          new Notifications.Notice(
              Notifications.Kind.INFORMATION,
              title,
              shortened(request),
              messages.text("toast.open-inbox"),
              () -> shell.show("inbox")));
    }
  }

  private void changed(ApprovalRequest request) {
    boolean mine = request.requester().principal().isSameAs(context.session().me().principal());
    if (!mine || request.state() == ApprovalState.PENDING) {
      return;
    }
    String statement = shortened(request);
    notifications.dismissAbout(statement);
    switch (request.state()) {
      case APPROVED -> {
        if (request.uses() == 0 && request.emergency().isEmpty()) {
          String next =
              messages.text(
                  request.right() instanceof Right.Unmask ? "toast.unmasked" : "toast.approved");
          String review = RequestWords.lastReview(request, messages);
          notifications.show(Notifications.Kind.SUCCESS, review + ": " + next, statement);
          callOutside(request, RequestWords.reviewed(request.reviews().getLast(), messages));
        }
      }
      case REJECTED -> {
        notifications.show(
            Notifications.Kind.WARNING, RequestWords.lastReview(request, messages), statement);
        callOutside(request, RequestWords.reviewed(request.reviews().getLast(), messages));
      }
      case REVOKED, EXPIRED_PENDING, EXPIRED_UNUSED, STALE -> {
        String state = RequestWords.state(request.state(), messages);
        notifications.show(Notifications.Kind.WARNING, state, statement);
        callOutside(request, state);
      }
      case PENDING, EXHAUSTED, CANCELLED -> {
        // The person did this themselves; the tab's bar says so.
      }
    }
  }

  private void callOutside(ApprovalRequest request, String what) {
    notifications.callOutside(
        what, messages.text("outside.decided", request.capsule().connection()));
  }

  private static String shortened(ApprovalRequest request) {
    return Ui.oneLine(request.capsule().text(), SHOWN);
  }
}
