package dev.sluice.cli.window;

import dev.sluice.app.approvals.UnmaskIds;
import dev.sluice.app.editor.EditorViewModel;
import dev.sluice.app.fx.FxProbe;
import dev.sluice.app.fx.Toolkit;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.gateway.remote.PolicyClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.codec.wire.WhatIfReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;

/// Two windows at one server, and what is measured in them.
final class SeenBench {

  private static final int SCRIPT = 100;
  private static final int TIMES = 9;
  private static final int WARM = 15;
  private static final List<String> WORDS = List.of("max", "city", "join", "email");

  private final SeenWorld world;
  private final BenchWindow analyst;
  private final BenchWindow owner;
  private final Consumer<String> say;

  SeenBench(SeenWorld world, Path folder, Consumer<String> say) throws IOException {
    this.world = world;
    this.say = say;
    analyst =
        new BenchWindow(world.signIn(), folder.resolve("a"), SeenWorld.ANALYST, SeenWorld.PASSWORD);
    owner = new BenchWindow(world.signIn(), folder.resolve("o"), "owner", SeenWorld.PASSWORD);
  }

  void close() {
    analyst.close();
    owner.close();
  }

  void measure(Map<String, Double> figures, int decisions) throws WorkspaceProblem {
    say.accept("Deciding a script of " + SCRIPT + " statements.");
    verdicts(figures);
    say.accept("Showing the timeline.");
    timeline(figures);
    say.accept("Deciding " + decisions + " requests on another screen.");
    decisions(figures, decisions);
    say.accept("Asking what a stricter policy would have done.");
    whatIf(figures);
  }

  /// From the end of the pause after the last key until every statement of the script has its
  /// verdict on the screen. Each round has statements that nobody decided before.
  private void verdicts(Map<String, Double> figures) {
    List<Double> fresh = new ArrayList<>();
    EditorViewModel editor = analyst.tab().editor();
    for (int round = 0; round < WARM + TIMES; round++) {
      StringBuilder script = new StringBuilder();
      for (int i = 0; i < SCRIPT; i++) {
        script
            .append(SeenWorld.statement(i).replace("id", "id + " + round + " - " + round))
            .append(";\n");
      }
      analyst.write("SELECT 1");
      BenchWindow.await("a verdict", () -> editor.decidedCount() == 1);
      Supplier<Long> drawn = analyst.onceDrawn("verdicts", () -> editor.decidedCount() == SCRIPT);
      long written = System.nanoTime();
      analyst.write(script.toString());
      fresh.add((drawn.get() - written) / 1e6 - EditorViewModel.DECIDE_AFTER.toMillis());
    }
    figures.put(
        "verdicts_100_new_statements_ms", Figures.median(fresh.subList(WARM, WARM + TIMES)));
    figures.put("verdicts_100_statements_ms", Figures.median(typing(editor)));
  }

  /// The same after a key in one statement of such a script.
  private List<Double> typing(EditorViewModel editor) {
    List<Double> times = new ArrayList<>();
    String script = editor.textProperty().get();
    for (int round = 0; round < TIMES; round++) {
      String next = script.replaceFirst("WHERE ", "WHERE " + round + " < 99 AND ");
      Supplier<Long> drawn =
          analyst.onceDrawn(
              "verdicts",
              () -> editor.textProperty().get().equals(next) && editor.decidedCount() == SCRIPT);
      long written = System.nanoTime();
      analyst.write(next);
      times.add((drawn.get() - written) / 1e6 - EditorViewModel.DECIDE_AFTER.toMillis());
    }
    return times;
  }

  private void timeline(Map<String, Double> figures) {
    List<Double> first = new ArrayList<>();
    List<Double> found = new ArrayList<>();
    for (int round = 0; round < TIMES; round++) {
      analyst.run(() -> analyst.window().navigate("query"));
      BenchWindow.pause(200);
      Supplier<Long> drawn = analyst.onceDrawn("the timeline", () -> entries() > 1);
      long asked = System.nanoTime();
      analyst.run(() -> analyst.window().navigate("timeline"));
      first.add((drawn.get() - asked) / 1e6);
      String word = WORDS.get(round % WORDS.size());
      analyst.run(
          () -> {
            if (analyst.node(ControlIds.TIMELINE_SEARCH) instanceof TextInputControl search) {
              search.setText("");
            }
          });
      BenchWindow.pause(600);
      Supplier<Long> hits = analyst.onceDrawn("what was searched", () -> allHold(word));
      long typed = System.nanoTime();
      analyst.set(ControlIds.TIMELINE_SEARCH, word);
      found.add((hits.get() - typed) / 1e6);
      analyst.set(ControlIds.TIMELINE_SEARCH, "");
      BenchWindow.pause(600);
    }
    figures.put("timeline_first_page_ms", Figures.median(first));
    figures.put("timeline_first_page_most_ms", Figures.most(first));
    figures.put("timeline_search_ms", Figures.median(found));
    try (FxProbe probe = FxProbe.start()) {
      int before = entries();
      for (int page = 0; page < 10; page++) {
        int seen = entries();
        analyst.run(
            () -> {
              if (analyst.node(ControlIds.TIMELINE_LIST) instanceof ListView<?> list) {
                list.scrollTo(list.getItems().size() - 1);
              }
            });
        BenchWindow.await("older entries", () -> entries() > seen);
        BenchWindow.pause(100);
      }
      figures.put("timeline_scrolled_entries", (double) (entries() - before));
      figures.put("timeline_scroll_longest_fx_task_ms", probe.longest().toNanos() / 1e6);
    }
    analyst.run(() -> analyst.window().navigate("query"));
  }

  private int entries() {
    return Toolkit.call(
        () ->
            analyst.node(ControlIds.TIMELINE_LIST) instanceof ListView<?> list
                ? list.getItems().size()
                : 0);
  }

  private boolean allHold(String word) {
    if (!(analyst.node(ControlIds.TIMELINE_LIST) instanceof ListView<?> list)) {
      return false;
    }
    List<String> statements =
        list.getItems().stream()
            .map(item -> String.valueOf(item).toLowerCase(Locale.ROOT))
            .filter(item -> item.contains("select"))
            .toList();
    return !statements.isEmpty() && statements.stream().allMatch(item -> item.contains(word));
  }

  /// From the owner's button to the frame in which the analyst can run it.
  private void decisions(Map<String, Double> figures, int count) {
    List<Double> times = new ArrayList<>();
    owner.run(() -> owner.window().navigate("inbox"));
    for (int i = 0; i < count; i++) {
      String statement = "UPDATE orders SET status = 'late " + i + "' WHERE id = 1";
      analyst.write(statement);
      BenchWindow.await("a verdict", () -> analyst.tab().editor().decidedCount() == 1);
      analyst.run(() -> analyst.command("request.ask"));
      BenchWindow.await("the panel", () -> analyst.usable(ControlIds.REQUEST_REASON));
      analyst.set(ControlIds.REQUEST_REASON, "measured");
      analyst.fire(ControlIds.REQUEST_SUBMIT);
      BenchWindow.await("the request", () -> analyst.usable(UnmaskIds.NUDGE));
      BenchWindow.await("the request there", () -> select(statement));
      BenchWindow.await("the buttons", () -> owner.usable(ControlIds.INBOX_APPROVE));
      Supplier<Long> drawn =
          analyst.onceDrawn("the decision", () -> analyst.usable(ControlIds.RUN_APPROVED));
      long pressed = System.nanoTime();
      owner.fire(ControlIds.INBOX_APPROVE);
      times.add((drawn.get() - pressed) / 1e6);
    }
    List<Double> sorted = times.stream().sorted().toList();
    figures.put("decision_screen_to_screen_p50_ms", Figures.median(times));
    figures.put(
        "decision_screen_to_screen_p99_ms", sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1));
  }

  private boolean select(String statement) {
    if (owner.node(ControlIds.INBOX_QUEUE) instanceof ListView<?> list) {
      for (int at = 0; at < list.getItems().size(); at++) {
        if (list.getItems().get(at) instanceof ApprovalRequest request
            && request.capsule().text().equals(statement)) {
          list.getSelectionModel().select(at);
          return true;
        }
      }
    }
    return false;
  }

  private void whatIf(Map<String, Double> figures) throws WorkspaceProblem {
    PolicyClient policies = world.client("admin").policies();
    String stricter =
        SeenWorld.POLICY
            .replace("version: 1", "version: 2")
            .replace(
                "  - id: analysts-read\n",
                "  - id: no-orders\n    when: '\"main.orders\" in statement.tables'\n"
                    + "    effect: block\n    message: Orders are being counted.\n"
                    + "  - id: analysts-read\n");
    long begun = System.nanoTime();
    WhatIfReport report = policies.whatIf(stricter, 1);
    while (!report.state().equals("done")) {
      if (report.state().equals("failed")) {
        throw new BenchFailure("The what-if failed.");
      }
      BenchWindow.pause(100);
      report = policies.whatIf(report.id());
    }
    figures.put("what_if_statements", (double) report.statements());
    figures.put("what_if_newly_blocked", (double) report.newlyBlocked());
    figures.put("what_if_s", (System.nanoTime() - begun) / 1e9);
  }
}
