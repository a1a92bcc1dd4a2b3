package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.FunctionFact;
import dev.sluice.governance.enforcement.DatabaseFacts.PrivilegeFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RoleFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Who reads governed tables of a PostgreSQL around Sluice: by being somebody, by being in a group,
/// by owning, by a grant, or through a function of somebody else.
final class PostgresqlAccess {

  /// Groups of the server itself whose members read every table: as rows, as files, or by running
  /// a program as the server.
  private static final Map<String, String> POWERS =
      new TreeMap<>(
          Map.of(
              "pg_read_all_data", "It reads every table through pg_read_all_data.",
              "pg_read_server_files", "It reads the files that the tables are in.",
              "pg_write_server_files", "It writes the server's own files, and becomes anybody.",
              "pg_execute_server_program", "It runs programs as the server, and becomes anybody."));

  private PostgresqlAccess() {}

  static List<AccessFinding> findings(DatabaseFacts facts, Set<TableRef> governed) {
    List<AccessFinding> findings = new ArrayList<>();
    for (RoleFact role : facts.roles()) {
      if (role.login()) {
        somebody(facts, role, findings);
      }
    }
    owners(facts, governed, findings);
    grants(facts, governed, findings);
    functions(facts, findings);
    return findings;
  }

  private static void somebody(DatabaseFacts facts, RoleFact role, List<AccessFinding> findings) {
    String name = SqlText.name(facts.dialect(), role.name());
    if (role.superuser()) {
      findings.add(
          new AccessFinding(
              "superuser:" + role.name(),
              role.name(),
              "A superuser that can log in reads every table.",
              "ALTER ROLE " + name + " NOSUPERUSER"));
      return;
    }
    if (role.replicates()) {
      findings.add(
          new AccessFinding(
              "replication:" + role.name(),
              role.name(),
              "It copies the whole database by replication.",
              "ALTER ROLE " + name + " NOREPLICATION"));
    }
    for (String group : new TreeSet<>(role.memberOf())) {
      boolean superuser =
          facts.roles().stream().anyMatch(other -> other.name().equals(group) && other.superuser());
      String why =
          superuser
              ? "It can become the superuser " + group + "."
              : group.equals(new EnforcementNames(facts.database()).viewOwner())
                  ? "It can become the owner of the masked views, who reads the tables."
                  : POWERS.getOrDefault(group, "");
      if (!why.isEmpty()) {
        findings.add(
            new AccessFinding(
                "member:" + group + ":" + role.name(),
                role.name(),
                why,
                "REVOKE " + SqlText.name(facts.dialect(), group) + " FROM " + name));
      }
    }
  }

  private static void owners(
      DatabaseFacts facts, Set<TableRef> governed, List<AccessFinding> findings) {
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
                    "It owns "
                        + AccessAudit.shortList(tables)
                        + ", or may act as the owner, and can log in.",
                    "ALTER ROLE " + SqlText.name(facts.dialect(), login) + " NOLOGIN")));
  }

  /// Reading itself, and TRIGGER: a trigger sees every row that is written.
  private static void grants(
      DatabaseFacts facts, Set<TableRef> governed, List<AccessFinding> findings) {
    Map<String, List<PrivilegeFact>> grants = new LinkedHashMap<>();
    for (PrivilegeFact privilege : facts.privileges()) {
      boolean reads =
          privilege.privilege().equals("SELECT")
              || privilege.privilege().startsWith("SELECT (")
              || privilege.privilege().equals("TRIGGER");
      if (reads
          && privilege.table().filter(governed::contains).isPresent()
          && !reading(facts, privilege).isEmpty()) {
        grants
            .computeIfAbsent(
                "grant:" + privilege.table().get().dotted() + ":" + who(privilege),
                name -> new ArrayList<>())
            .add(privilege);
      }
    }
    grants.forEach(
        (name, held) -> {
          PrivilegeFact first = held.getFirst();
          findings.add(
              new AccessFinding(
                  name,
                  who(first),
                  "Through this grant "
                      + AccessAudit.shortList(reading(facts, first))
                      + " can read it.",
                  "REVOKE "
                      + AccessAudit.privileges(held)
                      + " ON TABLE "
                      + first.object()
                      + " FROM "
                      + grantee(facts, first)));
        });
  }

  /// Who reads through a grant: nobody through those that Sluice made and those of the owner.
  private static Set<String> reading(DatabaseFacts facts, PrivilegeFact privilege) {
    String grantee = privilege.grantee();
    boolean owner =
        privilege
            .table()
            .flatMap(facts::relation)
            .filter(relation -> relation.owner().equals(grantee))
            .isPresent();
    if (owner || grantee.equals(new EnforcementNames(facts.database()).viewOwner())) {
      return Set.of();
    }
    return grantee.isEmpty() ? Set.of("everybody") : logins(facts, grantee);
  }

  private static void functions(DatabaseFacts facts, List<AccessFinding> findings) {
    for (FunctionFact function : facts.functions()) {
      if (!function.definer() || EnforcementNames.ours(function.schema())) {
        continue;
      }
      for (PrivilegeFact privilege : facts.privileges()) {
        boolean open =
            privilege.kind().equals("ROUTINE")
                && privilege.object().equals(function.signature())
                && (privilege.grantee().isEmpty()
                    || (!privilege.grantee().equals(function.owner())
                        && !logins(facts, privilege.grantee()).isEmpty()));
        if (open) {
          findings.add(
              new AccessFinding(
                  "definer:" + function.signature() + ":" + who(privilege),
                  who(privilege),
                  "The function runs with the rights of "
                      + function.owner()
                      + " and may return anything.",
                  "REVOKE EXECUTE ON ROUTINE "
                      + function.signature()
                      + " FROM "
                      + grantee(facts, privilege)));
        }
      }
    }
  }

  private static String who(PrivilegeFact privilege) {
    return privilege.grantee().isEmpty() ? "PUBLIC" : privilege.grantee();
  }

  private static String grantee(DatabaseFacts facts, PrivilegeFact privilege) {
    return privilege.grantee().isEmpty()
        ? "PUBLIC"
        : SqlText.name(facts.dialect(), privilege.grantee());
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
}
