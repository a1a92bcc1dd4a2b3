package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Shown;
import dev.sluice.server.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was shown of a result, in the fields of an event and out of them.
final class ShownRows {

  private static final Set<String> STATES = Set.of("plain", "masked", "left-out");

  private ShownRows() {}

  /// @throws dev.sluice.server.ServerProblem for more than may be kept
  static Map<String, Object> kept(Shown shown) {
    boolean fits =
        shown.columns().size() <= Shown.MOST_COLUMNS
            && shown.rows().size() <= Shown.MOST_ROWS
            && shown.columns().stream()
                .allMatch(
                    column ->
                        STATES.contains(column.state()) && column.label().length() <= Shown.LONGEST)
            && shown.rows().stream()
                .allMatch(
                    row ->
                        row.size() == shown.columns().size()
                            && row.stream()
                                .allMatch(
                                    value -> value == null || value.length() <= Shown.LONGEST));
    if (!fits) {
      throw Problems.malformed(
          "Of what was shown, at most %d rows of %d columns with %d characters each are kept."
              .formatted(Shown.MOST_ROWS, Shown.MOST_COLUMNS, Shown.LONGEST));
    }
    return Map.of(
        "labels", shown.columns().stream().map(Shown.Column::label).toList(),
        "states", shown.columns().stream().map(Shown.Column::state).toList(),
        "rows", shown.rows());
  }

  static Optional<Shown> of(AuditEvent outcome) {
    if (!(outcome.fields().get("shown") instanceof Map<?, ?> kept)
        || !(kept.get("labels") instanceof List<?> labels)
        || !(kept.get("states") instanceof List<?> states)
        || !(kept.get("rows") instanceof Collection<?> rows)
        || labels.size() != states.size()) {
      return Optional.empty();
    }
    List<Shown.Column> columns = new ArrayList<>();
    for (int at = 0; at < labels.size(); at++) {
      columns.add(new Shown.Column(String.valueOf(labels.get(at)), String.valueOf(states.get(at))));
    }
    List<List<@Nullable String>> values = new ArrayList<>();
    for (Object row : rows) {
      List<@Nullable String> line = new ArrayList<>();
      if (row instanceof Collection<?> cells) {
        for (Object cell : cells) {
          line.add(cell == null ? null : String.valueOf(cell));
        }
      }
      values.add(line);
    }
    return Optional.of(new Shown(columns, values));
  }
}
