package dev.sluice.server.export;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewWebhook;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.AdminProblems;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.Sealer;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The web addresses that administrators had the server tell. Addresses and secrets are sealed in
/// the store, opened in memory only, and given to nobody. They never lead to this machine or a
/// private network: only the configuration file can say so.
public final class Webhooks {

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern KIND = Pattern.compile("[a-z][a-z.-]{0,39}");
  private static final int SHORTEST_SECRET = 16;

  private final Store store;
  private final Ledger ledger;
  private final Sealer sealer;
  private final InstantSource clock;
  private Known known = new Known(List.of(), List.of());

  public Webhooks(Store store, Ledger ledger, Sealer sealer, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.sealer = sealer;
    this.clock = clock;
  }

  private record Row(String name, String seal, String sealed) {}

  private record Known(List<Row> rows, List<Sink.Webhook> hooks) {}

  /// All of them that can be opened, by name. What is sealed is opened once, not at every look.
  synchronized List<Sink.Webhook> all() {
    List<Row> rows = store.read(Webhooks::rows);
    if (!rows.equals(known.rows())) {
      known = new Known(rows, rows.stream().flatMap(row -> open(row).stream()).toList());
    }
    return known.hooks();
  }

  private static List<Row> rows(Handle handle) {
    return handle
        .createQuery("SELECT name, seal, sealed FROM webhook ORDER BY name")
        .map(
            (row, context) ->
                new Row(row.getString("name"), row.getString("seal"), row.getString("sealed")))
        .list();
  }

  /// @throws dev.sluice.server.ServerProblem when it cannot be one, or is there already
  void add(Actor by, NewWebhook wanted) {
    Sink.Webhook hook = checked(wanted);
    String seal = Ids.next();
    byte[] content = JsonCodec.write(wanted).getBytes(StandardCharsets.UTF_8);
    store.write(
        transaction -> {
          int added =
              transaction
                  .handle()
                  .execute(
                      "INSERT INTO webhook (name, seal, sealed, added_at, added_by)"
                          + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                      wanted.name(),
                      seal,
                      sealer.seal(content, context(wanted.name(), seal)),
                      clock.instant().toEpochMilli(),
                      by.principal().key());
          if (added == 0) {
            throw AdminProblems.exists("receiver", wanted.name());
          }
          return ledger.append(
              transaction,
              AdminEvents.of(
                  "webhook.added",
                  by,
                  clock.instant(),
                  "webhook/" + wanted.name(),
                  Map.of(
                      "receiver", wanted.name(),
                      "form", wanted.format(),
                      "host", hook.place(),
                      "kinds", List.copyOf(wanted.kinds()))));
        });
  }

  void remove(Actor by, String name) {
    store.write(
        transaction -> {
          if (transaction.handle().execute("DELETE FROM webhook WHERE name = ?", name) == 0) {
            throw Problems.notFound("receiver");
          }
          transaction.handle().execute("DELETE FROM sink_cursor WHERE sink = ?", name);
          transaction.handle().execute("DELETE FROM dead_letter WHERE sink = ?", name);
          return ledger.append(
              transaction,
              AdminEvents.of(
                  "webhook.removed",
                  by,
                  clock.instant(),
                  "webhook/" + name,
                  Map.of("receiver", name)));
        });
  }

  private Optional<Sink.Webhook> open(Row row) {
    try {
      String json =
          new String(
              sealer.open(row.sealed(), context(row.name(), row.seal())), StandardCharsets.UTF_8);
      return Optional.of(checked(JsonCodec.read(json, NewWebhook.class)));
    } catch (JsonCodec.MalformedJson | RuntimeException e) {
      LOG.error("The receiver {} cannot be used: its address does not open.", row.name());
      return Optional.empty();
    }
  }

  private static Sink.Webhook checked(NewWebhook wanted) {
    if (!NAME.matcher(wanted.name()).matches()) {
      throw invalid(
          "The name has at most 40 small letters, digits and hyphens.", "Choose another name.");
    }
    Sink.Format format =
        Sink.Format.of(wanted.format())
            .orElseThrow(
                () -> invalid("A message is generic, slack or teams.", "Choose one of the three."));
    if (!wanted.kinds().stream().allMatch(kind -> KIND.matcher(kind).matches())) {
      throw invalid(
          "A kind is the beginning of a name such as approval.requested.",
          "Name the kinds as the log does.");
    }
    boolean signs = format == Sink.Format.GENERIC;
    if (signs != !wanted.secret().isEmpty()
        || (signs && wanted.secret().length() < SHORTEST_SECRET)) {
      throw invalid(
          signs
              ? "Generic messages are signed with a secret of at least 16 characters."
              : "Messages to Slack and Teams are not signed; their address is the secret.",
          signs ? "Give the secret that the receiver checks with." : "Leave the secret out.");
    }
    return new Sink.Webhook(
        wanted.name(),
        wanted.kinds(),
        address(wanted.address()),
        format,
        signs ? Optional.of(wanted.secret()) : Optional.empty(),
        false);
  }

  /// Never says the address: it may be the secret.
  private static URI address(String text) {
    try {
      URI address = URI.create(text.strip());
      if ("https".equals(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT))
          && address.getHost() != null
          && address.getUserInfo() == null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw invalid(
        "The address is not an https address with a host.",
        "Copy the whole address that the receiver gave you.");
  }

  private static RuntimeException invalid(String detail, String wayOut) {
    return AdminProblems.invalid("webhook-invalid", detail, wayOut);
  }

  private static String context(String name, String seal) {
    return "webhook/" + name + "/" + seal;
  }
}
