package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a database holds and who may do what in it, as far as enforcement depends on it. Read from
/// the database's own catalogs by an administrator.
///
/// @param dialect of the engine
/// @param database name of the database (MySQL: of the base database)
/// @param version major version, such as 17 or 11
/// @param login who read the facts
/// @param administrator whether that login may apply a plan
/// @param searchPath base schemas in the order unqualified names are searched
/// @param schemas all but the engine's own
/// @param relations tables, views and the like in those schemas
/// @param functions functions and procedures in those schemas
/// @param roles logins and groups
/// @param privileges explicit and default grants
public record DatabaseFacts(
    Dialect dialect,
    String database,
    int version,
    String login,
    boolean administrator,
    List<String> searchPath,
    List<SchemaFact> schemas,
    List<RelationFact> relations,
    List<FunctionFact> functions,
    List<RoleFact> roles,
    List<PrivilegeFact> privileges) {

  public DatabaseFacts {
    searchPath = List.copyOf(searchPath);
    schemas = List.copyOf(schemas);
    relations = List.copyOf(relations);
    functions = List.copyOf(functions);
    roles = List.copyOf(roles);
    privileges = List.copyOf(privileges);
  }

  public Optional<RelationFact> relation(TableRef ref) {
    return relations.stream().filter(relation -> relation.ref().equals(ref)).findFirst();
  }

  /// The relations as a catalog, without what is ours.
  public CatalogSnapshot catalog() {
    List<Relation> found = new ArrayList<>();
    for (RelationFact fact : relations) {
      if (EnforcementNames.ours(fact.ref().schema())) {
        continue;
      }
      List<CatalogColumn> columns =
          fact.columns().stream()
              .map(column -> CatalogColumn.of(column.name(), column.type()))
              .toList();
      found.add(
          fact.kind().isView()
              ? Relation.view(fact.ref(), columns, fact.definition().orElse(""))
              : Relation.table(fact.ref(), columns));
    }
    return CatalogSnapshot.of(searchPath, found, List.of());
  }

  public Optional<SchemaFact> schema(String name) {
    return schemas.stream().filter(schema -> schema.name().equals(name)).findFirst();
  }

  public Optional<RoleFact> role(String name) {
    return roles.stream().filter(role -> role.name().equals(name)).findFirst();
  }

  public record SchemaFact(String name, String owner) {}

  /// What a relation is to the engine.
  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    FOREIGN_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    OTHER;

    public boolean holdsRows() {
      return this == TABLE || this == PARTITIONED_TABLE || this == FOREIGN_TABLE;
    }

    public boolean isView() {
      return this == VIEW || this == MATERIALIZED_VIEW;
    }
  }

  /// @param ref schema and name
  /// @param kind what it is
  /// @param owner who owns it
  /// @param columns in order, dropped ones left out
  /// @param definition the query of a view, every relation in it qualified
  /// @param reads relations that a view depends on
  /// @param parents tables it inherits from or is a partition of
  /// @param rowSecurity the engine's own row security is on
  /// @param partitionColumns columns whose values show in partition bounds
  /// @param callsFunctions its query calls functions of the database, or reads other databases:
  ///     what it reads is then not all in `reads`
  public record RelationFact(
      TableRef ref,
      Kind kind,
      String owner,
      List<ColumnFact> columns,
      Optional<String> definition,
      Set<TableRef> reads,
      List<TableRef> parents,
      boolean rowSecurity,
      Set<String> partitionColumns,
      boolean callsFunctions) {
    public RelationFact {
      columns = List.copyOf(columns);
      reads = Set.copyOf(reads);
      parents = List.copyOf(parents);
      partitionColumns = Set.copyOf(partitionColumns);
    }

    public Optional<ColumnFact> column(String name) {
      return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
  }

  /// @param name as the catalog spells it
  /// @param type the engine's full type, such as `character varying(20)`
  /// @param baseType the type without length, domains resolved, such as `varchar`
  /// @param length declared length in characters, 0 when none
  /// @param generatedFrom columns that a generated column is computed from
  public record ColumnFact(
      String name, String type, String baseType, int length, Set<String> generatedFrom) {
    public ColumnFact {
      generatedFrom = Set.copyOf(generatedFrom);
    }
  }

  /// @param schema it lives in
  /// @param name its name
  /// @param signature how to name it in a GRANT: quoted and qualified, with argument types
  /// @param owner who owns it
  /// @param definer runs with the owner's rights
  /// @param extension that brought it, empty when none
  public record FunctionFact(
      String schema,
      String name,
      String signature,
      String owner,
      boolean definer,
      String extension) {}

  /// @param name of the login or group (MySQL: `user@host`)
  /// @param login may log in
  /// @param superuser every check is off for it
  /// @param replicates may copy the whole database by replication
  /// @param memberOf groups it is in, directly or not
  public record RoleFact(
      String name, boolean login, boolean superuser, boolean replicates, Set<String> memberOf) {
    public RoleFact {
      memberOf = Set.copyOf(memberOf);
    }
  }

  /// One privilege somebody holds.
  ///
  /// @param kind `DATABASE`, `SCHEMA`, `TABLE`, `COLUMN`, `SEQUENCE`, `ROUTINE`, `LANGUAGE`,
  ///     `CATALOG`, `GLOBAL`
  /// @param object how to name it in a GRANT, quoted and qualified
  /// @param table the relation it is on, when it is on one
  /// @param privilege `SELECT`, `EXECUTE`, `TEMPORARY`, ...
  /// @param grantee role name, empty for PUBLIC
  public record PrivilegeFact(
      String kind, String object, Optional<TableRef> table, String privilege, String grantee) {}
}
