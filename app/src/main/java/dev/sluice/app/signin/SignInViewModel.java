package dev.sluice.app.signin;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
  private final Predicate<URI> browser;
  private final Consumer<Workspace> onSignedIn;
  private final StringProperty account = new SimpleStringProperty("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Optional<WorkspaceProblem>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Waiting>> waiting =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<SignIn.Method>> methods =
      new ReadOnlyObjectWrapper<>(List.of());

  /// @param browser shows an address in the person's own browser; whether it could
  public SignInViewModel(
      SignIn signIn,
      Background background,
      Messages messages,
      Predicate<URI> browser,
      Consumer<Workspace> onSignedIn) {
    this.signIn = signIn;
    this.browser = browser;
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

  /// Signs in with an identity provider, in the person's own browser.
  ///
  /// @param id of one of [#providers]
  public void withProvider(String id) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    problem.set(Optional.empty());
    background.call(
        () -> signIn.withProvider(id, this::openBrowser),
        workspace -> {
          done();
          onSignedIn.accept(workspace);
        },
        failure -> {
          done();
          if (!failure.code().equals("cancelled")) {
            problem.set(Optional.of(failure));
          }
        });
  }

  /// Signs in with an identity provider, by a code that the person types into a browser anywhere.
  ///
  /// @param id of one of [#providers] that takes codes
  public void withCode(String id) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    problem.set(Optional.empty());
    background.call(
        () -> signIn.withCode(id, this::showCode),
        workspace -> {
          done();
          onSignedIn.accept(workspace);
        },
        failure -> {
          done();
          if (!failure.code().equals("cancelled")) {
            problem.set(Optional.of(failure));
          }
        });
  }

  /// Called by the sign-in, on a thread of its own.
  private void showCode(URI address, String code, Instant until, Runnable cancel) {
    background.deliver(
        () ->
            waiting.set(
                Optional.of(
                    new Waiting(address, false, Optional.of(new Code(code, until)), cancel))));
  }

  /// Called by the sign-in, on a thread of its own.
  private void openBrowser(URI address, Runnable cancel) {
    boolean opened = browser.test(address);
    background.deliver(
        () -> waiting.set(Optional.of(new Waiting(address, opened, Optional.empty(), cancel))));
  }

  /// Gives up waiting for the browser.
  public void cancel() {
    waiting.get().ifPresent(present -> background.run(present.cancel()));
  }

  private void done() {
    busy.set(false);
    waiting.set(Optional.empty());
  }

  /// A sign-in that goes on in a browser.
  ///
  /// @param address what the browser shows
  /// @param opened whether a browser could be started
  /// @param code to be typed there, where one is
  public record Waiting(URI address, boolean opened, Optional<Code> code, Runnable cancel) {}

  /// @param until of no use after that
  public record Code(String text, Instant until) {}

  public ReadOnlyObjectProperty<Optional<Waiting>> waitingProperty() {
    return waiting.getReadOnlyProperty();
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
