package dev.sluice.server.http;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Problem;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.directory.AttemptLimit;
import dev.sluice.server.directory.FreshSignIn;
import dev.sluice.server.directory.ProofChecker;
import dev.sluice.server.directory.ServiceSessions;
import dev.sluice.server.directory.Session;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.directory.TokenIssuer;
import dev.sluice.server.mcp.HttpAgents;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every request passes before and after its route: size, session, proof, rule, problem
/// details, headers. Logs method, route and outcome, never a value.
final class Gate {

  static final String SCHEME = "Sluice ";
  static final String BEARER = "Bearer ";
  static final long LARGEST_BODY = 1L << 20;
  private static final int TOO_LARGE = 413;
  private static final long MOST_DRAINED = 32L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Sessions sessions;
  private final ProofChecker proofs;
  private final ServiceSessions services;
  private final TokenIssuer tokens;
  private final AttemptLimit requests;
  private final AttemptLimit refused;
  private final FreshSignIn freshSignIn;
  private final Supplier<URI> resource;

  /// @param requests by session
  /// @param refused by address: requests that came with no session or a wrong one
  /// @param resource this server's own address
  Gate(
      Sessions sessions,
      ProofChecker proofs,
      ServiceSessions services,
      TokenIssuer tokens,
      AttemptLimit requests,
      AttemptLimit refused,
      FreshSignIn freshSignIn,
      Supplier<URI> resource) {
    this.sessions = sessions;
    this.proofs = proofs;
    this.services = services;
    this.tokens = tokens;
    this.requests = requests;
    this.refused = refused;
    this.freshSignIn = freshSignIn;
    this.resource = resource;
  }

  /// What every answer carries.
  static void headers(Context context) {
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("X-Frame-Options", "DENY");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  void pass(Route route, Context context) {
    headers(context);
    try {
      byte[] body = body(route, context);
      Session session =
          route.access() == Access.ANYBODY ? null : session(route.access(), context, body);
      Exchange exchange = new Exchange(context, session, body, route);
      if (route.fresh()) {
        freshSignIn.require(exchange.session());
      }
      route.handler().handle(exchange);
    } catch (ServerProblem e) {
      answer(context, e);
    } catch (JsonCodec.MalformedJson e) {
      answer(context, Problems.malformed(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      String reference = Ids.next().substring(0, 8);
      LOG.error("{} {} failed ({})", route.method(), route.path(), reference, e);
      answer(context, Problems.internal(reference));
    }
  }

  private byte[] body(Route route, Context context) {
    try {
      return body(context);
    } catch (ServerProblem e) {
      if (e.status() == TOO_LARGE && route.access() == Access.AGENT) {
        route.tooLarge().accept(session(route.access(), context, new byte[0]));
      }
      if (e.status() == TOO_LARGE) {
        drain(context, route.access() == Access.AGENT ? MOST_DRAINED : LARGEST_BODY);
      }
      throw e;
    }
  }

  /// Reads some of what will not be used: a client that still sends would not hear the answer.
  private static void drain(Context context, long most) {
    try {
      byte[] some = new byte[1 << 16];
      InputStream in = context.req().getInputStream();
      long left = most;
      int read = in.read(some);
      while (read > 0 && left > 0) {
        left -= read;
        read = in.read(some);
      }
    } catch (IOException e) {
      LOG.debug("The rest of a body was not read.", e);
    }
  }

  private static byte[] body(Context context) {
    if (context.req().getContentLengthLong() > LARGEST_BODY) {
      throw Problems.tooLarge(LARGEST_BODY);
    }
    try {
      return context.bodyAsBytes();
    } catch (HttpResponseException e) {
      throw Problems.tooLarge(LARGEST_BODY);
    } catch (RuntimeException e) {
      if (e instanceof HttpException said) {
        throw Problems.beforeRoute(said.getCode());
      }
      throw e;
    }
  }

  private Session session(Access access, Context context, byte[] body) {
    Session session;
    try {
      session = authenticate(context, body);
    } catch (ServerProblem e) {
      context.header(
          "WWW-Authenticate",
          "Bearer resource_metadata=\""
              + resource.get()
              + "/.well-known/oauth-protected-resource"
              + (access == Access.AGENT ? HttpAgents.PATH : "")
              + "\"");
      if (!e.code().equals("use-nonce")) {
        limit(refused.count(context.req().getRemoteAddr()));
      }
      throw e;
    }
    limit(requests.count(session.id()));
    if (!access.admits(session.actor())) {
      throw Problems.forbidden();
    }
    return session;
  }

  private Session authenticate(Context context, byte[] body) {
    String authorization = header(context, "Authorization");
    if (authorization.startsWith(SCHEME)) {
      String token = authorization.substring(SCHEME.length());
      Session session = sessions.authenticate(token).orElseThrow(Problems::notSignedIn);
      prove(session, context, token, body);
      return session;
    }
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      Session session =
          services
              .authenticate(authorization.substring(BEARER.length()).strip())
              .orElseThrow(Problems::notSignedIn);
      if (!tokens.isFor(session.audience(), context.req().getRequestURI())) {
        throw Problems.wrongAudience();
      }
      return session;
    }
    throw Problems.notSignedIn();
  }

  private static void limit(OptionalLong wait) {
    if (wait.isPresent()) {
      throw Problems.tooMany(wait.getAsLong());
    }
  }

  /// Checks the proof of a request for a session; the answer carries the nonce for the next one.
  void prove(Session session, Context context, String token, byte[] body) {
    context.header(DeviceProof.NONCE_HEADER, proofs.nonce());
    proofs.check(
        session,
        header(context, DeviceProof.HEADER),
        context.req().getMethod().toUpperCase(Locale.ROOT),
        target(context),
        token,
        body);
  }

  String nonce() {
    return proofs.nonce();
  }

  static void answer(Context context, ServerProblem problem) {
    if (context.res().isCommitted()) {
      return;
    }
    problem.retryAfter().ifPresent(retryAfter(context));
    context
        .status(problem.status())
        .contentType(EarlyProblems.TYPE)
        .result(JsonCodec.write(problem(problem)));
  }

  static Problem problem(ServerProblem problem) {
    return new Problem(
        "urn:sluice:problem:" + problem.code(),
        problem.title(),
        problem.status(),
        String.valueOf(problem.getMessage()),
        problem.code(),
        problem.blame().name(),
        problem.wayOut());
  }

  static LongConsumer retryAfter(Context context) {
    return seconds -> context.header("Retry-After", Long.toString(seconds));
  }

  private static String target(Context context) {
    String query = context.req().getQueryString();
    return context.req().getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static String header(Context context, String name) {
    @Nullable String value = context.header(name);
    return value == null ? "" : value;
  }
}
