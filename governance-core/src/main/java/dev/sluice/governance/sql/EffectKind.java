package dev.sluice.governance.sql;

/// What a statement can do. A statement has all the effects of its whole tree.
public enum EffectKind {
  READ,
  INSERT,
  UPDATE,
  DELETE,
  MERGE,
  COPY,
  TRUNCATE,
  CREATE,
  ALTER,
  DROP,
  RENAME,
  GRANT,
  REVOKE,
  ROLE,
  SESSION,
  TRANSACTION,
  LOCK,
  MAINTENANCE,
  CALL,
  EXECUTE,
  FILE,
  PROGRAM,
  NETWORK,
  EXPLAIN,
  SHOW,
  UNRECOGNISED;

  /// Whether a statement with only such effects leaves everything as it was.
  public boolean readsOnly() {
    return this == READ || this == SHOW || this == EXPLAIN || this == TRANSACTION;
  }

  /// Whether a statement with such an effect changes what a database is made of, or who may use it.
  public boolean changesSchema() {
    return switch (this) {
      case TRUNCATE, CREATE, ALTER, DROP, RENAME, GRANT, REVOKE -> true;
      case READ,
          INSERT,
          UPDATE,
          DELETE,
          MERGE,
          COPY,
          ROLE,
          SESSION,
          TRANSACTION,
          LOCK,
          MAINTENANCE,
          CALL,
          EXECUTE,
          FILE,
          PROGRAM,
          NETWORK,
          EXPLAIN,
          SHOW,
          UNRECOGNISED ->
          false;
    };
  }
}
