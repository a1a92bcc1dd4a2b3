package dev.sluice.governance.sql.internal;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.sql.AtSourceRewriter.Substitute;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;

/// What stands in place of a table, as text.
final class SubstituteText {

  private final Dialect dialect;
  private final TableNames names;
  private final SourceMap places;
  private final ParserWorker worker;

  SubstituteText(Dialect dialect, TableNames names, SourceMap places, ParserWorker worker) {
    this.dialect = dialect;
    this.names = names;
    this.places = places;
    this.worker = worker;
  }

  /// The table as a derived table with its columns in their order.
  FromItem derived(Table table, Relation relation, Substitute.Derived derived) {
    List<String> items = new ArrayList<>();
    for (CatalogColumn column : relation.columns()) {
      String expression = derived.columns().get(column.name());
      String name = names.quoted(column.name());
      items.add(expression == null ? name : expression + " AS " + name);
    }
    StringBuilder source = new StringBuilder("(SELECT ").append(String.join(", ", items));
    source.append(" FROM ").append(names.quoted(relation.ref()));
    derived
        .rowFilter()
        .ifPresent(
            filter ->
                source.append(" WHERE (").append(checked(filter)).append(")").append(fence()));
    source.append(')');
    return new SubstitutedTable(source.toString(), aliasOf(table, List.of()));
  }

  /// A condition that closes every bracket it opens and holds nothing but a condition.
  private String checked(String filter) {
    String probe = "SELECT 1 FROM t WHERE (" + filter + ")";
    GateResult result = Gate.read(StatementText.of(probe), dialect, worker);
    if (result instanceof GateResult.Parsed parsed
        && parsed.statement() instanceof PlainSelect select
        && select.getWhere() instanceof ParenthesedExpressionList<?> condition
        && condition.size() == 1
        && select.getGroupBy() == null
        && select.getOrderByElements() == null) {
      String where = select.getWhere().toString();
      return where.substring(1, where.length() - 1);
    }
    throw new NotAtSource(
        new Refusal(
            "row-filter",
            "A row filter of the policy is not understood.",
            places.all(),
            "The policy must be corrected."));
  }

  /// Keeps the statement's own conditions from being tried on rows that the filter hides.
  private String fence() {
    return switch (dialect) {
      case POSTGRESQL, DUCKDB -> " OFFSET 0";
      case MYSQL, MARIADB -> " LIMIT 18446744073709551615";
      case SQLITE -> " LIMIT -1";
      case TRINO -> " LIMIT 9223372036854775807";
      case SQLSERVER, ANSI -> "";
    };
  }

  Alias aliasOf(Table table, List<String> columnNames) {
    Alias alias = table.getAlias();
    if (alias != null && (alias.getAliasColumns() != null || columnNames.isEmpty())) {
      return alias;
    }
    Alias own = alias == null ? new Alias(table.getName(), true) : alias;
    if (!columnNames.isEmpty() && dialect != Dialect.SQLITE) {
      own.addAliasColumns(columnNames.stream().map(names::quoted).toArray(String[]::new));
    }
    return own;
  }
}
