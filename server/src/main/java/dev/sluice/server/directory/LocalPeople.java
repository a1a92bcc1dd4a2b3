package dev.sluice.server.directory;

import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.governance.codec.wire.PersonChange;
import dev.sluice.governance.codec.wire.PersonInfo;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.AdminProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// Making and changing local accounts. Every change is an entry in the log, and ends or narrows the
/// sessions of whom it is about at their next request.
public final class LocalPeople {

  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
  private static final int SHORTEST_PASSWORD = 12;
  private static final int LONGEST_PASSWORD = 256;

  private final Store store;
  private final Ledger ledger;
  private final Sessions sessions;
  private final InstantSource clock;

  public LocalPeople(Store store, Ledger ledger, Sessions sessions, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.sessions = sessions;
    this.clock = clock;
  }

  public List<PersonInfo> list() {
    return store.read(LocalPeople::rows);
  }

  /// Makes an account.
  public PersonInfo add(Actor by, NewPerson wanted) {
    check(wanted);
    String hash = PasswordHash.of(wanted.password().toCharArray());
    Instant now = clock.instant();
    return store.write(
        transaction -> {
          insert(transaction, wanted, hash);
          ledger.append(
              transaction,
              AdminEvents.of("person.added", by, now, about(wanted.account()), facts(wanted)));
          return find(transaction.handle(), wanted.account());
        });
  }

  static void check(NewPerson wanted) {
    if (!ACCOUNT.matcher(wanted.account()).matches()) {
      throw AdminProblems.invalid(
          "account-invalid",
          "This is not usable as an account's name.",
          "Use small letters, digits and . _ @ -, at most 64, beginning with a letter or digit.");
    }
    if (wanted.displayName().isBlank() || wanted.displayName().length() > 200) {
      throw AdminProblems.invalid(
          "name-missing", "An account needs a name to show.", "Give the person's name.");
    }
    wanted.groups().forEach(LocalPeople::checkGroup);
    checkRoles(wanted.roles());
    checkPassword(wanted.password());
  }

  static void insert(Transaction transaction, NewPerson wanted, String hash) {
    Handle handle = transaction.handle();
    boolean taken =
        rows(handle).stream().anyMatch(person -> person.account().equals(wanted.account()));
    if (taken) {
      throw AdminProblems.exists("person", wanted.account());
    }
    handle.execute(
        "INSERT INTO account (account, subject, kind, owner, display_name, email, password_hash,"
            + " user_groups, roles, disabled) VALUES (?, ?, 'person', '', ?, ?, ?, ?, ?, 0)",
        wanted.account(),
        wanted.account(),
        wanted.displayName(),
        wanted.email(),
        hash,
        String.join("\n", wanted.groups()),
        String.join("\n", wanted.roles()));
  }

  static Map<String, Object> facts(NewPerson wanted) {
    return Map.of(
        "person", Accounts.ISSUER + "|" + wanted.account(),
        "groups", List.copyOf(wanted.groups()),
        "roles", List.copyOf(wanted.roles()));
  }

  /// Changes what is given. A person who is disabled is signed out everywhere at once.
  public PersonInfo change(Actor by, String account, PersonChange change) {
    change.roles().ifPresent(LocalPeople::checkRoles);
    change.groups().ifPresent(groups -> groups.forEach(LocalPeople::checkGroup));
    boolean self = by.principal().key().equals(Accounts.ISSUER + "|" + account);
    boolean gives =
        change.roles().isPresent() || change.groups().isPresent() || change.disabled().isPresent();
    if (self && gives) {
      throw AdminProblems.ownAccount();
    }
    Instant now = clock.instant();
    PersonInfo after =
        store.write(
            transaction -> {
              Handle handle = transaction.handle();
              PersonInfo before = find(handle, account);
              boolean administered = !administrators(handle).isEmpty();
              update(handle, before, change);
              PersonInfo changed = find(handle, account);
              if (administered && administrators(handle).isEmpty()) {
                throw AdminProblems.lastAdministrator();
              }
              Map<String, Object> facts = new TreeMap<>();
              facts.put("person", Accounts.ISSUER + "|" + account);
              facts.put("groups", List.copyOf(changed.groups()));
              facts.put("roles", List.copyOf(changed.roles()));
              facts.put("disabled", changed.disabled());
              ledger.append(
                  transaction,
                  AdminEvents.of(
                      changed.disabled() && !before.disabled()
                          ? "person.disabled"
                          : "person.changed",
                      by,
                      now,
                      about(account),
                      facts));
              return changed;
            });
    if (after.disabled()) {
      sessions.endAll(Accounts.ISSUER + "|" + account, "An administrator disabled the account.");
    }
    return after;
  }

  /// Sets a new password and signs the person out everywhere.
  public void resetPassword(Actor by, String account, String password) {
    checkPassword(password);
    String hash = PasswordHash.of(password.toCharArray());
    Instant now = clock.instant();
    store.write(
        transaction -> {
          find(transaction.handle(), account);
          transaction
              .handle()
              .execute("UPDATE account SET password_hash = ? WHERE account = ?", hash, account);
          return ledger.append(
              transaction,
              AdminEvents.of(
                  "person.password-reset",
                  by,
                  now,
                  about(account),
                  Map.of("person", Accounts.ISSUER + "|" + account)));
        });
    sessions.endAll(Accounts.ISSUER + "|" + account, "The password was changed.");
  }

  /// Local people who may administer the server: not disabled, by themselves or by a group.
  static List<PersonInfo> administrators(Handle handle) {
    return holders(handle, "server-admin");
  }

  /// Local people with a role who are not disabled.
  public static List<PersonInfo> holders(Handle handle, String role) {
    return rows(handle).stream()
        .filter(person -> person.kind().equals("person") && !person.disabled())
        .filter(person -> person.roles().contains(role) || person.rolesByGroup().contains(role))
        .toList();
  }

  private static void update(Handle handle, PersonInfo before, PersonChange change) {
    handle.execute(
        "UPDATE account SET display_name = ?, email = ?, user_groups = ?, roles = ?, disabled = ?"
            + " WHERE account = ?",
        change.displayName().orElse(before.displayName()),
        change.email().orElse(before.email()),
        String.join("\n", new TreeSet<>(change.groups().orElse(before.groups()))),
        String.join("\n", new TreeSet<>(change.roles().orElse(before.roles()))),
        change.disabled().orElse(before.disabled()) ? 1 : 0,
        before.account());
  }

  private static PersonInfo find(Handle handle, String account) {
    return rows(handle).stream()
        .filter(person -> person.account().equals(account))
        .findFirst()
        .orElseThrow(() -> Problems.notFound("person"));
  }

  private static List<PersonInfo> rows(Handle handle) {
    return handle
        .createQuery("SELECT * FROM account ORDER BY account")
        .map(
            (row, context) -> {
              Set<String> groups = lines(row.getString("user_groups"));
              Set<String> roles = lines(row.getString("roles"));
              return new PersonInfo(
                  row.getString("account"),
                  row.getString("kind"),
                  row.getString("display_name"),
                  row.getString("email"),
                  groups,
                  roles,
                  Set.of(),
                  row.getLong("disabled") != 0);
            })
        .list()
        .stream()
        .map(person -> withGroups(handle, person))
        .toList();
  }

  private static PersonInfo withGroups(Handle handle, PersonInfo person) {
    Principal bare =
        new Principal(
            Accounts.ISSUER,
            person.account(),
            null,
            person.displayName(),
            person.groups(),
            Set.of());
    return new PersonInfo(
        person.account(),
        person.kind(),
        person.displayName(),
        person.email(),
        person.groups(),
        person.roles(),
        GroupRoles.with(handle, bare).roles(),
        person.disabled());
  }

  private static void checkRoles(Set<String> roles) {
    for (String role : roles) {
      if (!GroupRoles.ROLES.contains(role)) {
        throw GroupRoles.unknownRole(role);
      }
    }
  }

  private static void checkGroup(String group) {
    if (group.isBlank() || group.length() > 200 || group.indexOf('\n') >= 0) {
      throw AdminProblems.invalid(
          "group-invalid", "A group has a name of one line.", "Write it as policies do.");
    }
  }

  private static void checkPassword(String password) {
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      throw AdminProblems.invalid(
          "password-too-short",
          "A password has at least " + SHORTEST_PASSWORD + " characters.",
          "Take a longer one: four words are easy to remember and hard to guess.");
    }
  }

  private static Set<String> lines(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split("\n"));
  }

  private static String about(String account) {
    return "person/" + account;
  }
}
