package dev.sluice.cli.tour;

import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.app.fx.Toolkit;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.TimelinePage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// Plays the main job: sign in, read masked, be blocked, ask, be approved, run once, find it all
/// again. Each step is checked in the window and, past the product, in the database and its log.
public final class GuidedTour {

  private static final int ORDER = 7;
  private static final String READ = "SELECT * FROM customers";
  private static final String DERIVED = "SELECT lower(email) x FROM (SELECT * FROM customers) c";
  private static final String DROP = "DROP TABLE orders";
  private static final String UPDATE = "UPDATE orders SET status = 'void' WHERE id = " + ORDER;
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 800;

  private final TourStage stage;
  private final Transcript transcript;
  private final Pictures pictures;
  private final DatabaseWitness witness;

  private GuidedTour(TourStage stage, Path folder, PrintStream words) throws IOException {
    this.stage = stage;
    this.transcript = new Transcript(words);
    this.pictures = new Pictures(folder);
    this.witness = new DatabaseWitness(stage);
  }

  /// Draws windows in memory from now on. To be called before the toolkit starts.
  public static void withoutDisplay() {
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    System.setProperty("java.awt.headless", "true");
  }

  /// Plays the whole tour.
  ///
  /// @param folder takes `NN-title.png` and `transcript.md`
  /// @param words takes a line per step and fact
  /// @return 0 when every step really happened, else 1
  public static int play(TourStage stage, Path folder, PrintStream words) throws IOException {
    GuidedTour tour = new GuidedTour(stage, folder, words);
    int exit = 1;
    try {
      tour.playAll();
      exit = 0;
    } catch (TourFailure failure) {
      tour.transcript.failed(failure.getMessage());
    } catch (CompletionException failure) {
      Throwable cause = failure.getCause();
      tour.transcript.failed(
          cause == null ? failure.toString() : String.valueOf(cause.getMessage()));
    } catch (SQLException failure) {
      tour.transcript.failed("The database could not be looked at: " + failure.getMessage());
    }
    tour.transcript.writeTo(folder.resolve("transcript.md"));
    words.println(
        exit == 0
            ? "Every step happened. Pictures and transcript: " + folder
            : "The tour stopped. Pictures and transcript so far: " + folder);
    return exit;
  }

  private void playAll() throws IOException, SQLException {
    Workbench.start();
    witness.resetOrder(ORDER);
    WindowPilot analyst = open("analyst");
    try {
      signIn(analyst);
      readMasked(analyst);
      readDerived(analyst);
      beBlocked(analyst);
      ask(analyst);
      WindowPilot owner = open("owner");
      try {
        approve(analyst, owner);
      } finally {
        close(owner);
      }
      runOnce(analyst);
      runAgain(analyst);
      remember(analyst);
      dark(analyst);
    } catch (TourFailure | CompletionException failure) {
      picture(analyst, "stopped-here");
      throw failure;
    } finally {
      close(analyst);
    }
  }

  private void signIn(WindowPilot analyst) throws IOException {
    transcript.step("Sign in");
    analyst.awaitShown(ControlIds.SIGN_IN_ACCOUNT);
    picture(analyst, "sign-in");
    analyst.signIn("analyst", "not the password");
    analyst.awaitShown(ControlIds.SIGN_IN_PROBLEM);
    analyst.await(
        "words about the wrong password",
        () -> !analyst.words(ControlIds.SIGN_IN_PROBLEM).isBlank());
    transcript.seen("A wrong password is answered: " + analyst.words(ControlIds.SIGN_IN_PROBLEM));
    analyst.signIn("analyst", stage.password("analyst"));
    analyst.awaitWorkbench();
    transcript.seen("The workbench of " + analyst.words(ControlIds.IDENTITY_CHIP) + " is open.");
    analyst.await(
        "the tables of the production database in the explorer",
        () -> analyst.words(ControlIds.EXPLORER_TREE).contains("customers"));
    transcript.seen("The explorer shows the tables of shop.");
    picture(analyst, "workbench");
  }

  private void readMasked(WindowPilot analyst) throws IOException, SQLException {
    transcript.step("Read customers: " + READ);
    analyst.write(READ);
    picture(analyst, "verdict-while-typing");
    ResultViewModel result = analyst.runStatement();
    completed(result);
    List<String> masked =
        analyst.ask(
            () -> result.maskedColumns().stream().map(RunEvent.ResultColumn::label).toList());
    check(masked.containsAll(List.of("email", "ssn")), "The masked columns are " + masked + ".");
    transcript.seen("Masked: " + String.join(", ", masked) + ".");
    neverShown(analyst, result, witness.values("customers", "email"), "e-mail address");
    neverShown(analyst, result, witness.values("customers", "ssn"), "national id");
    check(
        analyst.words(ControlIds.MASK_BANNER).contains("masked"),
        "The banner says: " + analyst.words(ControlIds.MASK_BANNER));
    transcript.seen("The banner says: " + analyst.words(ControlIds.MASK_BANNER));
    picture(analyst, "masked");
    analyst.press(ControlIds.MASK_WHY);
    analyst.awaitShown(ControlIds.MASK_PANEL);
    check(
        analyst.words(ControlIds.MASK_PANEL).contains("pii.email"),
        "The panel does not name the classification.");
    transcript.seen("“Why?” names the classification, the columns and who may see them.");
    picture(analyst, "why-masked");
    analyst.press(ControlIds.MASK_WHY);
  }

  private void readDerived(WindowPilot analyst) throws IOException, SQLException {
    transcript.step("Hide it behind a function, an alias and a subquery: " + DERIVED);
    analyst.write(DERIVED);
    ResultViewModel result = analyst.runStatement();
    completed(result);
    check(
        analyst.ask(() -> result.maskedColumns().size()) == 1, "The derived column is not masked.");
    neverShown(analyst, result, witness.values("customers", "lower(email)"), "e-mail address");
    picture(analyst, "derived-masked");
  }

  private void beBlocked(WindowPilot analyst) throws IOException, SQLException {
    transcript.step("Be refused: " + DROP);
    String before = witness.orderCount();
    analyst.write(DROP);
    analyst.runStatement();
    analyst.awaitShown(ControlIds.BLOCKED_CARD);
    String rule = analyst.words(ControlIds.BLOCKED_RULE);
    String reason = analyst.words(ControlIds.BLOCKED_REASON);
    check(rule.contains("no-destructive-ddl-in-production"), "The rule shown is: " + rule);
    check(!reason.isBlank(), "No reason is shown.");
    transcript.seen("The card names the rule and why: " + rule + ": " + reason);
    check(before.equals(witness.orderCount()), "The orders are not what they were.");
    check(witness.timesSent(DROP) == 0, "The database was sent the statement.");
    transcript.seen("All " + before + " orders are there; the database was never sent it.");
    picture(analyst, "blocked");
  }

  private void ask(WindowPilot analyst) throws IOException, SQLException {
    transcript.step("Ask for a change: " + UPDATE);
    analyst.write(UPDATE);
    analyst.runStatement();
    analyst.awaitShown(ControlIds.APPROVAL_CARD);
    picture(analyst, "needs-approval");
    analyst.press(ControlIds.APPROVAL_ASK);
    analyst.awaitShown(ControlIds.REQUEST_PANEL);
    analyst.fill(ControlIds.REQUEST_REASON, "Customer cancelled by phone, ticket 4711");
    picture(analyst, "request");
    analyst.press(ControlIds.REQUEST_SUBMIT);
    analyst.awaitShown(ControlIds.REQUEST_WAITING);
    transcript.seen("The tab says: " + analyst.words(ControlIds.REQUEST_WAITING));
    check(witness.orderStatus(ORDER).equals("paid"), "The order is changed already.");
    transcript.seen("Order " + ORDER + " is still paid.");
    picture(analyst, "waiting");
  }

  private void approve(WindowPilot analyst, WindowPilot owner) throws IOException {
    transcript.step("The data owner decides, in her own window and session");
    owner.signIn("owner", stage.password("owner"));
    owner.awaitWorkbench();
    owner.await(
        "the request to be counted in the inbox",
        () -> owner.window().inbox().orElseThrow().waitingProperty().get() > 0);
    owner.press(ControlIds.NAVIGATE_INBOX);
    owner.awaitShown(ControlIds.INBOX_STATEMENT);
    String statement = owner.words(ControlIds.INBOX_STATEMENT);
    check(statement.equals(UPDATE), "The inbox shows another statement: " + statement);
    transcript.seen("Her inbox shows exactly the statement, who asks and why.");
    picture(owner, "inbox");
    long pressed = System.nanoTime();
    owner.press(ControlIds.INBOX_APPROVE);
    analyst.awaitShown(ControlIds.RUN_APPROVED_BAR);
    long milliseconds = (System.nanoTime() - pressed) / 1_000_000;
    transcript.seen(
        "The analyst's window shows it " + milliseconds + " ms after the owner pressed Approve.");
    owner.awaitShown(ControlIds.INBOX_MESSAGE);
    picture(owner, "approved");
    picture(analyst, "may-run-now");
  }

  private void runOnce(WindowPilot analyst) throws IOException, SQLException {
    transcript.step("Run it, once");
    ResultViewModel result = analyst.runApproved();
    RunEvent.Completed done = completed(result);
    check(done.updateCount() == 1, "It changed " + done.updateCount() + " rows.");
    check(witness.orderStatus(ORDER).equals("void"), "The order is not void.");
    transcript.seen("One row changed; order " + ORDER + " is void in the database.");
    check(witness.timesSent(UPDATE) == 1, "The database got it more or less than once.");
    picture(analyst, "ran-once");
  }

  private void runAgain(WindowPilot analyst) throws IOException, SQLException {
    transcript.step("Try to run it a second time");
    analyst.awaitHidden(ControlIds.RUN_APPROVED_BAR);
    String why =
        analyst.ask(
            () ->
                analyst
                    .window()
                    .commands()
                    .orElseThrow()
                    .find("approved.run")
                    .orElseThrow()
                    .whyDisabled()
                    .get());
    check(!why.isBlank(), "The command can still be run.");
    transcript.seen("“Run approved” says: " + why + ".");
    analyst.write(UPDATE);
    ResultViewModel result = analyst.runStatement();
    Optional<String> word =
        analyst.ask(() -> result.refused().map(refused -> refused.decision().word()));
    check(word.equals(Optional.of("needs-approval")), "It was answered: " + word + ".");
    transcript.seen("The same statement needs a new approval.");
    check(witness.timesSent(UPDATE) == 1, "The database got it a second time.");
    transcript.seen("The database's own log shows it exactly once.");
    picture(analyst, "second-run-refused");
  }

  private void remember(WindowPilot analyst) throws IOException {
    transcript.step("Find it all again in my timeline");
    analyst.press(ControlIds.NAVIGATE_TIMELINE);
    analyst.awaitShown(ControlIds.TIMELINE_LIST);
    analyst.await("entries in the timeline", () -> statements(analyst).contains(UPDATE));
    Set<String> statements = statements(analyst);
    for (String statement : List.of(READ, DERIVED, DROP, UPDATE)) {
      check(statements.contains(statement), "The timeline lacks: " + statement);
    }
    transcript.seen("It lists the reads, the refusal, the request, the approval and the run.");
    analyst.press(ControlIds.TIMELINE_VERIFY);
    analyst.await(
        "the result of the verification",
        () -> analyst.window().timeline().orElseThrow().integrityProperty().get().isPresent());
    String integrity = analyst.words(ControlIds.TIMELINE_INTEGRITY);
    check(integrity.startsWith("Verified"), "The integrity says: " + integrity);
    transcript.seen("The log is checked: " + integrity + ".");
    picture(analyst, "timeline");
  }

  private void dark(WindowPilot analyst) throws IOException {
    transcript.step("The same in the dark");
    analyst.press(ControlIds.NAVIGATE_QUERY);
    analyst.press(ControlIds.THEME_TOGGLE);
    analyst.write(READ);
    completed(analyst.runStatement());
    transcript.seen("The dark theme shows the same masked result.");
    picture(analyst, "dark");
  }

  private static Set<String> statements(WindowPilot analyst) {
    return analyst.ask(
        () ->
            Set.copyOf(
                analyst.window().timeline().orElseThrow().entries().stream()
                    .map(TimelinePage.Entry::statement)
                    .distinct()
                    .toList()));
  }

  /// No cell that the grid holds is a raw value.
  private void neverShown(
      WindowPilot analyst, ResultViewModel result, Set<String> raw, String what) {
    check(!raw.isEmpty(), "There is no " + what + " to protect.");
    long cells =
        analyst.ask(
            () -> {
              long looked = 0;
              int width = result.labels().size();
              for (int row = 0; row < result.rowsProperty().get(); row++) {
                for (int column = 0; column < width; column++) {
                  Optional<String> cell = result.cell(row, column);
                  if (cell.isPresent() && raw.contains(cell.get())) {
                    throw new TourFailure("A raw " + what + " is shown in row " + (row + 1) + ".");
                  }
                  looked++;
                }
              }
              return looked;
            });
    check(cells > 0, "The result is empty.");
    transcript.seen(
        String.format(
            java.util.Locale.ROOT,
            "None of %,d cells is one of the %,d real %ss.",
            cells,
            raw.size(),
            what));
  }

  private static RunEvent.Completed completed(ResultViewModel result) {
    return Toolkit.call(result::completed)
        .orElseThrow(
            () ->
                new TourFailure(
                    "The statement did not complete: "
                        + Toolkit.call(
                            () ->
                                result
                                    .problem()
                                    .map(problem -> problem.getMessage())
                                    .or(
                                        () ->
                                            result
                                                .refused()
                                                .map(r -> r.decision().proof().reason()))
                                    .orElse(result.stateText()))));
  }

  private WindowPilot open(String account) {
    return new WindowPilot(
        Workbench.open(
            stage.signIn(),
            WorkbenchOptions.in(stage.windowState().resolve(account))
                .withAccount(account)
                .withServer(stage.serverAddress())
                .withTheme("light")
                .withSize(WIDTH, HEIGHT)));
  }

  private static void close(WindowPilot pilot) {
    pilot.run(() -> pilot.window().close());
  }

  private void picture(WindowPilot pilot, String title) throws IOException {
    transcript.picture(pictures.keep(pilot.picture(), title));
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new TourFailure(otherwise);
    }
  }
}
