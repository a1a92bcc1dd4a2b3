package dev.sluice.gateway.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// Waits on this machine's loopback address, at a random port, for the browser to come back, once.
final class LoopbackReceiver implements AutoCloseable {

  private static final String PATH = "/callback";

  private final HttpServer server;
  private final Predicate<URI> expected;
  private final CompletableFuture<URI> answer = new CompletableFuture<>();

  /// @param expected whether an answer is the one for this sign-in; others are refused and the
  ///     waiting goes on
  LoopbackReceiver(Predicate<URI> expected) throws IOException {
    this.expected = expected;
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 4);
    server.createContext("/", this::handle);
    server.start();
  }

  URI redirect() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  /// Gives the waiting up.
  void cancel() {
    answer.cancel(true);
  }

  URI await(Duration patience) throws WorkspaceProblem {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw SignInProblems.tooLate();
    } catch (CancellationException | ExecutionException e) {
      throw SignInProblems.cancelled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignInProblems.cancelled();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI asked = exchange.getRequestURI();
    boolean ours =
        PATH.equals(asked.getPath())
            && "GET".equals(exchange.getRequestMethod())
            && !answer.isDone();
    URI whole = redirect().resolve(asked.toString());
    if (ours && expected.test(whole)) {
      answer(
          exchange,
          200,
          page("You are signed in.", "You can close this page and go back to Sluice."));
      answer.complete(whole);
    } else {
      answer(
          exchange,
          400,
          page("Nothing waits for this page.", "Start the sign-in again in Sluice."));
    }
  }

  private static void answer(HttpExchange exchange, int status, String html) throws IOException {
    try (exchange) {
      byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange
          .getResponseHeaders()
          .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String page(String title, String words) {
    return """
    <!doctype html><html lang="en"><meta charset="utf-8"><title>Sluice</title>
    <body style="font: 16px system-ui, sans-serif; margin: 20vh auto; max-width: 26em">
    <h1 style="font-size: 1.4em">%s</h1><p>%s</p></body></html>
    """
        .formatted(title, words);
  }

  @Override
  public void close() {
    // A moment for the page to reach the browser.
    server.stop(1);
  }
}
