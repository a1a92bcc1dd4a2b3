package dev.sluice.app.explorer;

import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import java.util.Optional;

/// One line of the tree.
public sealed interface ExplorerNode {

  /// What is searched and shown.
  String label();

  record Root() implements ExplorerNode {
    @Override
    public String label() {
      return "";
    }
  }

  record Group(String environment) implements ExplorerNode {
    @Override
    public String label() {
      return environment;
    }
  }

  record Connection(WorkspaceConnection connection) implements ExplorerNode {
    @Override
    public String label() {
      return connection.context().name();
    }
  }

  record Schema(String connection, String name) implements ExplorerNode {
    @Override
    public String label() {
      return name;
    }
  }

  record Table(String connection, Relation relation) implements ExplorerNode {
    @Override
    public String label() {
      return relation.ref().name();
    }
  }

  /// A column of a table or view.
  ///
  /// @param key part of the primary key
  /// @param reference part of a foreign key, with what it points at
  record Column(
      String connection,
      Relation relation,
      CatalogColumn column,
      boolean key,
      Optional<String> reference,
      Optional<ColumnGovernance> governance)
      implements ExplorerNode {
    @Override
    public String label() {
      return column.name();
    }
  }

  /// Something is being read, or could not be.
  record Note(String label, boolean problem) implements ExplorerNode {}
}
