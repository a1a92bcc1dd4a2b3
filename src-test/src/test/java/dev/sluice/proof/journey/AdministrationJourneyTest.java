package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.administration.AdministrationIds;
import java.nio.file.Path;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an administrator keeps: connections, people, roles of groups, agents.
class AdministrationJourneyTest {

  @TempDir Path folder;

  @Test
  void connections_are_tried_and_people_roles_and_agents_added_in_the_window() throws Exception {
    try (SmallWorld world = SmallWorld.start(folder)) {
      Screen admin = world.window("admin", "administration", 1280, 800, "light");
      admin.navigate("administration").awaitText(AdministrationIds.CONNECTIONS, "shop");
      admin.run(
          () ->
              ((TableView<?>) admin.node(AdministrationIds.CONNECTIONS))
                  .getSelectionModel()
                  .select(0));
      admin.fire(AdministrationIds.CONNECTION_TEST).awaitText(AdministrationIds.DIAGNOSIS, "shop");
      admin.picture("connections");

      // Where everybody is lent one login, the form asks for it; the server refuses without.
      admin.run(() -> ((ComboBox<?>) admin.node("admin-new-engine")).getSelectionModel().select(1));
      admin.set("admin-new-name", "lake").set("admin-new-host", "db.acme.test");
      admin.set("admin-new-database", "lake").set("admin-new-user", "keeper");
      admin.set("admin-new-password", "secret one");
      admin.fire("admin-new-add").awaitText(AdministrationIds.MESSAGE, "only read");
      admin.set("admin-new-reader", "reader").set("admin-new-reader-password", "secret two");
      admin.picture("connection-shared-login");
      admin.fire("admin-new-add").awaitText(AdministrationIds.CONNECTIONS, "lake");
      admin.run(() -> ((ComboBox<?>) admin.node("admin-new-engine")).getSelectionModel().select(0));
      admin.set("admin-new-name", "orders").set("admin-new-password", "secret three");
      admin.fire("admin-new-add").awaitText(AdministrationIds.CONNECTIONS, "orders");

      tab(admin, 1);
      admin.awaitText(AdministrationIds.PEOPLE, "Ana Lyst");
      admin.set("admin-person-account", "nina").set("admin-person-name", "Nina New");
      admin.set("admin-person-groups", "analysts").set("admin-person-password", "short");
      admin.fire(AdministrationIds.PERSON_ADD).awaitText(AdministrationIds.MESSAGE, "12");
      admin.set("admin-person-password", "long enough for anybody");
      admin.fire(AdministrationIds.PERSON_ADD).awaitText(AdministrationIds.PEOPLE, "Nina New");
      admin.picture("people");

      tab(admin, 2);
      admin.set("admin-role-group", "auditing").fire(AdministrationIds.ROLE_ADD);
      admin.awaitText(AdministrationIds.ROLES, "auditing").picture("roles");

      tab(admin, 3);
      admin.set("admin-service-name", "Report bot").set("admin-service-owner", "analyst");
      admin.fire(AdministrationIds.SERVICE_ADD).awaitText(AdministrationIds.SERVICES, "Report bot");
      assertThat(admin.text(AdministrationIds.SERVICE_SECRET)).isNotBlank();
      admin.picture("services");
      admin.navigate("query").navigate("administration");
      admin.awaitGone(AdministrationIds.SERVICE_SECRET);
      receivers(admin);
    }
  }

  /// Nothing outside can be reached from here: the address is one that the server refuses to go to.
  private static void receivers(Screen admin) {
    tab(admin, 4);
    admin.picture("receivers-none");
    admin.set("admin-receiver-name", "duty").set("admin-receiver-address", "http://10.0.0.1/x");
    admin.fire(AdministrationIds.RECEIVER_ADD).awaitText(AdministrationIds.MESSAGE, "https");
    admin.set("admin-receiver-address", "https://127.0.0.1/services/sEcReT");
    admin.fire(AdministrationIds.RECEIVER_ADD).awaitText(AdministrationIds.RECEIVERS, "Slack");
    assertThat(admin.text(AdministrationIds.RECEIVERS))
        .contains("duty", "127.0.0.1", "Requests, Emergencies")
        .doesNotContain("sEcReT");
    admin.run(
        () ->
            ((TableView<?>) admin.node(AdministrationIds.RECEIVERS)).getSelectionModel().select(0));
    admin.fire(AdministrationIds.RECEIVER_TEST);
    admin.awaitText(AdministrationIds.MESSAGE, "private network").picture("receivers");
    admin.run(
        () -> ((ComboBox<?>) admin.node("admin-receiver-form")).getSelectionModel().select(2));
    admin.awaitShown("admin-receiver-secret").picture("receivers-signed");
    admin.run(
        () ->
            ((TableView<?>) admin.node(AdministrationIds.RECEIVERS)).getSelectionModel().select(0));
    admin.fire(AdministrationIds.RECEIVER_REMOVE);
    admin.awaitText(AdministrationIds.MESSAGE, "is told no more");
  }

  private static void tab(Screen screen, int index) {
    screen.run(
        () -> ((TabPane) screen.node(AdministrationIds.TABS)).getSelectionModel().select(index));
  }
}
