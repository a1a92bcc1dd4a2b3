package dev.sluice.governance.sql;

import dev.sluice.governance.catalog.TableRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Everything a policy may ask of one statement. Pure data; made by [StatementAnalyzer].
///
/// @param statement the text it is about
/// @param dialect in which it was read
/// @param kind `SELECT`, `INSERT`, `EXPLAIN`, `PRAGMA`, ... or `UNRECOGNISED`
/// @param parsed the whole text was understood as one statement
/// @param complete every output column's sources are known
/// @param printed what would be sent to the database; empty when it must not be sent
/// @param effects of the whole tree, at least one
/// @param tables base tables and views named or reached through views, sorted
/// @param columns of the result, by ordinal; empty when there is no result
/// @param uses of columns in clauses
/// @param functions names of functions called, folded, sorted
/// @param limit the row limit of the outermost query, if a literal
/// @param refusals what was not understood; not empty means: refuse
public record StatementAnalysis(
    StatementText statement,
    Dialect dialect,
    String kind,
    boolean parsed,
    boolean complete,
    Optional<String> printed,
    List<Effect> effects,
    List<TableRef> tables,
    List<OutputColumn> columns,
    List<Use> uses,
    List<String> functions,
    OptionalLong limit,
    List<Refusal> refusals) {

  public StatementAnalysis {
    effects = List.copyOf(effects);
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
    uses = List.copyOf(uses);
    functions = List.copyOf(functions);
    refusals = List.copyOf(refusals);
    if (effects.isEmpty()) {
      throw new IllegalArgumentException("Every statement has an effect.");
    }
  }

  /// Every effect is READ, SHOW, EXPLAIN or TRANSACTION.
  public boolean readsOnly() {
    return effects.stream().allMatch(effect -> effect.kind().readsOnly());
  }

  /// Any effect changes rows, relations or rights.
  public boolean changes() {
    return effects.stream()
        .anyMatch(
            effect ->
                switch (effect.kind()) {
                  case INSERT,
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
                      ROLE ->
                      true;
                  case READ,
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
                });
  }

  /// Any effect is INSERT, UPDATE, DELETE, MERGE or COPY into a table.
  public boolean writes() {
    return effects.stream()
        .anyMatch(
            effect ->
                switch (effect.kind()) {
                  case INSERT, UPDATE, DELETE, MERGE, COPY -> true;
                  case READ,
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
                      UNRECOGNISED ->
                      false;
                });
  }
}
