package dev.sluice.gateway.jdbc;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Wrapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What all objects that the driver hands out have in common; see [Refusing].
abstract class Governed implements Wrapper {

  /// What serves the entry points.
  final Object calls;

  private final List<Method> entries;

  Governed(Object calls, List<Method> entries) {
    this.calls = calls;
    this.entries = entries;
  }

  /// The answer of an entry point that nothing serves. What a database is asked about itself and
  /// that nobody promised: no, or no rows. Everything else is refused.
  final Object unserved(int number) throws SQLException {
    Method entry = entries.get(number);
    if (calls instanceof DatabaseCalls) {
      if (entry.getReturnType() == boolean.class) {
        return false;
      }
      if (entry.getReturnType() == int.class && entry.getName().startsWith("getMax")) {
        return 0;
      }
      Optional<ResultSet> nothing = NothingKnown.to(entry.getName());
      if (nothing.isPresent()) {
        return nothing.get();
      }
    }
    String words =
        "Sluice does not serve "
            + entry.getDeclaringClass().getSimpleName()
            + "."
            + entry.getName()
            + ". What it serves is in docs/agents.md.";
    if (List.of(entry.getExceptionTypes()).contains(SQLClientInfoException.class)) {
      throw new SQLClientInfoException(words, Refusing.NOT_SUPPORTED, Map.of());
    }
    throw new SQLFeatureNotSupportedException(words, Refusing.NOT_SUPPORTED);
  }

  @Override
  public final boolean isWrapperFor(@Nullable Class<?> wanted) {
    return wanted != null && wanted.isInstance(this);
  }

  /// There is nothing behind these objects to be had.
  @Override
  public final <T> T unwrap(@Nullable Class<T> wanted) throws SQLException {
    if (wanted != null && wanted.isInstance(this)) {
      return wanted.cast(this);
    }
    throw new SQLFeatureNotSupportedException(
        "There is no "
            + (wanted == null ? "such object" : wanted.getSimpleName())
            + " behind a governed object.",
        Refusing.NOT_SUPPORTED);
  }

  @Override
  public final String toString() {
    return "Sluice " + calls.getClass().getSimpleName().replace("Calls", "");
  }
}
