package dev.sluice.server.policies;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.CompactJws;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.wire.PolicyHistory;
import dev.sluice.governance.codec.wire.Push;
import dev.sluice.governance.codec.wire.SignedPolicy;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerKeys;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.push.Outbox;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Publishes bundles and answers with the one in force. A text that is not a valid bundle changes
/// nothing; versions only grow.
public final class Policies {

  /// The type in the signature's header.
  public static final String TYPE = "sluice-policy+yaml";

  private final Store store;
  private final Ledger ledger;
  private final ServerKeys keys;
  private final PolicyLoader loader;
  private final StoredBudget budget;
  private final InstantSource clock;
  private final AtomicReference<@Nullable InForce> inForce = new AtomicReference<>();

  public Policies(
      Store store,
      Ledger ledger,
      ServerKeys keys,
      PolicyLoader loader,
      StoredBudget budget,
      InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.keys = keys;
    this.loader = loader;
    this.budget = budget;
    this.clock = clock;
    refresh();
  }

  /// The bundle that decides now.
  public record InForce(SignedPolicy signed, PolicyLoader.Loaded loaded) {}

  /// @throws dev.sluice.server.ServerProblem when none was ever published
  public InForce inForce() {
    return Optional.ofNullable(inForce.get()).orElseThrow(Problems::noPolicy);
  }

  public Optional<InForce> find() {
    return Optional.ofNullable(inForce.get());
  }

  /// What is to be put in force.
  ///
  /// @param publisher principal key
  /// @param author principal key of whoever wrote it
  public record Publication(
      String publisher, String actorKind, String author, String yaml, String comment) {}

  /// What else must hold, in the same transaction.
  public interface Condition {
    /// @param current version in force, 0 when there is none
    void check(Transaction transaction, long current);
  }

  /// Publishes a bundle of the server's own operator.
  public SignedPolicy publish(String publisher, String actorKind, String yaml, String comment) {
    return publish(
        new Publication(publisher, actorKind, publisher, yaml, comment), (transaction, now) -> {});
  }

  /// Publishes a bundle.
  public SignedPolicy publish(Publication publication, Condition condition) {
    String publisher = publication.publisher();
    String actorKind = publication.actorKind();
    String yaml = publication.yaml();
    String comment = publication.comment();
    PolicyLoader.Loaded loaded = load(yaml);
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    Map<String, Object> header =
        Map.of("typ", TYPE, "kid", keys.policyKeyId(), "version", loaded.version());
    SignedPolicy signed =
        new SignedPolicy(
            loaded.version(), CompactJws.sign(header, bytes, keys.policy().getPrivate()));
    store.write(
        transaction -> {
          long current =
              transaction
                  .handle()
                  .createQuery("SELECT COALESCE(MAX(version), 0) FROM policy_bundle")
                  .mapTo(Long.class)
                  .one();
          condition.check(transaction, current);
          if (loaded.version() <= current) {
            throw Problems.policyVersion(loaded.version(), current);
          }
          transaction
              .handle()
              .execute(
                  "INSERT INTO policy_bundle"
                      + " (version, yaml, jws, published_by, published_at, comment, author)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                  loaded.version(),
                  yaml,
                  signed.jws(),
                  publisher,
                  clock.millis(),
                  comment,
                  publication.author());
          Outbox.add(
              transaction,
              Outbox.EVERYBODY,
              new Push("policy-changed", Optional.empty(), loaded.version(), ""),
              clock.millis());
          transaction.afterCommit(() -> take(new InForce(signed, loaded)));
          return ledger.append(
              transaction,
              new AuditEvent(
                  Ids.next(),
                  "policy.published",
                  1,
                  clock.instant(),
                  publisher,
                  actorKind,
                  "policy/" + loaded.version(),
                  Map.of(
                      "author",
                      publication.author(),
                      "policyVersion",
                      loaded.version(),
                      "sha256",
                      DeviceProof.digest(bytes),
                      "comment",
                      comment)));
        });
    // Also here: whoever is told that it is published must not read the one before it.
    take(new InForce(signed, loaded));
    return signed;
  }

  /// Reads a text as a bundle.
  ///
  /// @throws dev.sluice.server.ServerProblem when it is none
  PolicyLoader.Loaded read(String yaml) {
    return load(yaml);
  }

  /// The exact text of a version that was in force.
  public Optional<String> text(long version) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT yaml FROM policy_bundle WHERE version = ?")
                .bind(0, version)
                .mapTo(String.class)
                .findOne());
  }

  /// Every version that was in force, newest first.
  public PolicyHistory history() {
    return new PolicyHistory(
        store.read(
            handle ->
                handle
                    .createQuery("SELECT * FROM policy_bundle ORDER BY version DESC LIMIT 1000")
                    .map(
                        (row, context) ->
                            new PolicyHistory.Version(
                                row.getLong("version"),
                                Instant.ofEpochMilli(row.getLong("published_at")),
                                row.getString("published_by"),
                                row.getString("author"),
                                row.getString("comment"),
                                DeviceProof.digest(
                                    row.getString("yaml").getBytes(StandardCharsets.UTF_8))))
                    .list()));
  }

  /// Takes up what another server published.
  public void refresh() {
    InForce now = inForce.get();
    long known = now == null ? 0 : now.signed().version();
    Optional<Row> newest =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT version, yaml, jws FROM policy_bundle WHERE version > ?"
                            + " ORDER BY version DESC LIMIT 1")
                    .bind(0, known)
                    .map(
                        (row, context) ->
                            new Row(
                                row.getLong("version"),
                                row.getString("yaml"),
                                row.getString("jws")))
                    .findOne());
    newest.ifPresent(
        row -> take(new InForce(new SignedPolicy(row.version(), row.jws()), load(row.yaml()))));
  }

  private void take(InForce next) {
    inForce.accumulateAndGet(
        next,
        (before, after) ->
            before != null && after != null && before.signed().version() > after.signed().version()
                ? before
                : after);
  }

  private PolicyLoader.Loaded load(String yaml) {
    try {
      return loader.load(yaml, budget);
    } catch (PolicyLoader.Unreadable e) {
      throw Problems.policyUnreadable(String.valueOf(e.getMessage()));
    }
  }

  private record Row(long version, String yaml, String jws) {}
}
