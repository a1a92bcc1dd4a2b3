package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects what catalog queries return, in whatever order, into a snapshot.
final class CatalogBuilder {

  private static final class Draft {
    private final TableRef ref;
    private final RelationKind kind;
    private final Optional<String> definition;
    private final String comment;
    private final long estimatedRows;
    private final List<CatalogColumn> columns = new ArrayList<>();
    private List<String> primaryKey = List.of();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();

    Draft(
        TableRef ref,
        RelationKind kind,
        Optional<String> definition,
        String comment,
        long estimatedRows) {
      this.ref = ref;
      this.kind = kind;
      this.definition = definition;
      this.comment = comment;
      this.estimatedRows = estimatedRows;
    }

    Relation relation() {
      return new Relation(
          ref, kind, columns, definition, primaryKey, foreignKeys, comment, estimatedRows);
    }
  }

  private final Map<TableRef, Draft> drafts = new LinkedHashMap<>();
  private final List<DeclaredFunction> functions = new ArrayList<>();

  void relation(
      TableRef ref,
      RelationKind kind,
      @Nullable String definition,
      @Nullable String comment,
      long estimatedRows) {
    Optional<String> text =
        definition == null || definition.isBlank()
            ? Optional.empty()
            : Optional.of(withoutSemicolon(definition));
    drafts.put(ref, new Draft(ref, kind, text, comment == null ? "" : comment, estimatedRows));
  }

  private static String withoutSemicolon(String definition) {
    String text = definition.strip();
    return text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text;
  }

  /// In the order of the columns; columns of unknown relations are left out.
  void column(TableRef ref, CatalogColumn column) {
    Draft draft = drafts.get(ref);
    if (draft != null) {
      draft.columns.add(column);
    }
  }

  void primaryKey(TableRef ref, List<String> columns) {
    Draft draft = drafts.get(ref);
    if (draft != null) {
      draft.primaryKey = List.copyOf(columns);
    }
  }

  void foreignKey(TableRef ref, ForeignKey key) {
    Draft draft = drafts.get(ref);
    if (draft != null) {
      draft.foreignKeys.add(key);
    }
  }

  /// Everything that another one collected.
  void addAll(CatalogBuilder other) {
    drafts.putAll(other.drafts);
    functions.addAll(other.functions);
  }

  void function(DeclaredFunction function) {
    functions.add(function);
  }

  CatalogSnapshot snapshot(List<String> searchPath) {
    return CatalogSnapshot.of(
        searchPath, drafts.values().stream().map(Draft::relation).toList(), functions);
  }
}
