package dev.sluice.server.mcp;

import dev.sluice.governance.identity.Principal;
import java.util.Map;
import java.util.TreeMap;

/// What sessions of agents over HTTP may spend.
///
/// @param usual of an agent that is not named
/// @param byName of single agents, by their name or account
public record AgentAllowances(AgentLimits usual, Map<String, AgentLimits> byName) {

  public AgentAllowances {
    byName = Map.copyOf(new TreeMap<>(byName));
  }

  public static AgentAllowances standard() {
    return new AgentAllowances(AgentLimits.standard(), Map.of());
  }

  /// @return what a session of this agent may spend
  AgentLimits of(Principal agent) {
    AgentLimits named = byName.get(agent.displayName());
    return named != null ? named : byName.getOrDefault(agent.subject(), usual);
  }
}
