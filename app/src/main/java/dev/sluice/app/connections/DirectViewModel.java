package dev.sluice.app.connections;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.direct.DirectTrial;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The direct connections of a person: listed, tried, saved, removed. Everything that may block
/// happens off the FX thread.
public final class DirectViewModel {

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final Runnable changed;
  private final ObservableList<DirectConnection> all = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<DirectTrial.Result>> trial =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private long asked;

  /// @param changed called when the list of connections is another
  public DirectViewModel(
      Session session, Background background, Messages messages, Runnable changed) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.changed = changed;
  }

  ObservableList<DirectConnection> all() {
    return all;
  }

  ReadOnlyObjectProperty<Optional<DirectTrial.Result>> trialProperty() {
    return trial.getReadOnlyProperty();
  }

  /// One sentence on what was done, or why not.
  ReadOnlyStringProperty wordsProperty() {
    return words.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  public void load() {
    with(all -> background.call(all::list, this.all::setAll, this::failed));
  }

  /// @param agreedHostKey fingerprint that the person has compared, empty for none
  void test(DirectForm form, String agreedHostKey) {
    checked(
        form,
        connection ->
            with(
                all -> {
                  long now = ++asked;
                  busy.set(true);
                  words.set(messages.text("direct.trying"));
                  trial.set(Optional.empty());
                  background.call(
                      () -> all.test(connection, form.secrets(), agreedHostKey),
                      result -> {
                        if (now == asked) {
                          busy.set(false);
                          words.set("");
                          trial.set(Optional.of(result));
                        }
                      },
                      this::failed);
                }));
  }

  void save(DirectForm form) {
    checked(
        form,
        connection ->
            with(
                all ->
                    background.call(
                        () -> {
                          try {
                            all.save(connection, form.secrets());
                          } catch (IOException e) {
                            throw unwritable();
                          }
                          session.workspace().directChanged(connection.name());
                          return connection.name();
                        },
                        name -> done("direct.saved", name),
                        this::failed)));
  }

  void remove(String name) {
    with(
        all ->
            background.call(
                () -> {
                  try {
                    all.remove(name);
                  } catch (IOException e) {
                    throw unwritable();
                  }
                  session.workspace().directChanged(name);
                  return name;
                },
                gone -> done("direct.removed", gone),
                this::failed));
  }

  private void done(String key, String name) {
    words.set(messages.text(key, name));
    load();
    changed.run();
  }

  private void checked(DirectForm form, Consumer<DirectConnection> use) {
    DirectConnection connection;
    try {
      connection = form.connection();
    } catch (IllegalArgumentException e) {
      trial.set(Optional.empty());
      words.set(String.valueOf(e.getMessage()));
      return;
    }
    use.accept(connection);
  }

  private void with(Consumer<DirectConnections> use) {
    session.workspace().direct().ifPresent(use);
  }

  private void failed(WorkspaceProblem problem) {
    busy.set(false);
    words.set(problem.getMessage() + " " + problem.wayOut());
  }

  private WorkspaceProblem unwritable() {
    return new WorkspaceProblem(
        "disk",
        WorkspaceProblem.Blame.USER,
        messages.text("direct.unwritable"),
        messages.text("direct.unwritable.way"));
  }

  List<String> environments() {
    return List.of("development", "test", "staging", "production");
  }
}
