package dev.sluice.server.pairing;

import dev.sluice.governance.codec.wire.AgentActivity.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The first rows of the newest results of agents whose statements run in this server, masked as
/// the agent got them. In memory only, and little of it. Safe for use by many threads.
public final class AgentRows {

  /// Rows that are kept of one result.
  public static final int FIRST = 20;

  private static final int RESULTS = 10;
  private static final int AGENTS = 200;
  private static final int LONGEST = 200;

  private final Map<String, Deque<Rows>> byAgent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Rows>> eldest) {
          return size() > AGENTS;
        }
      };

  /// @param agentKey whose result it is
  /// @param correlation of the statement
  /// @param columns names
  /// @param rows as the agent got them
  public synchronized void keep(
      String agentKey, String correlation, List<String> columns, List<List<String>> rows) {
    List<List<String>> first = new ArrayList<>();
    for (List<String> row : rows.subList(0, Math.min(FIRST, rows.size()))) {
      first.add(
          row.stream()
              .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
              .toList());
    }
    Deque<Rows> kept = byAgent.computeIfAbsent(agentKey, key -> new ArrayDeque<>());
    kept.addFirst(new Rows(correlation, columns, first));
    while (kept.size() > RESULTS) {
      kept.removeLast();
    }
  }

  synchronized List<Rows> of(String agentKey) {
    return List.copyOf(byAgent.getOrDefault(agentKey, new ArrayDeque<>()));
  }
}
