package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The agents that act for one person: those with an open session, and those the person has stopped
/// or confirms each statement of.
public record AgentList(List<Agent> agents) {
  public AgentList {
    agents = List.copyOf(agents);
  }

  /// One agent.
  ///
  /// @param id of the agent, for this server's other routes; not its account
  /// @param sessions open ones
  /// @param since when the oldest of them began, [Instant#EPOCH] when there is none
  /// @param confirmSeconds how long a statement waits for its owner's word; 0 when none has to
  /// @param stopped whether it may do nothing until its owner lets it
  /// @param stopReason its owner's words
  /// @param waiting statements that wait for the owner, oldest first
  public record Agent(
      String id,
      String name,
      int sessions,
      Instant since,
      int confirmSeconds,
      boolean stopped,
      String stopReason,
      List<Waiting> waiting) {
    public Agent {
      waiting = List.copyOf(waiting);
    }
  }

  /// A statement that the rules allow and that waits for the owner's word.
  ///
  /// @param columnsMasked dotted names
  /// @param until when it is refused by itself
  public record Waiting(
      String id,
      String connection,
      @Sensitive String statement,
      List<String> columnsMasked,
      Map<String, String> labels,
      Instant askedAt,
      Instant until) {
    public Waiting {
      columnsMasked = List.copyOf(columnsMasked);
      labels = Map.copyOf(labels);
    }

    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }
}
