package dev.sluice.gateway.workspace;

import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.JdbcBackend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Which tabs hold sessions of a connection by open transactions, so that whoever finds none free
/// is told where they are.
final class SessionHolders {

  private final Map<JdbcBackend, Supplier<String>> held = new LinkedHashMap<>();

  synchronized void add(JdbcBackend session, Supplier<String> tab) {
    held.put(session, tab);
  }

  synchronized void remove(JdbcBackend session) {
    held.remove(session);
  }

  /// Names of the tabs that hold sessions of a pool, in the order in which their transactions
  /// began.
  synchronized List<String> in(ConnectionPool pool) {
    return held.entrySet().stream()
        .filter(entry -> entry.getKey().isOf(pool))
        .map(entry -> entry.getValue().get())
        .toList();
  }

  /// Why no session is free, who holds them, and what frees one.
  WorkspaceProblem problem(String connection, ConnectionPool pool) {
    List<String> tabs = in(pool);
    int busy = pool.size() - tabs.size();
    StringBuilder why =
        new StringBuilder(
            pool.size() == 1
                ? "The only database session for this on \"" + connection + "\" is taken"
                : "All " + pool.size() + " database sessions on \"" + connection + "\" are taken");
    if (!tabs.isEmpty()) {
      why.append(tabs.size() == 1 ? ": an open transaction in " : ": open transactions in ")
          .append(String.join(", ", tabs));
    }
    if (busy > 0) {
      why.append(tabs.isEmpty() ? ": " : "; ")
          .append(busy == 1 ? "1 statement is" : busy + " statements are")
          .append(" still running");
    }
    return new WorkspaceProblem(
        "sessions-taken",
        WorkspaceProblem.Blame.USER,
        why.append(". Nothing of theirs was touched.").toString(),
        tabs.isEmpty()
            ? "Wait until one ends, or cancel one; then run this again."
            : "Commit or roll back there"
                + (busy > 0 ? ", or wait" : "")
                + "; then run this again.");
  }
}
