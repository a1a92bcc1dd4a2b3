package dev.sluice.server.policies;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.sluice.governance.codec.wire.PolicyComparison;
import dev.sluice.governance.codec.wire.PolicyDraft;
import dev.sluice.governance.codec.wire.PolicyTestReport;
import dev.sluice.governance.codec.wire.SignedPolicy;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyDiff;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.Ids;
import dev.sluice.server.PolicyProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// Policies that somebody proposes: written by one person, looked at and put in force by another
/// once there are two. Of two people who publish at once, one wins.
public final class Drafts {

  private static final int SHOWN = 100;
  private static final int LARGEST = 900_000;
  private static final Pattern VERSION = Pattern.compile("(?m)^version:[ \\t]*[0-9]+");

  private final Store store;
  private final Ledger ledger;
  private final Policies policies;
  private final PolicyReview review;
  private final LongSupplier policyAdministrators;
  private final InstantSource clock;

  /// @param policyAdministrators how many people may publish
  public Drafts(
      Store store,
      Ledger ledger,
      Policies policies,
      PolicyReview review,
      LongSupplier policyAdministrators,
      InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.policies = policies;
    this.review = review;
    this.policyAdministrators = policyAdministrators;
    this.clock = clock;
  }

  /// Newest first.
  public List<PolicyDraft> list() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM policy_draft ORDER BY changed_at DESC, id LIMIT ?")
                .bind(0, SHOWN)
                .map((row, context) -> read(row))
                .list());
  }

  public PolicyDraft find(String id) {
    return store.read(handle -> find(handle, id)).orElseThrow(() -> Problems.notFound("draft"));
  }

  /// Proposes a policy. It must be readable; it need not pass its tests yet.
  public PolicyDraft add(Actor author, String yaml, String comment) {
    return insert(author, yaml, comment, "policy.drafted");
  }

  private PolicyDraft insert(Actor author, String yaml, String comment, String kind) {
    PolicyBundle bundle = readable(yaml);
    Instant now = clock.instant();
    PolicyDraft draft =
        new PolicyDraft(
            Ids.next(),
            "open",
            bundle.version(),
            policies.find().map(known -> known.signed().version()).orElse(0L),
            author.principal().key(),
            author.principal().displayName(),
            comment,
            now,
            1,
            yaml);
    store.write(
        transaction -> {
          transaction
              .handle()
              .execute(
                  "INSERT INTO policy_draft (id, state, version, base, author, author_name,"
                      + " comment, yaml, revision, created_at, changed_at)"
                      + " VALUES (?, 'open', ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                  draft.id(),
                  draft.version(),
                  draft.base(),
                  draft.author(),
                  draft.authorName(),
                  comment,
                  yaml,
                  now.toEpochMilli(),
                  now.toEpochMilli());
          return record(transaction, kind, author, draft, comment);
        });
    return draft;
  }

  /// Replaces the text of one's own open draft.
  public PolicyDraft change(Actor author, String id, String yaml, String comment) {
    PolicyBundle bundle = readable(yaml);
    Instant now = clock.instant();
    store.write(
        transaction -> {
          PolicyDraft before = open(transaction.handle(), id);
          if (!before.author().equals(author.principal().key())) {
            throw PolicyProblems.notYourDraft();
          }
          transaction
              .handle()
              .execute(
                  "UPDATE policy_draft SET yaml = ?, comment = ?, version = ?, base = ?,"
                      + " revision = revision + 1, changed_at = ? WHERE id = ? AND state = 'open'",
                  yaml,
                  comment,
                  bundle.version(),
                  policies.find().map(known -> known.signed().version()).orElse(0L),
                  now.toEpochMilli(),
                  id);
          return record(transaction, "policy.draft-changed", author, before, comment);
        });
    return find(id);
  }

  /// Ends a draft without publishing it.
  public PolicyDraft discard(Actor by, String id) {
    store.write(
        transaction -> {
          PolicyDraft draft = open(transaction.handle(), id);
          transaction
              .handle()
              .execute(
                  "UPDATE policy_draft SET state = 'discarded', changed_at = ?"
                      + " WHERE id = ? AND state = 'open'",
                  clock.millis(),
                  id);
          return record(transaction, "policy.draft-discarded", by, draft, "");
        });
    return find(id);
  }

  /// Puts a draft in force: the text that was looked at, by somebody who did not write it once
  /// there are two who may, when it passes its own tests.
  public SignedPolicy publish(Actor by, String id, long revision, String comment) {
    PolicyDraft draft = find(id);
    if (draft.author().equals(by.principal().key()) && policyAdministrators.getAsLong() > 1) {
      throw PolicyProblems.ownDraft();
    }
    requirePassing(draft.yaml());
    return policies.publish(
        new Policies.Publication(
            by.principal().key(), by.kind(), draft.author(), draft.yaml(), comment),
        (transaction, current) -> {
          PolicyDraft now = open(transaction.handle(), id);
          if (now.revision() != revision || !now.yaml().equals(draft.yaml())) {
            throw PolicyProblems.draftChanged();
          }
          if (now.base() != current) {
            throw PolicyProblems.draftOvertaken(now.base(), current);
          }
          transaction
              .handle()
              .execute(
                  "UPDATE policy_draft SET state = 'published', changed_at = ?"
                      + " WHERE id = ? AND state = 'open'",
                  clock.millis(),
                  id);
        });
  }

  /// Publishes a text at once: only for whoever is the only policy administrator.
  public SignedPolicy publishAlone(Actor by, String yaml, String comment) {
    if (policyAdministrators.getAsLong() > 1) {
      throw PolicyProblems.secondPerson();
    }
    requirePassing(yaml);
    return policies.publish(
        new Policies.Publication(
            by.principal().key(), by.kind(), by.principal().key(), yaml, comment),
        (transaction, current) -> {});
  }

  /// Proposes what an earlier version said, under the next version.
  public PolicyDraft rollback(Actor by, long version, String comment) {
    String old =
        policies.text(version).orElseThrow(() -> Problems.notFound("version of the policy"));
    long next = policies.inForce().signed().version() + 1;
    Matcher line = VERSION.matcher(old);
    String yaml =
        line.find() ? line.replaceFirst("version: " + next) : "version: " + next + "\n" + old;
    return insert(
        by,
        yaml,
        comment.isBlank() ? "Back to version " + version : comment,
        "policy.rollback-drafted");
  }

  public PolicyTestReport test(String yaml) {
    return review.review(yaml);
  }

  /// What a text says that the policy in force does not.
  public PolicyComparison compare(String yaml) {
    PolicyBundle after = readable(yaml);
    Optional<Policies.InForce> now = policies.find();
    if (now.isEmpty()) {
      return new PolicyComparison(
          0, after.version(), List.of(), yaml.lines().map(line -> "+" + line).toList());
    }
    long from = now.get().signed().version();
    String before = policies.text(from).orElse("");
    List<String> old = before.lines().toList();
    List<PolicyComparison.Change> changes =
        PolicyDiff.of(now.get().loaded().bundle(), after).stream()
            .map(
                change ->
                    new PolicyComparison.Change(
                        change.section(),
                        change.id(),
                        change.kind(),
                        change.detail(),
                        change.direction().name().toLowerCase(Locale.ROOT)))
            .toList();
    return new PolicyComparison(
        from,
        after.version(),
        changes,
        UnifiedDiffUtils.generateUnifiedDiff(
            "version " + from,
            "version " + after.version(),
            old,
            DiffUtils.diff(old, yaml.lines().toList()),
            3));
  }

  private void requirePassing(String yaml) {
    PolicyTestReport report = review.review(yaml);
    if (!report.problems().isEmpty()) {
      throw Problems.policyUnreadable(String.join(" ", report.problems()));
    }
    List<String> failures =
        report.tests().stream()
            .filter(test -> !test.passed())
            .map(
                test ->
                    "line "
                        + test.line()
                        + ": "
                        + test.expectation()
                        + ", but got "
                        + test.got()
                        + ".")
            .toList();
    if (!failures.isEmpty()) {
      throw PolicyProblems.testsFail(failures);
    }
  }

  private PolicyBundle readable(String yaml) {
    if (yaml.length() > LARGEST) {
      throw Problems.tooLarge(LARGEST);
    }
    return policies.read(yaml).bundle();
  }

  private Object record(
      Transaction transaction, String kind, Actor by, PolicyDraft draft, String comment) {
    return ledger.append(
        transaction,
        AdminEvents.of(
            kind,
            by,
            clock.instant(),
            "policy-draft/" + draft.id(),
            Map.of(
                "draft",
                draft.id(),
                "policyVersion",
                draft.version(),
                "author",
                draft.author(),
                "comment",
                comment)));
  }

  private static PolicyDraft open(Handle handle, String id) {
    PolicyDraft draft = find(handle, id).orElseThrow(() -> Problems.notFound("draft"));
    if (!draft.state().equals("open")) {
      throw PolicyProblems.draftClosed(draft.state());
    }
    return draft;
  }

  private static Optional<PolicyDraft> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM policy_draft WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static PolicyDraft read(java.sql.ResultSet row) throws java.sql.SQLException {
    return new PolicyDraft(
        row.getString("id"),
        row.getString("state"),
        row.getLong("version"),
        row.getLong("base"),
        row.getString("author"),
        row.getString("author_name"),
        row.getString("comment"),
        Instant.ofEpochMilli(row.getLong("changed_at")),
        row.getLong("revision"),
        row.getString("yaml"));
  }
}
