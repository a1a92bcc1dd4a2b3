package dev.sluice.governance.approval;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What somebody approves less of than was asked for. Empty where they set no bound of their own:
/// the bound of the rule, of the capsule or of the right holds then.
///
/// @param executions at most so many runs, at least 1
/// @param within usable no longer than this from the approval on; for lifted masks, lifted no
///     longer
/// @param rows a change of more rows is rolled back, a result or an export ends with this one; at
///     least 1
public record Conditions(OptionalInt executions, Optional<Duration> within, OptionalLong rows) {

  /// Approved as it was asked.
  public static final Conditions NONE =
      new Conditions(OptionalInt.empty(), Optional.empty(), OptionalLong.empty());

  public boolean none() {
    return equals(NONE);
  }

  /// What holds when two people approve: the narrower of each bound.
  public Conditions and(Conditions other) {
    return new Conditions(
        executions.isPresent() && other.executions.isPresent()
            ? OptionalInt.of(Math.min(executions.getAsInt(), other.executions.getAsInt()))
            : executions.isPresent() ? executions : other.executions,
        within.isPresent() && other.within.isPresent()
            ? Optional.of(shorter(within.get(), other.within.get()))
            : within.or(other::within),
        rows.isPresent() && other.rows.isPresent()
            ? OptionalLong.of(Math.min(rows.getAsLong(), other.rows.getAsLong()))
            : rows.isPresent() ? rows : other.rows);
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
