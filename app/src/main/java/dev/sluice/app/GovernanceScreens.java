package dev.sluice.app;

import dev.sluice.app.administration.AdministrationIds;
import dev.sluice.app.administration.AdministrationView;
import dev.sluice.app.administration.AdministrationViewModel;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.oversight.LiveView;
import dev.sluice.app.oversight.LiveViewModel;
import dev.sluice.app.oversight.OversightIds;
import dev.sluice.app.shell.ShellView;
import dev.sluice.app.shell.WindowContext;
import dev.sluice.app.studio.StudioIds;
import dev.sluice.app.studio.StudioView;
import dev.sluice.app.studio.StudioViewModel;
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

  private final List<Runnable> steps = new ArrayList<>();
  private final Background background;

  GovernanceScreens(WindowContext context, ShellView shell) {
    background = context.background();
    Set<String> roles = context.session().me().principal().roles();
    boolean server = context.session().workspace().roads().isPresent();
    if (server && (roles.contains("auditor") || roles.contains("server-admin"))) {
      steps.add(() -> addLive(context, shell));
    }
    if (server && roles.contains("policy-admin")) {
      steps.add(() -> addStudio(context, shell));
    }
    if (server && roles.contains("server-admin")) {
      steps.add(() -> addAdministration(context, shell));
    }
  }

  /// Makes the screens, each in a task of its own: all at once they hold up the window.
  ///
  /// @param then called when they are there
  void addScreens(Runnable then) {
    if (steps.isEmpty()) {
      then.run();
      return;
    }
    steps.removeFirst().run();
    background.deliver(() -> addScreens(then));
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

  private void addAdministration(WindowContext context, ShellView shell) {
    Messages messages = context.messages();
    AdministrationViewModel administration =
        new AdministrationViewModel(context.session(), context.background(), messages);
    AdministrationView view = new AdministrationView(administration, messages);
    view.attach();
    shell.addScreen(
        "administration",
        AdministrationIds.NAVIGATE,
        "fth-server",
        messages.text("admin.title"),
        view.root());
    shown.put("administration", administration::load);
    left.put("administration", administration::leave);
    detach.add(view::detach);
  }

  private void addStudio(WindowContext context, ShellView shell) {
    Messages messages = context.messages();
    StudioViewModel studio = new StudioViewModel(context.session(), context.background(), messages);
    StudioView view = new StudioView(studio, messages);
    view.attach();
    shell.addScreen(
        "policy", StudioIds.NAVIGATE, "fth-file-text", messages.text("studio.title"), view.root());
    shown.put("policy", studio::load);
    detach.add(view::detach);
    detach.add(
        context
            .session()
            .onPolicyChanged(
                () -> {
                  if (present.equals("policy")) {
                    studio.load();
                  }
                }));
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
