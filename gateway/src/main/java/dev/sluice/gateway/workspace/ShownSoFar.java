package dev.sluice.gateway.workspace;

import dev.sluice.gateway.execution.ResultReceiver;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.codec.wire.Shown;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Keeps the beginning of a result as it is shown, for a replay. A value that is shown as it is
/// although its column is sensitive, or may be, is never kept: the right to see it may end.
final class ShownSoFar {

  /// A connection with this label and the value `none` keeps nothing.
  static final String LABEL = "replay";

  private final StatementAnalysis analysis;
  private final Predicate<ColumnRef> sensitive;
  private final List<List<@Nullable String>> rows = new ArrayList<>();
  private List<Shown.Column> columns = List.of();

  ShownSoFar(StatementAnalysis analysis, Predicate<ColumnRef> sensitive) {
    this.analysis = analysis;
    this.sensitive = sensitive;
  }

  void columns(List<ResultReceiver.Column> shape) {
    List<Shown.Column> known = new ArrayList<>();
    for (int at = 0; at < Math.min(shape.size(), Shown.MOST_COLUMNS); at++) {
      ResultReceiver.Column column = shape.get(at);
      String state = column.mask().isPresent() ? "masked" : plain(at) ? "plain" : "left-out";
      known.add(new Shown.Column(cut(column.label()), state));
    }
    columns = List.copyOf(known);
  }

  private boolean plain(int ordinal) {
    if (!analysis.complete() || ordinal >= analysis.columns().size()) {
      return false;
    }
    OutputColumn column = analysis.columns().get(ordinal);
    return column.known() && column.sources().stream().noneMatch(sensitive);
  }

  void rows(List<@Nullable Object[]> more) {
    for (@Nullable Object[] row : more) {
      if (rows.size() == Shown.MOST_ROWS) {
        return;
      }
      List<@Nullable String> line = new ArrayList<>();
      for (int at = 0; at < columns.size(); at++) {
        line.add(columns.get(at).state().equals("left-out") ? "" : text(row[at]));
      }
      rows.add(line);
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case byte[] bytes -> "(" + bytes.length + " bytes)";
      default -> cut(String.valueOf(value));
    };
  }

  private static String cut(String text) {
    if (text.length() <= Shown.LONGEST) {
      return text;
    }
    // Never half of a character outside the first plane.
    int end = Shown.LONGEST - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /// What is kept; nothing for a statement without a result.
  Optional<Shown> kept() {
    return columns.isEmpty() ? Optional.empty() : Optional.of(new Shown(columns, rows));
  }
}
