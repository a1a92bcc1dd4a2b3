package dev.sluice.server.mcp;

import java.time.Duration;

/// What one agent session may spend. A session that has spent it is refused everything but looking
/// at its own requests and activity.
///
/// @param calls tool calls of any kind
/// @param queries statements run
/// @param rows delivered
/// @param bytes of results delivered
/// @param running time that statements ran, all together
public record AgentLimits(long calls, long queries, long rows, long bytes, Duration running) {

  public AgentLimits {
    if (calls < 1 || queries < 0 || rows < 0 || bytes < 0 || running.isNegative()) {
      throw new IllegalArgumentException("A limit is not negative, and one call must be possible.");
    }
  }

  public static AgentLimits standard() {
    return new AgentLimits(5000, 500, 50_000, 20_000_000, Duration.ofMinutes(10));
  }
}
