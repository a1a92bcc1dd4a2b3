package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Connections, people, roles of groups, agents and pipelines, receivers of notices.
public final class AdministrationView {

  private final AdministrationViewModel model;
  private final VBox root = new VBox(10);
  private final Label message = Ui.paragraph("", "strong");
  private final ConnectionsPane connections;
  private final ServicesPane services;
  private final Subscriptions subscriptions = new Subscriptions();

  public AdministrationView(AdministrationViewModel model, Messages messages) {
    this.model = model;
    connections = new ConnectionsPane(model, messages);
    services = new ServicesPane(model, messages);
    message.setId(AdministrationIds.MESSAGE);
    TabPane tabs =
        new TabPane(
            new Tab(messages.text("admin.connections"), connections),
            new Tab(messages.text("admin.people"), new PeoplePane(model, messages)),
            new Tab(messages.text("admin.roles"), new RolesPane(model, messages)),
            new Tab(messages.text("admin.services"), services),
            new Tab(messages.text("admin.receivers"), new ReceiversPane(model, messages)));
    tabs.setId(AdministrationIds.TABS);
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    VBox.setVgrow(tabs, Priority.ALWAYS);
    root.getStyleClass().add("live");
    root.getChildren()
        .addAll(Ui.label(messages.text("admin.title"), "screen-title"), message, tabs);
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    connections.attach(subscriptions);
    services.attach(subscriptions);
    subscriptions.bind(
        model.messageProperty(),
        words -> {
          message.setText(words);
          Ui.shown(message, !words.isEmpty());
        });
  }

  public void detach() {
    model.leave();
    subscriptions.clear();
  }
}
