package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.ParenthesedStatement;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.select.*;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import org.jspecify.annotations.Nullable;

/// WITH clauses. A recursive one is read until nothing new reaches its columns.
final class CommonTables {
  private static final int ROUNDS = 64;
  private final Context context;

  CommonTables(Context context) {
    this.context = context;
  }

  void define(@Nullable List<WithItem<?>> items, Scope scope) {
    if (items == null || items.isEmpty()) {
      return;
    }
    boolean recursive = items.stream().anyMatch(WithItem::isRecursive) || implicitRecursion();
    boolean pending = recursive || lookahead();
    if (pending) {
      items.forEach(item -> scope.announce(name(item)));
    }
    for (WithItem<?> item : items) {
      context.visit(item);
      context.visit(item.getAlias());
      List<Field> fields = fields(item, scope, recursive);
      scope.defineCommonTable(name(item), fields);
    }
  }

  private String name(WithItem<?> item) {
    return context.identifiers.stored(item.getAlias().getName());
  }

  /// Engines in which a common table may name itself without RECURSIVE.
  private boolean implicitRecursion() {
    return switch (context.dialect) {
      case SQLITE, SQLSERVER -> true;
      case POSTGRESQL, MYSQL, MARIADB, DUCKDB, TRINO, ANSI -> false;
    };
  }

  /// Engines in which a common table may name a later one.
  private boolean lookahead() {
    return context.dialect == Dialect.SQLITE || context.dialect == Dialect.DUCKDB;
  }

  private List<Field> fields(WithItem<?> item, Scope scope, boolean recursive) {
    Statement statement = item.getStatement();
    List<Output> outputs;
    if (statement instanceof Select select) {
      outputs =
          recursive && body(select) instanceof SetOperationList list
              ? recursive(item, select, list, scope)
              : context.queries.query(select, scope.derivedQuery());
    } else {
      outputs = changing(statement, scope);
    }
    List<Field> fields = renamed(item, Output.fields(outputs));
    return extended(item, fields);
  }

  private List<Output> changing(@Nullable Statement statement, Scope scope) {
    Scope inner = scope.derivedQuery();
    return switch (statement) {
      case ParenthesedInsert insert -> {
        context.visit(insert);
        yield context.writes.insert(insert.getInsert(), inner);
      }
      case ParenthesedUpdate update -> {
        context.visit(update);
        yield context.writes.update(update.getUpdate(), inner);
      }
      case ParenthesedDelete delete -> {
        context.visit(delete);
        yield context.writes.delete(delete.getDelete(), inner);
      }
      case null ->
          throw context.refuse(
              "unknown-construct",
              "A WITH clause is not understood.",
              null,
              "Write it in another way.");
      default -> throw context.unknownConstruct(statement, "WITH");
    };
  }

  private static Select body(Select select) {
    Select body = select;
    while (body instanceof ParenthesedSelect parenthesed
        && (parenthesed.getWithItemsList() == null || parenthesed.getWithItemsList().isEmpty())) {
      body = parenthesed.getSelect();
    }
    return body;
  }

  private List<Output> recursive(
      WithItem<?> item, Select whole, SetOperationList list, Scope scope) {
    Scope anchorScope = scope.derivedQuery();
    List<Field> known =
        context.quietly(
            () -> {
              context.commonTables.define(list.getWithItemsList(), anchorScope);
              return renamed(
                  item,
                  Output.fields(
                      context.queries.query(list.getSelects().get(0), anchorScope.derivedQuery())));
            });
    for (int round = 0; round < ROUNDS; round++) {
      List<Field> assumed = settled(known);
      Findings before = context.findings.copy();
      Scope inner = scope.derivedQuery();
      inner.defineCommonTable(name(item), extended(item, assumed));
      List<Output> outputs = context.queries.query(whole, inner);
      List<Field> now = settled(renamed(item, Output.fields(outputs)));
      if (same(assumed, now)) {
        return outputs;
      }
      context.findings.restore(before);
      known = merged(assumed, now, item);
    }
    throw context.refuse(
        "recursion",
        "What reaches the columns of this recursive query cannot be settled.",
        item,
        "Write it without recursion.");
  }

  /// A recursive column is no base column, whatever the first branch selects.
  private static List<Field> settled(List<Field> fields) {
    return fields.stream()
        .map(field -> new Field(field.name(), field.value().withoutBase()))
        .toList();
  }

  private List<Field> merged(List<Field> left, List<Field> right, WithItem<?> item) {
    if (left.size() != right.size()) {
      throw context.refuse(
          "different-widths",
          "The parts of a recursive query return different numbers of columns.",
          item,
          "Select the same number of columns in each.");
    }
    List<Field> merged = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      merged.add(new Field(left.get(i).name(), left.get(i).value().either(right.get(i).value())));
    }
    return merged;
  }

  private static boolean same(List<Field> left, List<Field> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      Value a = left.get(i).value();
      Value b = right.get(i).value();
      boolean equal =
          a.sources().equals(b.sources())
              && a.declassified().equals(b.declassified())
              && a.direct() == b.direct()
              && a.known() == b.known()
              && a.fallible() == b.fallible()
              && a.type() == b.type();
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  private List<Field> renamed(WithItem<?> item, List<Field> fields) {
    List<String> names = new ArrayList<>();
    if (item.getWithItemList() != null) {
      for (SelectItem<?> name : item.getWithItemList()) {
        context.visit(name);
        context.visit(name.getExpression());
        switch (name.getExpression()) {
          case Column column -> names.add(context.identifiers.stored(column.getColumnName()));
          case DateUnitExpression unit ->
              names.add(context.identifiers.stored(Expressions.nameOf(unit)));
          default -> throw context.unknownConstruct(name, "WITH");
        }
      }
    }
    if (item.getAlias().getAliasColumns() != null) {
      for (net.sf.jsqlparser.expression.Alias.AliasColumn column :
          item.getAlias().getAliasColumns()) {
        context.visit(column);
        names.add(context.identifiers.stored(column.name));
      }
    }
    return context.fromItems.renamed(fields, names, item);
  }

  /// The columns that SEARCH and CYCLE add.
  private List<Field> extended(WithItem<?> item, List<Field> fields) {
    List<Field> all = new ArrayList<>(fields);
    WithSearchClause search = item.getSearchClause();
    if (search != null) {
      context.visit(search);
      Value keys = keys(search.getSearchColumns(), fields);
      all.add(
          new Field(
              context.identifiers.stored(search.getSequenceColumnName()),
              keys.derived(TypeFamily.OTHER)));
    }
    WithCycleClause cycle = item.getCycleClause();
    if (cycle != null) {
      context.visit(cycle);
      context.visitAll(cycle.getMarkValue());
      context.visitAll(cycle.getMarkDefault());
      Value keys = keys(cycle.getCycleColumns(), fields).derived(TypeFamily.OTHER);
      context.use(dev.sluice.governance.sql.UseRole.PREDICATE, keys, item);
      all.add(new Field(context.identifiers.stored(cycle.getMarkColumnName()), keys));
      if (cycle.getPathColumnName() != null) {
        all.add(new Field(context.identifiers.stored(cycle.getPathColumnName()), keys));
      }
    }
    return all;
  }

  private Value keys(ExpressionList<Column> columns, List<Field> fields) {
    List<Value> values = new ArrayList<>();
    context.visit(columns);
    for (Column column : columns) {
      context.visit(column);
      String name = context.identifiers.stored(column.getColumnName());
      fields.stream()
          .filter(field -> context.identifiers.same(field.name(), name))
          .forEach(field -> values.add(field.value()));
    }
    return Value.computed(values, TypeFamily.OTHER);
  }

  static boolean parenthesed(Statement statement) {
    return statement instanceof ParenthesedStatement;
  }
}
