package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.PrivilegeFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RoleFact;
import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Lists who can read governed tables around Sluice. A connection may be called `enforced` only
/// when the list is empty or every entry was accepted by name.
public final class AccessAudit {

  private static final Set<String> READING =
      Set.of("SELECT", "ALL PRIVILEGES", "SUPER", "FILE", "CREATE USER");

  private AccessAudit() {}

  /// @param profiles what is governed
  /// @param accepted names of findings that an administrator has accepted
  public static List<AccessFinding> findings(
      DatabaseFacts facts, List<AccessProfile> profiles, Set<String> accepted) {
    Set<TableRef> governed = new TreeSet<>();
    for (AccessProfile profile : profiles) {
      GovernedRelations relations = new GovernedRelations(facts, profile);
      relations.tables().forEach(table -> governed.add(table.ref()));
      relations.views().forEach(view -> governed.add(view.ref()));
    }
    Map<String, AccessFinding> findings = new LinkedHashMap<>();
    List<AccessFinding> all =
        facts.dialect() == Dialect.POSTGRESQL
            ? postgresql(facts, governed)
            : mariadb(facts, governed);
    all.forEach(finding -> findings.putIfAbsent(finding.name(), finding));
    findings.keySet().removeAll(accepted);
    return List.copyOf(findings.values());
  }

  private static List<AccessFinding> postgresql(DatabaseFacts facts, Set<TableRef> governed) {
    List<AccessFinding> findings = new ArrayList<>();
    for (RoleFact role : facts.roles()) {
      String name = SqlText.name(facts.dialect(), role.name());
      if (role.login() && role.superuser()) {
        findings.add(
            new AccessFinding(
                "superuser:" + role.name(),
                role.name(),
                "A superuser that can log in reads every table.",
                "ALTER ROLE " + name + " NOSUPERUSER"));
      }
      if (role.login() && !role.superuser() && role.memberOf().contains("pg_read_all_data")) {
        findings.add(
            new AccessFinding(
                "member:pg_read_all_data:" + role.name(),
                role.name(),
                "It reads every table through pg_read_all_data.",
                "REVOKE pg_read_all_data FROM " + name));
      }
    }
    Map<String, Set<String>> owners = new TreeMap<>();
    for (RelationFact relation : facts.relations()) {
      if (governed.contains(relation.ref())) {
        logins(facts, relation.owner())
            .forEach(
                login ->
                    owners
                        .computeIfAbsent(login, key -> new TreeSet<>())
                        .add(relation.ref().dotted()));
      }
    }
    owners.forEach(
        (login, tables) ->
            findings.add(
                new AccessFinding(
                    "owner:" + login,
                    login,
                    "It owns " + shortList(tables) + ", or may act as the owner, and can log in.",
                    "ALTER ROLE " + SqlText.name(facts.dialect(), login) + " NOLOGIN")));
    for (PrivilegeFact privilege : facts.privileges()) {
      boolean reads =
          privilege.privilege().equals("SELECT") || privilege.privilege().startsWith("SELECT (");
      if (!reads || privilege.table().isEmpty() || !governed.contains(privilege.table().get())) {
        continue;
      }
      String grantee = privilege.grantee();
      boolean owner =
          facts.relation(privilege.table().get()).stream()
              .anyMatch(relation -> relation.owner().equals(grantee));
      if (owner || grantee.equals(new EnforcementNames(facts.database()).viewOwner())) {
        continue;
      }
      Set<String> through = grantee.isEmpty() ? Set.of("everybody") : logins(facts, grantee);
      if (through.isEmpty()) {
        continue;
      }
      String who = grantee.isEmpty() ? "PUBLIC" : grantee;
      findings.add(
          new AccessFinding(
              "grant:" + privilege.table().get().dotted() + ":" + who,
              who,
              "Through this grant " + shortList(through) + " can read it.",
              "REVOKE "
                  + privilege.privilege()
                  + " ON TABLE "
                  + privilege.object()
                  + " FROM "
                  + (grantee.isEmpty() ? "PUBLIC" : SqlText.name(facts.dialect(), grantee))));
    }
    for (DatabaseFacts.FunctionFact function : facts.functions()) {
      if (function.definer() && !EnforcementNames.ours(function.schema())) {
        for (PrivilegeFact privilege : facts.privileges()) {
          boolean open =
              privilege.kind().equals("ROUTINE")
                  && privilege.object().equals(function.signature())
                  && (privilege.grantee().isEmpty()
                      || (!privilege.grantee().equals(function.owner())
                          && !logins(facts, privilege.grantee()).isEmpty()));
          if (open) {
            String who = privilege.grantee().isEmpty() ? "PUBLIC" : privilege.grantee();
            findings.add(
                new AccessFinding(
                    "definer:" + function.signature() + ":" + who,
                    who,
                    "The function runs with the rights of "
                        + function.owner()
                        + " and may return anything.",
                    "REVOKE EXECUTE ON ROUTINE "
                        + function.signature()
                        + " FROM "
                        + (privilege.grantee().isEmpty()
                            ? "PUBLIC"
                            : SqlText.name(facts.dialect(), who))));
          }
        }
      }
    }
    return findings;
  }

  /// Roles that can log in and are, or may act as, a role; ours and superusers left out.
  private static Set<String> logins(DatabaseFacts facts, String role) {
    return facts.roles().stream()
        .filter(found -> found.login() && !found.superuser())
        .filter(found -> found.name().equals(role) || found.memberOf().contains(role))
        .map(RoleFact::name)
        .filter(name -> !name.startsWith(EnforcementNames.LEASE_PREFIX))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<AccessFinding> mariadb(DatabaseFacts facts, Set<TableRef> governed) {
    List<AccessFinding> findings = new ArrayList<>();
    for (RoleFact role : facts.roles()) {
      if (role.name().startsWith("@")) {
        findings.add(
            new AccessFinding(
                "anonymous:" + role.name(),
                "anonymous",
                "Anybody may log in without a name, and names of leases may be taken for it.",
                "DROP USER ''@'" + role.name().substring(1).replace("'", "''") + "'"));
      }
    }
    for (PrivilegeFact privilege : facts.privileges()) {
      String account = privilege.grantee();
      boolean ours =
          account.startsWith("'sluice_") || account.startsWith("'" + EnforcementNames.LEASE_PREFIX);
      boolean about =
          privilege.table().map(governed::contains).orElse(true)
              && (READING.contains(privilege.privilege())
                  || privilege.privilege().startsWith("SELECT ("));
      if (ours || !about) {
        continue;
      }
      findings.add(
          new AccessFinding(
              "grant:" + privilege.object() + ":" + account,
              account,
              "It holds " + privilege.privilege() + " on " + privilege.object() + ".",
              "REVOKE "
                  + privilege.privilege()
                  + " ON "
                  + privilege.object()
                  + " FROM "
                  + account));
    }
    return findings;
  }

  private static String shortList(Set<String> names) {
    String first = names.stream().limit(3).collect(Collectors.joining(", "));
    return names.size() > 3 ? first + " and " + (names.size() - 3) + " more" : first;
  }
}
