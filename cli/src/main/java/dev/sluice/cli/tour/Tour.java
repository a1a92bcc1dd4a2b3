package dev.sluice.cli.tour;

import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.cli.demo.DemoWorld;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;

/// The main job, step by step, in two windows: an analyst's and a data owner's.
public final class Tour {

  private static final String UPDATE = "UPDATE orders SET status = 'void' WHERE id = 7";

  private final DemoWorld world;
  private final Album album;
  private final ShopLook shop;

  private Tour(DemoWorld world, Path folder) throws IOException {
    this.world = world;
    this.album = new Album(folder);
    this.shop = new ShopLook(world);
  }

  /// Plays it on the toolkit that runs.
  ///
  /// @param folder for pictures and transcript
  /// @return whether every step really happened
  public static boolean play(DemoWorld world, Path folder) throws IOException {
    Tour tour = new Tour(world, folder);
    try {
      tour.play();
      tour.album.step("Done");
      tour.album.seen("Every step happened.");
      return true;
    } catch (TourFailure | SQLException | WorkspaceProblem e) {
      tour.album.failed(String.valueOf(e.getMessage()));
      System.err.println("The tour failed: " + e.getMessage());
      return false;
    }
  }

  private void play() throws IOException, SQLException, WorkspaceProblem {
    shop.change("UPDATE orders SET status = 'paid' WHERE id = 7");
    Workbench.start();
    TourWindow analyst = open("analyst");
    try {
      signIn(analyst);
      masked(analyst);
      derived(analyst);
      blocked(analyst);
      asked(analyst);
      approved(analyst);
      ranOnce(analyst);
      timeline(analyst);
      databaseLog();
    } catch (TourFailure e) {
      album.picture("failed", analyst.picture());
      throw e;
    } finally {
      analyst.close();
    }
  }

  private TourWindow open(String account) {
    return new TourWindow(
        Workbench.open(
            world.signIn(),
            WorkbenchOptions.in(world.windowState("tour-" + account))
                .withAccount(account)
                .withServer(world.address().toString())
                .withSize(1000, 860)));
  }

  private void signIn(TourWindow window) {
    album.step("Sign in");
    window.front().type(ControlIds.SIGN_IN_ACCOUNT, "analyst");
    window.type(ControlIds.SIGN_IN_PASSWORD, DemoWorld.PASSWORD);
    album.picture("sign-in", window.picture());
    window.click(ControlIds.SIGN_IN_SUBMIT);
    awaitWorkbench(window);
    TourFailure.unless(
        window.text(ControlIds.IDENTITY_CHIP).contains("Ana"), "The window names somebody else.");
    album.seen("The window shows who is signed in: " + window.text(ControlIds.IDENTITY_CHIP));
    window.awaitShown(ControlIds.EXPLORER_TREE);
    album.seen("The status bar names the target: " + window.text(ControlIds.STATUS_TARGET));
    album.picture("explorer", window.picture());
  }

  private static void awaitWorkbench(TourWindow window) {
    FxThread.await("the workbench", () -> window.window().activeTab().isPresent());
    FxThread.await(
        "a connection",
        () ->
            window
                .window()
                .activeTab()
                .orElseThrow()
                .editor()
                .connectionProperty()
                .get()
                .isPresent());
    FxThread.run(() -> window.window().activeTab().orElseThrow().connect("shop"));
  }

  private void masked(TourWindow window) throws SQLException {
    album.step("Read personal data, masked");
    window.front().write("SELECT * FROM customers");
    album.picture("verdict-while-typing", window.picture());
    window.press(KeyCode.CONTROL, KeyCode.ENTER);
    ResultViewModel result = window.awaitResult();
    expectDone(result);
    List<String> masked =
        FxThread.ask(
            () -> result.maskedColumns().stream().map(RunEvent.ResultColumn::label).toList());
    TourFailure.unless(
        masked.containsAll(List.of("email", "ssn")), "Not masked as planned: " + masked);
    String banner = window.text(ControlIds.MASK_BANNER);
    TourFailure.unless(banner.contains("masked"), "The banner does not say why: " + banner);
    album.seen("The banner says: " + banner);
    compareWithDatabase(result, "email");
    compareWithDatabase(result, "ssn");
    album.seen(
        FxThread.ask(() -> result.rowsProperty().get())
            + " rows are shown; e-mail and national id of the first differ from the database's.");
    album.picture("masked", window.picture());
    window.click(ControlIds.MASK_WHY);
    String why = window.text(ControlIds.MASK_PANEL);
    TourFailure.unless(why.contains("pii.email"), "The panel does not name the tag: " + why);
    album.seen("The panel names column and classification (pii.email, pii.national-id).");
    album.picture("why-masked", window.picture());
  }

  private void compareWithDatabase(ResultViewModel result, String column) throws SQLException {
    int place = FxThread.ask(() -> result.labels().indexOf(column));
    int key = FxThread.ask(() -> result.labels().indexOf("id"));
    String shown = FxThread.ask(() -> result.cell(0, place).orElse(""));
    String id = FxThread.ask(() -> result.cell(0, key).orElse("0"));
    String real =
        shop.value("SELECT " + column + " FROM customers WHERE id = " + Integer.parseInt(id));
    TourFailure.unless(
        !shown.isEmpty() && !shown.equals(real), "The window shows the real " + column + ".");
  }

  private static void expectDone(ResultViewModel result) {
    TourFailure.unless(
        FxThread.ask(() -> result.phaseProperty().get()) == ResultViewModel.Phase.DONE,
        "It did not run: "
            + FxThread.ask(
                () ->
                    result
                        .problem()
                        .map(WorkspaceProblem::getMessage)
                        .orElseGet(
                            () ->
                                result
                                    .refused()
                                    .map(refused -> refused.decision().proof().reason())
                                    .orElse("unknown"))));
  }

  private void derived(TourWindow window) throws SQLException {
    album.step("Try to get around the mask");
    window.front().write("SELECT lower(email) x FROM (SELECT * FROM customers) c");
    window.press(KeyCode.CONTROL, KeyCode.ENTER);
    ResultViewModel result = window.awaitResult();
    expectDone(result);
    int masked = FxThread.ask(() -> result.maskedColumns().size());
    String shown = FxThread.ask(() -> result.cell(0, 0).orElse(""));
    String real =
        shop.value("SELECT count(*) FROM customers WHERE lower(email) = '" + quoted(shown) + "'");
    TourFailure.unless(
        masked == 1 && !shown.isEmpty() && real.equals("0"),
        "A derived value came through: " + shown);
    album.seen("An alias, a function and a subquery later it is still masked: " + shown);
    album.picture("derived", window.picture());
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }

  private void blocked(TourWindow window) throws SQLException {
    album.step("Try to drop a table");
    window.front().write("DROP TABLE orders");
    window.press(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitShown(ControlIds.BLOCKED_CARD);
    String rule = window.text(ControlIds.BLOCKED_RULE);
    String reason = window.text(ControlIds.BLOCKED_REASON);
    TourFailure.unless(
        rule.contains("no-destructive-ddl-in-production"), "Another rule blocked: " + rule);
    album.seen("Refused by " + rule + ": " + reason);
    String rows = shop.value("SELECT count(*) FROM orders");
    TourFailure.unless(rows.equals("50000"), "The table is not what it was: " + rows);
    album.seen("The table is still there, with " + rows + " rows.");
    album.picture("blocked", window.picture());
  }

  private void asked(TourWindow window) throws SQLException {
    album.step("Change production: ask first");
    window.front().write(UPDATE);
    window.press(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitShown(ControlIds.APPROVAL_CARD);
    album.picture("needs-approval", window.picture());
    window.fire(ControlIds.APPROVAL_ASK);
    window.type(ControlIds.REQUEST_REASON, "Order 7 was entered twice, ticket 4711");
    album.picture("request", window.picture());
    window.fire(ControlIds.REQUEST_SUBMIT).awaitShown(ControlIds.REQUEST_WAITING);
    TourFailure.unless(status().equals("paid"), "The order was changed without approval.");
    album.seen("The request waits; the order still says paid.");
    album.picture("waiting", window.picture());
  }

  private String status() throws SQLException {
    return shop.value("SELECT status FROM orders WHERE id = 7");
  }

  private void approved(TourWindow analyst) {
    album.step("The data owner decides, in a session of their own");
    TourWindow owner = open("owner");
    try {
      owner.front().type(ControlIds.SIGN_IN_ACCOUNT, "owner");
      owner.type(ControlIds.SIGN_IN_PASSWORD, DemoWorld.PASSWORD);
      owner.click(ControlIds.SIGN_IN_SUBMIT);
      awaitWorkbench(owner);
      owner.fire(ControlIds.NAVIGATE_INBOX).awaitShown(ControlIds.INBOX_STATEMENT);
      String statement = owner.text(ControlIds.INBOX_STATEMENT);
      TourFailure.unless(statement.contains(UPDATE), "The inbox shows another text: " + statement);
      album.seen("The inbox shows the exact text: `" + UPDATE + "`");
      album.picture("inbox", owner.picture());
      owner.fire(ControlIds.INBOX_APPROVE);
      Duration wait = analyst.awaitShown(ControlIds.RUN_APPROVED_BAR);
      album.seen("The analyst's window says so " + wait.toMillis() + " ms after the click.");
      owner.awaitShown(ControlIds.INBOX_MESSAGE);
      album.picture("approved-by-owner", owner.picture());
    } catch (TourFailure e) {
      album.picture("failed-owner", owner.picture());
      throw e;
    } finally {
      owner.close();
    }
    album.picture("approved", analyst.front().picture());
  }

  private void ranOnce(TourWindow window) throws SQLException, WorkspaceProblem {
    album.step("Run it, once");
    TourFailure.unless(status().equals("paid"), "It ran before it was asked to.");
    window.front().press(KeyCode.F9);
    window.awaitGone(ControlIds.RUN_APPROVED_BAR);
    ResultViewModel result = window.awaitResult();
    expectDone(result);
    TourFailure.unless(
        FxThread.ask(() -> result.completed().map(RunEvent.Completed::updateCount).orElse(-1L))
            == 1L,
        "It did not change one row.");
    TourFailure.unless(status().equals("void"), "The database still says " + status() + ".");
    album.seen("One row changed; the database now says void.");
    album.picture("ran", window.picture());
    album.step("Try to run it a second time");
    window.press(KeyCode.F9);
    String refusal = secondRun();
    album.seen("The window offers no second run, and the server refuses one: " + refusal);
    album.picture("no-second-run", window.picture());
  }

  /// Asks the server itself, past the window.
  private String secondRun() throws WorkspaceProblem {
    BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
    try (Workspace workspace =
        world.signIn().withPassword("analyst", DemoWorld.PASSWORD.toCharArray())) {
      String request = workspace.myRequests().getFirst().id();
      workspace.runApproved(request, events::add);
      for (int waits = 0; waits < 100; waits++) {
        RunEvent event = events.poll(1, TimeUnit.SECONDS);
        if (event instanceof RunEvent.Failed failed) {
          TourFailure.unless(
              failed.problem().code().equals("exhausted"),
              "Refused for another reason: " + failed.problem().code());
          return String.valueOf(failed.problem().getMessage());
        }
        TourFailure.unless(
            !(event instanceof RunEvent.Completed), "The server ran it a second time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new TourFailure("The server did not answer the second run.");
  }

  private void timeline(TourWindow window) {
    album.step("Look back");
    window.front().press(KeyCode.CONTROL, KeyCode.H);
    window.awaitShown(ControlIds.TIMELINE_LIST);
    FxThread.await(
        "the approved run in the timeline",
        () -> titles(window).stream().anyMatch(title -> title.startsWith("Ran approved")));
    List<String> titles = FxThread.ask(() -> titles(window));
    for (String wanted : List.of("Ran", "Blocked", "Needs approval", "Asked for approval")) {
      TourFailure.unless(
          titles.stream().anyMatch(title -> title.startsWith(wanted)),
          "The timeline lacks \"" + wanted + "\": " + titles);
    }
    album.seen("The timeline shows, newest first: " + String.join(", ", titles));
    window.fire(ControlIds.TIMELINE_VERIFY);
    FxThread.await(
        "the verification",
        () -> window.window().timeline().orElseThrow().integrityProperty().get().isPresent());
    String verified = window.text(ControlIds.TIMELINE_INTEGRITY);
    TourFailure.unless(verified.startsWith("Verified to #"), "Not verified: " + verified);
    album.seen("The ledger: " + verified);
    album.picture("timeline", window.picture());
  }

  private static List<String> titles(TourWindow window) {
    return window.window().timeline().orElseThrow().entries().stream()
        .limit(12)
        .map(TimelinePage.Entry::title)
        .toList();
  }

  private void databaseLog() throws IOException {
    album.step("Read what the database was sent");
    String log = shop.log();
    TourFailure.unless(
        log.contains("FROM customers"), "The database's log lacks the first statement.");
    TourFailure.unless(
        log.lines().noneMatch(line -> line.contains("DROP TABLE orders")),
        "The database was sent the refused statement.");
    List<String> updates = log.lines().filter(line -> line.contains("UPDATE orders SET")).toList();
    TourFailure.unless(
        updates.size() == 1 && updates.getFirst().contains(",slu_change_"),
        "The change was sent " + updates.size() + " times, or by somebody else than the server.");
    album.seen("The refused statement never reached it; the change came once, from the server.");
    album.seen("Its log is kept in " + world.databaseLog());
  }
}
