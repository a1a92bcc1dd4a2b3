package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A table after the actions of an ALTER TABLE, as far as names depend on them: columns added,
/// dropped and renamed, the table renamed. Other actions change no name.
final class AlteredRelation {

  private final UnaryOperator<String> fold;
  private final List<CatalogColumn> columns;
  private final Relation before;
  private TableRef ref;

  private AlteredRelation(Relation before, UnaryOperator<String> fold) {
    this.before = before;
    this.fold = fold;
    this.ref = before.ref();
    this.columns = new ArrayList<>(before.columns());
  }

  /// @param actions what stands between the commas
  static Relation of(
      Relation before, List<DefinitionCursor.Item> actions, UnaryOperator<String> fold) {
    AlteredRelation altered = new AlteredRelation(before, fold);
    actions.forEach(altered::take);
    return new Relation(
        altered.ref,
        before.kind(),
        altered.columns,
        before.definition(),
        before.primaryKey(),
        before.foreignKeys(),
        before.comment(),
        before.estimatedRows());
  }

  private void take(DefinitionCursor.Item action) {
    if (action.starts("ADD")) {
      DefinitionCursor.Item column = action.after(1).skip("COLUMN").skip("IF", "NOT", "EXISTS");
      if (!column.isEmpty() && !column.isConstraint()) {
        add(column);
      }
    } else if (action.starts("DROP")) {
      DefinitionCursor.Item column = action.after(1).skip("COLUMN").skip("IF", "EXISTS");
      if (!column.isEmpty() && !column.isConstraint()) {
        String name = column.name(fold);
        columns.removeIf(known -> known.name().equals(name));
      }
    } else if (action.starts("RENAME")) {
      rename(action.after(1));
    }
  }

  private void add(DefinitionCursor.Item column) {
    String name = column.name(fold);
    columns.removeIf(known -> known.name().equals(name));
    columns.add(new CatalogColumn(name, column.type(), !column.has("NOT", "NULL"), ""));
  }

  private void rename(DefinitionCursor.Item rest) {
    if (rest.starts("TO") || rest.starts("AS")) {
      rest.after(1)
          .onlyName(fold)
          .ifPresent(name -> ref = new TableRef(before.ref().schema(), name));
      return;
    }
    DefinitionCursor.Item column = rest.skip("COLUMN");
    if (column.isEmpty()) {
      return;
    }
    String old = column.name(fold);
    DefinitionCursor.Item to = column.after(1);
    Optional<String> name = to.starts("TO") ? to.after(1).onlyName(fold) : Optional.empty();
    if (name.isPresent()) {
      columns.replaceAll(
          known ->
              known.name().equals(old)
                  ? new CatalogColumn(name.get(), known.type(), known.nullable(), known.comment())
                  : known);
    }
  }
}
