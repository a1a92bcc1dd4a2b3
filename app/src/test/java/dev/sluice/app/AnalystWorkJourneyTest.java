package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an analyst does with a result once it is there, and that all of it has a name and can be
/// reached by keys.
class AnalystWorkJourneyTest {

  @TempDir Path state;

  private final FakeServer server = new FakeServer();

  private Journey open(String name, String theme, int width, int height) {
    return new Journey(
        Workbench.open(
            server,
            WorkbenchOptions.in(state.resolve(name))
                .withAccount("analyst")
                .withTheme(theme)
                .withSize(width, height)),
        name);
  }

  @Test
  void results_are_summed_up_drawn_turned_and_kept_while_a_transaction_is_open() {
    try (Journey journey = open("work", "light", 980, 780)) {
      journey.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench();
      journey.write("SELECT * FROM customers").press(KeyCode.CONTROL, KeyCode.ENTER);
      journey.awaitResult();
      journey.click(ControlIds.RESULT_GRID).press(KeyCode.CONTROL, KeyCode.A);
      journey.await(
          "sums", () -> textOf(journey, ".result-footer").contains("masked cells left out"));
      journey.picture("sums");
      journey.fire("result-transpose").picture("turned").fire("result-transpose");
      journey.fire(ControlIds.RESULT_CHART).awaitNode(ControlIds.CHART_PANEL).picture("chart");
      journey.fire(ControlIds.RESULT_CHART);

      journey.fire(ControlIds.TRANSACTION_MODE);
      journey.write("SELECT * FROM orders WHERE id = :id").awaitNode(ControlIds.PARAMETERS);
      journey.type("parameter-id", "1001").picture("parameters");
      journey.interact(() -> journey.window().commands().get().execute("statement.run"));
      ResultViewModel result = journey.awaitResult();
      assertThat(result.statement().text()).isEqualTo("SELECT * FROM orders WHERE id = '1001'");
      journey.awaitNode(ControlIds.TRANSACTION_COMMIT).picture("transaction");
      journey
          .press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.K)
          .awaitGone(ControlIds.TRANSACTION_COMMIT);
    }
  }

  @Test
  void every_control_of_every_screen_has_a_name_and_a_role_and_can_be_reached_by_keys() {
    try (Journey journey = open("names", "dark", 980, 780)) {
      journey.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench();
      journey.write("SELECT * FROM customers WHERE id = :id");
      journey.write("SELECT * FROM customers").press(KeyCode.CONTROL, KeyCode.ENTER);
      journey.awaitResult();
      journey.click(ControlIds.EDITOR_AREA).press(KeyCode.CONTROL, KeyCode.END).press(KeyCode.F12);
      journey.awaitNode(ControlIds.TABLE_PANE).picture("table");
      List<String> offenders = new ArrayList<>();
      for (String screen : List.of("query", "inbox", "timeline", "settings")) {
        journey.interact(() -> journey.window().navigate(screen));
        journey.picture(screen);
        offenders.addAll(
            journey.ask(
                () -> {
                  List<String> found = new ArrayList<>();
                  walk(journey.window().scene().getRoot(), screen, found);
                  return found;
                }));
      }
      assertThat(offenders).isEmpty();
    }
  }

  /// Closing and the like have a key of their own; they would only lengthen the way of Tab.
  private static final Set<String> OTHER_KEYS = Set.of("tab-close", "toast-close");

  private static void walk(Node node, String screen, List<String> offenders) {
    if (!node.isVisible()) {
      return;
    }
    boolean interactive =
        node instanceof ButtonBase
            || node instanceof TextInputControl
            || node instanceof ComboBoxBase
            || node instanceof ChoiceBox
            || node instanceof ListView
            || node instanceof TreeView;
    if (interactive && node instanceof Control control && !isPart(control)) {
      String where = screen + ": " + control.getClass().getSimpleName() + " #" + control.getId();
      if (name(control).isBlank()) {
        offenders.add(where + " has no name");
      }
      if (control.getAccessibleRole() == AccessibleRole.NODE) {
        offenders.add(where + " has no role");
      }
      if (!control.isFocusTraversable()
          && !control.isDisabled()
          && !OTHER_KEYS.contains(String.valueOf(control.getId()))) {
        offenders.add(where + " cannot be reached by keys");
      }
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> walk(child, screen, offenders));
    }
  }

  /// Parts of a larger control, such as the button of a combo box, are reached with it.
  private static boolean isPart(Control control) {
    for (Parent above = control.getParent(); above != null; above = above.getParent()) {
      if (above instanceof ComboBoxBase
          || above instanceof javafx.scene.control.MenuButton
          || above instanceof javafx.scene.control.Spinner) {
        return true;
      }
    }
    return false;
  }

  private static String name(Control control) {
    if (control.getAccessibleText() != null) {
      return control.getAccessibleText();
    }
    if (control instanceof Labeled labeled && labeled.getText() != null) {
      return labeled.getText();
    }
    return control instanceof TextInputControl field && field.getPromptText() != null
        ? field.getPromptText()
        : "";
  }

  private static String textOf(Journey journey, String selector) {
    StringBuilder text = new StringBuilder();
    for (Node node : journey.window().scene().getRoot().lookupAll(selector + " .label")) {
      text.append(node instanceof Labeled labeled ? labeled.getText() : "").append(' ');
    }
    return text.toString();
  }
}
