package dev.sluice.governance.sql.internal;

import dev.sluice.governance.catalog.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/// Grouping by a primary key lets a query show the table's other columns as they are. What stands
/// in place of a table has no primary key, so these columns must be grouped by too.
final class GroupedByKey {

  private GroupedByKey() {}

  static List<FromItem> sources(PlainSelect select) {
    List<FromItem> sources = new ArrayList<>();
    if (select.getFromItem() != null) {
      sources.add(select.getFromItem());
    }
    if (select.getJoins() != null) {
      select.getJoins().forEach(join -> sources.add(join.getRightItem()));
    }
    return sources;
  }

  /// A column of the table that is shown only because its primary key is grouped by.
  static Optional<Column> ungrouped(
      PlainSelect select, Table table, Relation relation, TableNames names) {
    Set<String> grouped = new HashSet<>();
    if (select.getGroupBy().getGroupByExpressionList() != null) {
      for (Object key : select.getGroupBy().getGroupByExpressionList()) {
        if (key instanceof Column column) {
          grouped.add(names.fold(column.getColumnName()));
        }
      }
    }
    boolean byKey = !relation.primaryKey().isEmpty() && grouped.containsAll(relation.primaryKey());
    if (!byKey) {
      return Optional.empty();
    }
    return select.getSelectItems().stream()
        .map(SelectItem::getExpression)
        .filter(Column.class::isInstance)
        .map(Column.class::cast)
        .filter(column -> means(column.getTable(), table, names))
        .filter(column -> !grouped.contains(names.fold(column.getColumnName())))
        .filter(column -> has(relation, names.fold(column.getColumnName())))
        .findFirst();
  }

  private static boolean means(@Nullable Table qualifier, Table table, TableNames names) {
    if (qualifier == null || qualifier.getName() == null) {
      return true;
    }
    String own = table.getAlias() == null ? table.getName() : table.getAlias().getName();
    return names.fold(qualifier.getName()).equals(names.fold(own));
  }

  private static boolean has(Relation relation, String name) {
    return relation.columns().stream().anyMatch(column -> column.name().equals(name));
  }
}
