package dev.sluice.gateway.connection;

import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendFailure.Kind;
import dev.sluice.governance.sql.Dialect;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.OptionalInt;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Sorts what drivers throw. The raw message goes along for the executor, which alone decides what
/// of it may be shown.
final class Failures {

  private static final int SQLITE_INTERRUPT = 9;

  /// Cancelled by a person or an administrator, or longer than a limit: `StandardErrorCode`.
  private static final Set<Integer> TRINO_STOPPED = Set.of(2, 3, 131_075);

  private Failures() {}

  static BackendFailure of(SQLException e, Dialect engine, boolean cancelled, String sent) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return new BackendFailure(
        kind(e, state, engine, cancelled),
        state,
        e.getErrorCode(),
        position(e, sent),
        e.getMessage() == null ? "" : e.getMessage());
  }

  private static Kind kind(SQLException e, String state, Dialect engine, boolean cancelled) {
    if (e instanceof SessionNotPinned) {
      return Kind.SESSION;
    }
    if (e instanceof SQLTimeoutException) {
      return cancelled ? Kind.CANCELLED : Kind.TIMED_OUT;
    }
    boolean stopped =
        state.equals("57014")
            || (engine == Dialect.SQLITE && state.isEmpty() && e.getErrorCode() == SQLITE_INTERRUPT)
            || (engine == Dialect.TRINO && TRINO_STOPPED.contains(e.getErrorCode()))
            || state.equals("70100")
            || String.valueOf(e.getMessage()).startsWith("INTERRUPT");
    if (stopped) {
      return cancelled ? Kind.CANCELLED : Kind.TIMED_OUT;
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return cancelled ? Kind.CANCELLED : Kind.CONNECTION;
    }
    return Kind.STATEMENT;
  }

  private static OptionalInt position(SQLException e, String sent) {
    if (e instanceof PSQLException server) {
      ServerErrorMessage message = server.getServerErrorMessage();
      if (message != null && message.getPosition() > 0) {
        return utf16(sent, message.getPosition() - 1);
      }
    }
    return OptionalInt.empty();
  }

  /// The server counts characters, we count UTF-16 units.
  private static OptionalInt utf16(String sent, int codePoints) {
    return codePoints <= sent.codePointCount(0, sent.length())
        ? OptionalInt.of(sent.offsetByCodePoints(0, codePoints))
        : OptionalInt.empty();
  }
}
