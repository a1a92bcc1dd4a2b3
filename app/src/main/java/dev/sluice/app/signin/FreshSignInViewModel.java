package dev.sluice.app.signin;

import dev.sluice.app.fx.Background;
import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Asks the person to show again who they are while something they did waits for it. The password
/// is never kept.
public final class FreshSignInViewModel implements FreshSignInPrompt {

  private final Background background;
  private final Predicate<URI> browser;
  private final ReadOnlyObjectWrapper<Optional<Question>> question =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /// What the person is asked now.
  public sealed interface Question {}

  /// @param refused why the password before was not taken
  public record Password(
      String account,
      Optional<WorkspaceProblem> refused,
      CompletableFuture<Optional<char[]>> answer)
      implements Question {}

  /// @param address what the browser shows
  /// @param opened whether a browser could be started
  public record InBrowser(URI address, boolean opened, Runnable cancel) implements Question {}

  /// @param browser shows an address in the person's own browser; whether it could
  public FreshSignInViewModel(Background background, Predicate<URI> browser) {
    this.background = background;
    this.browser = browser;
  }

  public ReadOnlyObjectProperty<Optional<Question>> questionProperty() {
    return question.getReadOnlyProperty();
  }

  @Override
  public Optional<char[]> password(String account, Optional<WorkspaceProblem> refused) {
    CompletableFuture<Optional<char[]>> answer = new CompletableFuture<>();
    ask(new Password(account, refused, answer));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      // The window is being closed.
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | CancellationException e) {
      return Optional.empty();
    }
  }

  @Override
  public void inBrowser(URI address, Runnable cancel) {
    ask(new InBrowser(address, browser.test(address), cancel));
  }

  @Override
  public void over() {
    background.deliver(() -> question.set(Optional.empty()));
  }

  /// Answers with a password. An empty one is no answer.
  public void submit(char[] password) {
    if (password.length > 0 && question.get().orElse(null) instanceof Password asked) {
      asked.answer().complete(Optional.of(password));
    }
  }

  /// Gives up: what waits is not done.
  public void cancel() {
    question
        .get()
        .ifPresent(
            asked -> {
              switch (asked) {
                case Password wanted -> wanted.answer().complete(Optional.empty());
                case InBrowser waiting -> background.run(waiting.cancel());
              }
            });
  }

  private void ask(Question asked) {
    background.deliver(() -> question.set(Optional.of(asked)));
  }
}
