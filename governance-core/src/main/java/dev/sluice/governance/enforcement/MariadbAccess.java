package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.PrivilegeFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RoleFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who reads governed tables of a MariaDB around Sluice.
final class MariadbAccess {

  /// Reading itself; what sees rows as they are written (TRIGGER, the log that is replicated); what
  /// reads files; and what lets an account make or become another one.
  private static final Set<String> READING =
      Set.of(
          "SELECT",
          "ALL PRIVILEGES",
          "TRIGGER",
          "FILE",
          "REPLICATION SLAVE",
          "BINLOG MONITOR",
          "SUPER",
          "SET USER",
          "CREATE USER");

  private MariadbAccess() {}

  static List<AccessFinding> findings(DatabaseFacts facts, Set<TableRef> governed) {
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
    Map<String, List<PrivilegeFact>> grants = new LinkedHashMap<>();
    for (PrivilegeFact privilege : facts.privileges()) {
      String account = privilege.grantee();
      boolean ours =
          account.startsWith("'sluice_") || account.startsWith("'" + EnforcementNames.LEASE_PREFIX);
      boolean about =
          privilege.table().map(governed::contains).orElse(true)
              && (READING.contains(privilege.privilege())
                  || privilege.privilege().startsWith("SELECT ("));
      if (about && !ours) {
        grants
            .computeIfAbsent(
                "grant:" + privilege.object() + ":" + account, name -> new ArrayList<>())
            .add(privilege);
      }
    }
    grants.forEach(
        (name, held) -> {
          PrivilegeFact first = held.getFirst();
          String privileges = AccessAudit.privileges(held);
          findings.add(
              new AccessFinding(
                  name,
                  first.grantee(),
                  "It holds " + privileges + " on " + first.object() + ".",
                  "REVOKE " + privileges + " ON " + first.object() + " FROM " + first.grantee()));
        });
    return findings;
  }
}
