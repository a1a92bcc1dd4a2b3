package dev.sluice.server.http;

import dev.sluice.server.Problems;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.Tls;
import dev.sluice.server.approvals.Approvals;
import dev.sluice.server.directory.Accounts;
import dev.sluice.server.directory.AttemptLimit;
import dev.sluice.server.directory.FreshSignIn;
import dev.sluice.server.directory.IdTokens;
import dev.sluice.server.directory.ProofChecker;
import dev.sluice.server.directory.ServiceIdentities;
import dev.sluice.server.directory.ServiceSessions;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.directory.TokenIssuer;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.mcp.HttpAgents;
import dev.sluice.server.push.Streams;
import dev.sluice.server.store.Store;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens, and hands every request to its route through the gate.
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int TRIES = 50;

  /// Bytes a second. Who sends slower holds a connection for its own sake.
  private static final long SLOWEST_BODY = 100;

  private final Javalin javalin;
  private final List<Route> routes;

  private HttpServer(Javalin javalin, List<Route> routes) {
    this.javalin = javalin;
    this.routes = routes;
  }

  /// What the gate and the sign-in work with.
  public record Doors(
      Accounts accounts,
      ServiceIdentities identities,
      ServiceSessions services,
      TokenIssuer tokens,
      IdTokens idTokens,
      Supplier<URI> resource,
      Sessions sessions,
      ProofChecker proofs,
      Store store,
      Ledger ledger,
      Streams streams,
      Approvals approvals,
      Statements statements,
      HttpAgents agents) {}

  /// Starts listening. A port that is taken is answered by the next free one.
  public static HttpServer start(ServerConfig config, Doors doors, Api.Parts parts) {
    InstantSource clock = config.clock();
    Gate gate =
        new Gate(
            doors.sessions(),
            doors.proofs(),
            doors.services(),
            doors.tokens(),
            new AttemptLimit(6000, MINUTE, clock),
            new AttemptLimit(1200, MINUTE, clock),
            new FreshSignIn(config.timings().freshSignIn(), clock),
            doors.resource());
    SignInRoutes signIn =
        new SignInRoutes(
            gate,
            doors.accounts(),
            doors.sessions(),
            doors.idTokens(),
            new AttemptLimit(10, Duration.ofMinutes(5), clock),
            new AttemptLimit(120, MINUTE, clock),
            doors.store(),
            doors.ledger(),
            clock);
    EventStream events = new EventStream(doors.streams(), doors.sessions(), doors.approvals());
    OAuthRoutes oauth =
        new OAuthRoutes(
            doors.tokens(),
            doors.services(),
            doors.sessions(),
            doors.resource(),
            new AttemptLimit(10, Duration.ofMinutes(5), clock),
            new AttemptLimit(600, MINUTE, clock));
    List<Route> routes = new ArrayList<>(new Api(parts, signIn, events).routes());
    routes.addAll(oauth.routes());
    routes.addAll(new IdentityRoutes(doors.identities(), doors.sessions()).routes());
    AtomicReference<@Nullable URI> listening = new AtomicReference<>();
    routes.addAll(
        new McpRoutes(
                doors.agents(),
                doors.statements(),
                () -> addresses(doors.resource().get(), listening.get()),
                clock)
            .routes());
    Metrics metrics = metrics(config, doors);
    routes.add(Route.get("/metrics", Access.ANYBODY, metrics::serve));
    routes.add(
        Route.get(
            "/openapi.json",
            Access.ANYBODY,
            e -> e.context().contentType("application/json").result(OpenApi.of(routes))));
    Javalin javalin = listen(config, gate, metrics, routes);
    String scheme = config.operations().tls().isPresent() ? "https://" : "http://";
    listening.set(URI.create(scheme + config.host() + ":" + javalin.port()));
    return new HttpServer(javalin, routes);
  }

  private static Set<URI> addresses(URI known, @Nullable URI listening) {
    return listening == null || listening.equals(known) ? Set.of(known) : Set.of(known, listening);
  }

  private static Metrics metrics(ServerConfig config, Doors doors) {
    long begun = System.nanoTime();
    Runtime jvm = Runtime.getRuntime();
    return new Metrics(config.operations().metricsToken())
        .gauge("sluice_streams_open", doors.streams()::count)
        .gauge("sluice_log_entries", doors.ledger()::size)
        .gauge("sluice_store_writes_waiting", doors.store()::waiting)
        .gauge("sluice_store_commits", doors.store()::commits)
        .gauge("sluice_uptime_seconds", () -> (System.nanoTime() - begun) / 1_000_000_000)
        .gauge("sluice_memory_used_bytes", () -> jvm.totalMemory() - jvm.freeMemory());
  }

  private static Javalin listen(
      ServerConfig config, Gate gate, Metrics metrics, List<Route> routes) {
    int port = config.port();
    for (int tried = 0; ; tried++) {
      if (port != 0 && isTaken(config.host(), port) && tried < TRIES) {
        port = port >= 65_535 || tried == TRIES - 1 ? 0 : port + 1;
        continue;
      }
      Javalin javalin = create(config, gate, metrics, routes, port);
      try {
        javalin.start();
        if (config.port() != 0 && javalin.port() != config.port()) {
          LOG.warn("Port {} is taken: listening on {}.", config.port(), javalin.port());
        }
        return javalin;
      } catch (JavalinBindException e) {
        javalin.stop();
        if (config.port() == 0 || tried >= TRIES) {
          throw Problems.cannotListen(config.host(), config.port());
        }
        port = port >= 65_535 || tried == TRIES - 1 ? 0 : port + 1;
      }
    }
  }

  /// Asked beforehand: the web server would log a failure at length that is none.
  private static boolean isTaken(String host, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
      return false;
    } catch (BindException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Connector connector(
      ServerConfig config, int port, Server server, HttpConfiguration http) {
    ServerConnector connector;
    if (config.operations().tls().isPresent()) {
      Tls tls = config.operations().tls().get();
      SslContextFactory.Server keys = new SslContextFactory.Server();
      keys.setKeyStore(tls.keys());
      keys.setKeyStorePassword(new String(tls.password()));
      keys.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      HttpConfiguration secure = new HttpConfiguration(http);
      // Names are checked by who calls; a test or a health check may come by address.
      secure.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              server,
              new SslConnectionFactory(keys, "http/1.1"),
              new HttpConnectionFactory(secure));
    } else {
      connector = new ServerConnector(server, new HttpConnectionFactory(http));
    }
    connector.setHost(config.host());
    connector.setPort(port);
    return connector;
  }

  /// Jetty's handler for data rates, which is to take the place of this setting, would have to
  /// stand outside of the one that Javalin puts in last.
  @SuppressWarnings("removal")
  private static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setMinRequestDataRate(SLOWEST_BODY);
  }

  private static Javalin create(
      ServerConfig config, Gate gate, Metrics metrics, List<Route> routes, int port) {
    return Javalin.create(
        settings -> {
          settings.startup.showJavalinBanner = false;
          settings.startup.showOldJavalinVersionWarning = false;
          settings.concurrency.useVirtualThreads = true;
          settings.http.maxRequestSize = Gate.LARGEST_BODY;
          settings.http.compressionStrategy = io.javalin.compression.CompressionStrategy.NONE;
          settings.jetty.modifyHttpConfiguration(HttpServer::configure);
          settings.jetty.addConnector((server, http) -> connector(config, port, server, http));
          settings.http.prefer405over404 = true;
          settings.jetty.modifyServer(
              server -> {
                server.setStopTimeout(2000);
                server.setErrorHandler(new EarlyProblems());
              });
          settings.jetty.modifyServletContextHandler(
              handler -> handler.setErrorHandler(new EarlyProblems()));
          for (Route route : routes) {
            settings.routes.addEndpoint(
                Endpoint.create(route.method(), route.path())
                    .handler(
                        context -> {
                          long begun = System.nanoTime();
                          gate.pass(route, context);
                          metrics.count(route, context.statusCode(), System.nanoTime() - begun);
                        }));
          }
          settings.routes.exception(
              HttpResponseException.class,
              (problem, context) -> {
                Gate.headers(context);
                if (problem instanceof MethodNotAllowedResponse) {
                  context.header("Allow", allowed(routes, context));
                }
                Gate.answer(context, Problems.beforeRoute(problem.getStatus()));
              });
          settings.routes.exception(
              Exception.class,
              (problem, context) -> {
                Gate.headers(context);
                Gate.answer(context, Problems.beforeRoute(statusOf(problem)));
              });
        });
  }

  /// What cannot be read of a request is its sender's doing: it ended too early, came too slowly,
  /// or was not HTTP from there on.
  private static int statusOf(Exception problem) {
    for (Throwable at = problem; at != null; at = at.getCause()) {
      if (at instanceof HttpException said) {
        return said.getCode();
      }
      if (at instanceof TimeoutException) {
        return 408;
      }
      if (at instanceof EOFException) {
        return 400;
      }
    }
    LOG.error("A request failed before its route", problem);
    return 500;
  }

  private static String allowed(List<Route> routes, Context context) {
    return routes.stream()
        .filter(route -> matches(route.path(), context.path()))
        .map(route -> route.method().name())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static boolean matches(String route, String path) {
    String[] wanted = route.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int part = 0; part < wanted.length; part++) {
      if (!wanted[part].startsWith("{") && !wanted[part].equals(given[part])) {
        return false;
      }
    }
    return true;
  }

  public int port() {
    return javalin.port();
  }

  /// Every route, for whoever checks them.
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (io.javalin.util.JavalinException e) {
      LOG.warn("Some requests were cut off: they were not done in time.");
    }
  }
}
