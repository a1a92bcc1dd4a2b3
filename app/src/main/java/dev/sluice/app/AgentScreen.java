package dev.sluice.app;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.pairing.AgentsView;
import dev.sluice.app.pairing.AgentsViewModel;
import dev.sluice.app.pairing.PairingIds;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.ShellView;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import dev.sluice.governance.identity.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// The screen of a person's own agents, where there is a server that knows of any.
final class AgentScreen {

  private static final String SCREEN = "agents";
  private static final int SHOWN = 80;

  private final List<BiConsumer<String, WindowContext>> shown = new ArrayList<>();
  private final List<Runnable> detach = new ArrayList<>();
  private final WindowContext context;

  /// @param opener opens a tab on a connection with a statement
  AgentScreen(WindowContext context, ShellView shell, BiConsumer<String, String> opener) {
    this.context = context;
    boolean served = context.session().workspace().roads().isPresent();
    if (!served || !(context.session().me() instanceof Actor.Person)) {
      return;
    }
    Messages messages = context.messages();
    AgentsViewModel model = new AgentsViewModel(context.session(), context.background());
    AgentsView view = new AgentsView(model, messages, opener);
    shell.addScreen(
        SCREEN, PairingIds.NAVIGATE, "fth-cpu", messages.text("pairing.title"), view.root());
    view.attach();
    model.attach(
        (agent, waiting) -> {
          context
              .notifications()
              .callOutside(
                  messages.text("pairing.toast", agent.name()), messages.text("pairing.outside"));
          if (!shell.shown().equals(SCREEN)) {
            context
                .notifications()
                .show(
                    new Notifications.Notice(
                        Notifications.Kind.INFORMATION,
                        messages.text("pairing.toast", agent.name()),
                        Ui.oneLine(waiting.statement(), SHOWN),
                        messages.text("pairing.toast.open"),
                        () -> shell.show(SCREEN)));
          }
        });
    shown.add(
        (screen, window) -> {
          boolean here = screen.equals(SCREEN);
          model.shown(here);
          if (here) {
            window.notifications().dismissLeadingTo(messages.text("pairing.toast.open"));
          }
        });
    detach.add(view::detach);
    detach.add(model::detach);
  }

  /// A screen came up.
  void shown(String screen) {
    shown.forEach(each -> each.accept(screen, context));
  }

  void detach() {
    detach.forEach(Runnable::run);
  }
}
