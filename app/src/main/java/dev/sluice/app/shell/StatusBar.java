package dev.sluice.app.shell;

import dev.sluice.app.fx.Messages;
import dev.sluice.gateway.workspace.PolicyStatus;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// The line at the foot of the window: where statements go, how the last one went, which policy is
/// in force, whether the server is there.
final class StatusBar extends HBox {

  /// So long before its end a policy that nobody renews is worth a word.
  private static final Duration SOON = Duration.ofDays(7);

  private final Messages messages;
  private final Label environment = Ui.label("", "env-pill");
  private final Label target = Ui.label("");
  private final Label run = Ui.label("", "muted");
  private final Label policy = Ui.label("", "muted");
  private final Label link = Ui.label("");

  StatusBar(Messages messages) {
    this.messages = messages;
    setId(ControlIds.STATUS_BAR);
    getStyleClass().add("status-bar");
    setAlignment(Pos.CENTER_LEFT);
    target.setId(ControlIds.STATUS_TARGET);
    run.setId(ControlIds.STATUS_RUN);
    policy.setId(ControlIds.STATUS_POLICY);
    link.setId(ControlIds.STATUS_LINK);
    run.setMinWidth(30);
    Label zone = Ui.label(ZoneId.systemDefault().getId(), "muted");
    Ui.hint(zone, messages.text("status.zone"));
    getChildren().addAll(environment, target, run, Ui.spacer(), zone, policy, link);
    target(Optional.empty());
  }

  void target(Optional<WorkspaceConnection> connection) {
    Ui.shown(environment, connection.isPresent());
    environment
        .getStyleClass()
        .removeIf(name -> name.startsWith("env-") && !name.equals("env-pill"));
    connection.ifPresentOrElse(
        chosen -> {
          String name = chosen.context().environment();
          environment.setText(Environment.wordFor(name));
          environment.getStyleClass().add(Environment.of(name).styleClass());
          target.setText(
              chosen.context().name()
                  + "  ·  "
                  + chosen.database()
                  + "  ·  "
                  + chosen.context().ring());
          Ui.hint(target, chosen.whatCouldGoWrong());
        },
        () -> target.setText(messages.text("status.no-connection")));
  }

  void run(String text) {
    run.setText(text);
  }

  /// @param now server time
  void policy(Optional<PolicyStatus> status, Instant now) {
    policy.getStyleClass().removeAll("verdict-ask", "verdict-blocked", "muted");
    if (status.isEmpty()) {
      policy.setText("");
      return;
    }
    PolicyStatus found = status.get();
    boolean expired = !now.isBefore(found.expires());
    boolean soon = !expired && Duration.between(now, found.expires()).compareTo(SOON) < 0;
    policy.getStyleClass().add(expired ? "verdict-blocked" : soon ? "verdict-ask" : "muted");
    policy.setText(
        messages.text(
            expired ? "status.policy.expired" : soon ? "status.policy.soon" : "status.policy",
            found.version(),
            soon ? Spans.until(Duration.between(now, found.expires()), messages) : ""));
    Ui.hint(
        policy,
        expired || soon
            ? messages.text("status.policy.renew")
            : messages.text("status.policy.until", time(found.expires())));
  }

  void link(boolean online, Optional<PolicyStatus> status) {
    link.getStyleClass().removeAll("verdict-allowed", "verdict-ask");
    link.getStyleClass().add(online ? "verdict-allowed" : "verdict-ask");
    link.setGraphic(
        Ui.icon(online ? "fth-wifi" : "fth-wifi-off", online ? "verdict-allowed" : "verdict-ask"));
    link.setText(
        online
            ? messages.text("status.online")
            : messages.text(
                "status.offline", status.map(found -> time(found.expires())).orElse("–")));
  }

  private String time(Instant at) {
    if (at.equals(Instant.MAX)) {
      return messages.text("status.policy.always");
    }
    return (Spans.today(at)
            ? DateTimeFormatter.ofPattern("HH:mm", messages.locale())
            : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(messages.locale()))
        .withZone(ZoneId.systemDefault())
        .format(at);
  }
}
