package dev.sluice.cli.run;

import dev.sluice.gateway.execution.ResultReceiver;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a masked result into a statement's answer: labels, then rows by ordinal.
final class ResultJson implements ResultReceiver {

  private final ObjectNode statement;
  private final int mostRows;
  private @Nullable ArrayNode rows;
  private boolean cut;

  ResultJson(ObjectNode statement, int mostRows) {
    this.statement = statement;
    this.mostRows = mostRows;
  }

  @Override
  public void columns(List<Column> columns) {
    ArrayNode labels = statement.putArray("labels");
    columns.forEach(column -> labels.add(column.label()));
    rows = statement.putArray("rows");
  }

  @Override
  public void rows(List<@Nullable Object[]> more) {
    ArrayNode array = java.util.Objects.requireNonNull(rows, "Columns come before rows.");
    for (@Nullable Object[] values : more) {
      if (array.size() >= mostRows) {
        cut = true;
        return;
      }
      ArrayNode row = array.addArray();
      for (Object value : values) {
        add(row, value);
      }
    }
  }

  /// Whether rows were left out of the answer.
  boolean isCut() {
    return cut;
  }

  private static void add(ArrayNode row, @Nullable Object value) {
    switch (value) {
      case null -> row.addNull();
      case Boolean flag -> row.add(flag);
      case Integer number -> row.add(number);
      case Long number -> row.add(number);
      case Short number -> row.add(number);
      case BigDecimal number -> row.add(number);
      case BigInteger number -> row.add(number);
      case Double number -> addFinite(row, number, Double.isFinite(number));
      case Float number -> addFinite(row, number, Float.isFinite(number));
      case byte[] bytes -> row.add("\\x" + HexFormat.of().formatHex(bytes));
      default -> row.add(value.toString());
    }
  }

  private static void addFinite(ArrayNode row, Number number, boolean finite) {
    if (finite) {
      row.add(number.doubleValue());
    } else {
      row.add(number.toString());
    }
  }
}
