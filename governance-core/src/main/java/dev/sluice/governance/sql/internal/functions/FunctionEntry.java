package dev.sluice.governance.sql.internal.functions;

import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import java.util.List;
import java.util.Set;

/// What a built-in function does.
///
/// @param name lower case
/// @param kind scalar, aggregate, ...
/// @param action what calling it does beyond computing
/// @param totality for which arguments it cannot raise an error or warning
/// @param result type of its result; UNKNOWN when it follows the arguments
/// @param arguments families that its arguments must have, by position; empty when not checked
/// @param costly arguments (from 0) that set how much time or memory it takes; -1 for all
/// @param rows arguments (from 0) that set how many rows it returns; -1 for all
/// @param risky arguments (from 0) on which alone it depends whether it fails
/// @param keys arguments that must be neither NULL nor of another kind
/// @param conditional it need not evaluate all of its arguments
/// @param inverses functions whose result it always accepts
public record FunctionEntry(
    String name,
    Kind kind,
    Action action,
    Totality totality,
    TypeFamily result,
    List<TypeFamily> arguments,
    Set<Integer> costly,
    Set<Integer> rows,
    Set<Integer> risky,
    Set<Integer> keys,
    boolean conditional,
    Set<String> inverses) {

  /// Stands for the first argument, the third, and so on.
  static final int ODD = -2;

  public enum Kind {
    SCALAR,
    AGGREGATE,
    WINDOW,
    SET
  }

  /// What calling does beyond computing a result from the arguments.
  public enum Action {
    PURE,
    /// Depends on the clock, chance or the session, and changes nothing.
    VOLATILE,
    /// Describes the catalog: names, definitions, sizes.
    CATALOG,
    /// Shows values that are stored in statistics or elsewhere.
    VALUES,
    CALL,
    SESSION,
    FILE,
    PROGRAM,
    NETWORK,
    EXECUTE,
    LOCK,
    MAINTENANCE
  }

  /// When it cannot raise an error or warning.
  public enum Totality {
    TOTAL,
    /// When its arguments are numbers, or of unknown type.
    NUMERIC,
    FALLIBLE
  }

  public boolean costly(int argument) {
    return costly.contains(-1) || costly.contains(argument);
  }

  public boolean risky(int argument) {
    return risky.contains(argument);
  }

  public boolean key(int argument) {
    return keys.contains(-1)
        || keys.contains(argument)
        || (keys.contains(ODD) && argument % 2 == 0);
  }

  public boolean rows(int argument) {
    return rows.contains(-1) || rows.contains(argument);
  }
}
