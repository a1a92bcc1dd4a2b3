package dev.sluice.cli;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.signin.ServerSignIn;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Signs a person of an identity provider in from a terminal: the code is told on standard error,
/// and typed into a browser on any machine.
public final class CodeOnTerminal {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private CodeOnTerminal() {}

  /// Blocks until the person is done, or the code has run out.
  ///
  /// @param provider id of an identity provider that the server offers codes with
  /// @param client for the log
  public static HttpServerClient signIn(
      ServerTrust trust, TrustMemory memory, String provider, String client)
      throws WorkspaceProblem {
    return ServerSignIn.withCode(
        trust,
        memory,
        provider,
        (address, code, until, cancel) -> tell(address, code, until),
        client);
  }

  private static void tell(URI address, String code, Instant until) {
    System.err.println("Open " + address + " in a browser, on any machine, and type " + code + ".");
    System.err.println(
        "The code is good until "
            + CLOCK.withZone(ZoneId.systemDefault()).format(until)
            + ". Type it only if you started this yourself.");
  }
}
