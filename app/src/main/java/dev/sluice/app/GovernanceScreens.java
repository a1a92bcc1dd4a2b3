package dev.sluice.app;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.oversight.LiveView;
import dev.sluice.app.oversight.LiveViewModel;
import dev.sluice.app.oversight.OversightIds;
import dev.sluice.app.shell.ShellView;
import dev.sluice.app.shell.WindowContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The screens that only some roles have: what a person may not do is not offered to them. The
/// server checks each call all the same.
final class GovernanceScreens {

  private final Map<String, Runnable> shown = new HashMap<>();
  private final Map<String, Runnable> left = new HashMap<>();
  private final List<Runnable> detach = new ArrayList<>();
  private String present = "";

  GovernanceScreens(WindowContext context, ShellView shell) {
    Set<String> roles = context.session().me().principal().roles();
    boolean server = context.session().workspace().roads().isPresent();
    if (server && (roles.contains("auditor") || roles.contains("server-admin"))) {
      addLive(context, shell);
    }
  }

  private void addLive(WindowContext context, ShellView shell) {
    Messages messages = context.messages();
    LiveViewModel live = new LiveViewModel(context.session(), context.background(), messages);
    LiveView view = new LiveView(live, messages);
    view.attach();
    shell.addScreen(
        "live", OversightIds.NAVIGATE, "fth-activity", messages.text("live.title"), view.root());
    shown.put("live", live::watch);
    left.put("live", live::rest);
    detach.add(view::detach);
  }

  /// A screen came up, and the one before it went.
  void shown(String screen) {
    left.getOrDefault(present, () -> {}).run();
    present = screen;
    shown.getOrDefault(screen, () -> {}).run();
  }

  void detach() {
    detach.forEach(Runnable::run);
  }
}
