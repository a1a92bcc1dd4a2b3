package dev.sluice.cli.run;

import dev.sluice.governance.sql.EffectKind;

/// Which effects can change what a catalog holds.
final class Schemas {

  private Schemas() {}

  static boolean mayChange(EffectKind kind) {
    return switch (kind) {
      case READ, INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE, SHOW, EXPLAIN, TRANSACTION, LOCK ->
          false;
      case CREATE,
          ALTER,
          DROP,
          RENAME,
          GRANT,
          REVOKE,
          ROLE,
          SESSION,
          MAINTENANCE,
          CALL,
          EXECUTE,
          FILE,
          PROGRAM,
          NETWORK,
          UNRECOGNISED ->
          true;
    };
  }
}
