package dev.sluice.app.approvals;

import dev.sluice.governance.approval.Conditions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The bounds that an approver is writing down, as text: digits, or empty for none.
final class ConditionsModel {

  private final StringProperty runs = new SimpleStringProperty("");
  private final StringProperty minutes = new SimpleStringProperty("");
  private final StringProperty rows = new SimpleStringProperty("");

  StringProperty runsProperty() {
    return runs;
  }

  StringProperty minutesProperty() {
    return minutes;
  }

  StringProperty rowsProperty() {
    return rows;
  }

  /// What is written; a bound of 0 is passed on for the server to refuse in words.
  Conditions conditions() {
    return new Conditions(
        runs.get().isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(runs.get())),
        minutes.get().isEmpty()
            ? Optional.empty()
            : Optional.of(Duration.ofMinutes(Long.parseLong(minutes.get()))),
        rows.get().isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(rows.get())));
  }

  void clear() {
    runs.set("");
    minutes.set("");
    rows.set("");
  }
}
