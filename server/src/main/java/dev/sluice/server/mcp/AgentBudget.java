package dev.sluice.server.mcp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What an agent session has spent. Safe for use by many threads.
public final class AgentBudget {

  private final AgentLimits limits;
  private long calls;
  private long queries;
  private long rows;
  private long bytes;
  private Duration running = Duration.ZERO;

  public AgentBudget(AgentLimits limits) {
    this.limits = limits;
  }

  /// Counts a call.
  ///
  /// @return why it may not be made, in one sentence
  synchronized Optional<String> call() {
    calls++;
    return calls > limits.calls()
        ? Optional.of("This session has made its " + limits.calls() + " tool calls.")
        : Optional.empty();
  }

  /// Counts a statement that is about to run.
  ///
  /// @return why it may not run, in one sentence
  synchronized Optional<String> query() {
    if (queries >= limits.queries()) {
      return Optional.of("This session has run its " + limits.queries() + " statements.");
    }
    if (rows >= limits.rows()) {
      return Optional.of("This session has read its " + limits.rows() + " rows.");
    }
    if (bytes >= limits.bytes()) {
      return Optional.of("This session has read its " + limits.bytes() + " bytes of results.");
    }
    if (running.compareTo(limits.running()) >= 0) {
      return Optional.of(
          "This session's statements have run for its " + limits.running().toSeconds() + " s.");
    }
    queries++;
    return Optional.empty();
  }

  synchronized long rowsLeft() {
    return Math.max(0, limits.rows() - rows);
  }

  synchronized long bytesLeft() {
    return Math.max(0, limits.bytes() - bytes);
  }

  synchronized Duration timeLeft() {
    Duration left = limits.running().minus(running);
    return left.isNegative() ? Duration.ZERO : left;
  }

  synchronized void spent(long moreRows, long moreBytes, Duration time) {
    rows += moreRows;
    bytes += moreBytes;
    running = running.plus(time);
  }

  /// What is left, for the agent to plan with.
  synchronized Map<String, Object> left() {
    Map<String, Object> left = new LinkedHashMap<>();
    left.put("calls", Math.max(0, limits.calls() - calls));
    left.put("queries", Math.max(0, limits.queries() - queries));
    left.put("rows", rowsLeft());
    left.put("bytes", bytesLeft());
    left.put("seconds", timeLeft().toMillis() / 1000.0);
    return left;
  }
}
