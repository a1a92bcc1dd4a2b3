package dev.sluice.app.signin;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Signing in with what the server offers. The password is never kept.
public final class SignInViewModel {

  private static final String LOCAL = "local";

  private final SignIn signIn;
  private final Background background;
  private final Messages messages;
  private final Consumer<Workspace> onSignedIn;
  private final StringProperty account = new SimpleStringProperty("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Optional<WorkspaceProblem>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<SignIn.Method>> methods =
      new ReadOnlyObjectWrapper<>(List.of());

  public SignInViewModel(
      SignIn signIn, Background background, Messages messages, Consumer<Workspace> onSignedIn) {
    this.signIn = signIn;
    this.background = background;
    this.messages = messages;
    this.onSignedIn = onSignedIn;
  }

  /// Asks the server what it offers.
  public void load() {
    background.call(signIn::methods, methods::set, failure -> problem.set(Optional.of(failure)));
  }

  public void submit(char[] password) {
    String name = account.get().strip();
    if (busy.get()) {
      return;
    }
    if (name.isEmpty() || password.length == 0) {
      problem.set(
          Optional.of(
              new WorkspaceProblem(
                  "incomplete",
                  WorkspaceProblem.Blame.USER,
                  messages.text("signin.incomplete"),
                  messages.text("signin.incomplete.way"))));
      return;
    }
    busy.set(true);
    problem.set(Optional.empty());
    background.call(
        () -> signIn.withPassword(name, password),
        workspace -> {
          busy.set(false);
          onSignedIn.accept(workspace);
        },
        failure -> {
          busy.set(false);
          problem.set(Optional.of(failure));
        });
  }

  public StringProperty accountProperty() {
    return account;
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<WorkspaceProblem>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<List<SignIn.Method>> methodsProperty() {
    return methods.getReadOnlyProperty();
  }

  /// Ways in other than an account of the server itself.
  List<SignIn.Method> providers() {
    return methods.get().stream().filter(method -> !method.id().equals(LOCAL)).toList();
  }
}
