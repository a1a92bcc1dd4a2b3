package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import java.util.Locale;
import net.sf.jsqlparser.expression.*;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;

/// The label that the server gives an output without an alias.
final class Labels {
  private final Context context;

  Labels(Context context) {
    this.context = context;
  }

  String label(Expression expression, Scope scope) {
    Expression inner = context.dialect == Dialect.SQLITE ? expression : Forms.unwrapped(expression);
    if (inner instanceof Column column && column.getArrayConstructor() == null) {
      return columnLabel(column, scope);
    }
    if (context.mysql() && inner instanceof StringValue text) {
      return text.getNotExcapedValue();
    }
    if (inner instanceof DateUnitExpression unit) {
      return columnLabel(new Column(Expressions.nameOf(unit)), scope);
    }
    if (context.dialect == Dialect.ANSI
        && inner instanceof CastExpression cast
        && !cast.isUseCastKeyword()) {
      return label(cast.getLeftExpression(), scope);
    }
    return context.dialect == Dialect.POSTGRESQL
        ? postgresLabel(inner)
        : context.source(expression);
  }

  private String columnLabel(Column column, Scope scope) {
    String name = context.identifiers.stored(column.getColumnName());
    boolean declared =
        context.dialect == Dialect.SQLITE
            || context.dialect == Dialect.DUCKDB
            || context.dialect == Dialect.ANSI;
    return declared ? declaredName(name, scope) : name;
  }

  private String declaredName(String name, Scope scope) {
    for (Scope.Visible visible : scope.visible()) {
      if (context.identifiers.same(visible.field().name(), name)) {
        return visible.field().name();
      }
    }
    return name;
  }

  private String postgresLabel(Expression expression) {
    return switch (expression) {
      case Column column -> context.identifiers.stored(column.getColumnName());
      case Function function -> functionLabel(function.getMultipartName().getLast());
      case AnalyticExpression analytic -> functionLabel(analytic.getName());
      case CastExpression cast -> castLabel(cast);
      case CaseExpression cases -> caseLabel(cases);
      case CollateExpression collate -> postgresLabel(collate.getLeftExpression());
      case RowGetExpression field -> context.identifiers.stored(field.getColumnName());
      case ArrayConstructor array -> "array";
      case ArrayExpression element -> postgresLabel(Forms.unwrapped(element.getObjExpression()));
      case ExtractExpression extract -> "extract";
      case TrimFunction trim -> trimLabel(trim);
      case TimezoneExpression zone -> "timezone";
      case TimeKeyExpression key -> key.getStringValue().toLowerCase(Locale.ROOT).replace("()", "");
      case BooleanValue truth -> "bool";
      case IntervalExpression interval -> "interval";
      case JsonFunction json -> "json_" + json.getType().name().toLowerCase(Locale.ROOT);
      case ExistsExpression exists -> "exists";
      case Select select -> subqueryLabel(select);
      default -> "?column?";
    };
  }

  private String functionLabel(String written) {
    return context.identifiers.stored(written.substring(written.lastIndexOf('.') + 1));
  }

  private String castLabel(CastExpression cast) {
    String inner = postgresLabel(Forms.unwrapped(cast.getLeftExpression()));
    if (!inner.equals("?column?")) {
      return inner;
    }
    String type = Identifiers.lower(String.valueOf(cast.getColDataType()));
    int end = type.indexOf('(');
    String head = (end < 0 ? type : type.substring(0, end)).replace("[]", "").strip();
    return switch (head) {
      case "int", "integer" -> "int4";
      case "bigint" -> "int8";
      case "smallint" -> "int2";
      case "decimal" -> "numeric";
      case "real" -> "float4";
      case "double precision", "float" -> "float8";
      case "boolean" -> "bool";
      case "character varying" -> "varchar";
      case "char", "character" -> "bpchar";
      default -> head;
    };
  }

  private String caseLabel(CaseExpression cases) {
    if (cases.getElseExpression() == null) {
      return "case";
    }
    String otherwise = postgresLabel(Forms.unwrapped(cases.getElseExpression()));
    return otherwise.equals("?column?") ? "case" : otherwise;
  }

  private static String trimLabel(TrimFunction trim) {
    if (trim.getTrimSpecification() == null) {
      return "btrim";
    }
    return switch (trim.getTrimSpecification()) {
      case LEADING -> "ltrim";
      case TRAILING -> "rtrim";
      case BOTH -> "btrim";
    };
  }

  private String subqueryLabel(Select select) {
    Select inner = select;
    while (inner instanceof ParenthesedSelect parenthesed) {
      inner = parenthesed.getSelect();
    }
    if (inner instanceof PlainSelect plain && plain.getSelectItems().size() == 1) {
      if (plain.getSelectItem(0).getAlias() != null) {
        return context.identifiers.stored(plain.getSelectItem(0).getAlias().getName());
      }
      return postgresLabel(Forms.unwrapped(plain.getSelectItem(0).getExpression()));
    }
    return "?column?";
  }
}
